import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from './icons.jsx'
import { addressOf } from '../actions/media.js'
import { t } from '../state/signals.js'

/** A stored picture, small. */
export function Thumb({ photo, number }) {
  const url = useSignal(null)
  useEffect(() => { addressOf(photo.id).then((address) => { url.value = address }, () => {}) }, [photo.id])
  const name = photo.caption ? t('photo.thumb', { n: number, caption: photo.caption }) : t('photo.thumbPlain', { n: number })
  return (
    <span class="thumb">
      {url.value
        ? <img class="photo" src={url.value} alt={name} />
        : <span class="photo thumb-none" role="img" aria-label={name}><Icon name="image" /></span>}
    </span>
  )
}
