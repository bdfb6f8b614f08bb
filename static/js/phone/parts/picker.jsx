import { Icon } from './icons.jsx'
import { choose } from '../actions/photos.js'
import { t } from '../state/signals.js'

/** A field for pictures, several at once, from the gallery. */
export function Picker({ record, words, className = 'gallery', onChosen }) {
  return (
    <label class={className}>
      <input
        class="pick" type="file" accept="image/*" multiple aria-label={words ? undefined : t('capture.gallery')}
        onChange={(event) => { choose(event, record.id); onChosen?.() }}
      />
      <Icon name="image" />{words}
    </label>
  )
}
