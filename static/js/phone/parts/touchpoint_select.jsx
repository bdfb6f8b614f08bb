import { Icon } from './icons.jsx'
import { named, t } from '../state/signals.js'
import { nameOf } from '../state/titles.js'
import { freePlaces, placeMoment } from '../actions/visit.js'
import { Select } from './choices.jsx'

/** Where a moment belongs. Places already noted are opened from the map instead. */
export function PlaceSelect({ record, visit }) {
  const places = freePlaces(visit)
  return (
    <Select
      className="chan pickone" label={t('moment.place', { name: nameOf(record) })} value=""
      options={[{ value: '', text: t('visit.offMap') }, ...places.map((one) => ({ value: one.id, text: named(one.name) }))]}
      onChoose={(id) => id && placeMoment(record.id, id)}
    ><Icon name="place" /><span class="clip">{t('visit.offMap')}</span><Icon name="down" /></Select>
  )
}
