import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Icon } from '../icons.jsx'
import { addressOf, takeBack } from '../pictures.js'
import { photos, t } from '../state.js'

/** A stored picture, small. Tapping it offers to remove it. */
export function Thumb({ photo, number, removable = false }) {
  const url = useSignal(null)
  const open = useSignal(false)
  useEffect(() => { addressOf(photo.id).then((address) => { url.value = address }) }, [photo.id])
  const name = photo.caption ? t('photo.thumb', { n: number, caption: photo.caption }) : t('photo.thumbPlain', { n: number })
  const image = url.value ? <img class="photo" src={url.value} alt={name} /> : <span class="photo thumb-none" role="img" aria-label={name}><Icon name="image" /></span>
  if (!removable) return <span class="thumb">{image}</span>
  return (
    <span class="thumb">
      <button type="button" class="thumb-open" aria-expanded={open.value} onClick={() => { open.value = !open.value }}>{image}</button>
      {open.value && (
        <button type="button" class="thumb-bin" aria-label={t('photo.remove')} onClick={() => takeBack(photos.value.get(photo.id))}><Icon name="bin" /></button>
      )}
    </span>
  )
}
