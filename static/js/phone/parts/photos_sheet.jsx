import { useEffect } from 'preact/hooks'
import { Icon } from './icons.jsx'
import { takeBack } from '../actions/media.js'
import { photos, t } from '../state/signals.js'
import { Picker } from './picker.jsx'
import { Sheet } from './sheet.jsx'
import { Thumb } from './thumb.jsx'

/** All photos of this observation: look at them, take one back, add from the gallery. */
export function PhotosSheet({ record, onClose }) {
  const list = record.body.photos
  useEffect(() => { if (list.length === 0) onClose() }, [list.length])
  return (
    <Sheet title={t('photo.all', { n: list.length })} onClose={onClose}>
      <ul class="shots">
        {list.map((photo, index) => (
          <li key={photo.id}>
            <Thumb photo={photo} number={index + 1} />
            {photo.caption && <span class="small clip2">{photo.caption}</span>}
            <button type="button" class="btn" aria-label={`${t('photo.remove')}, ${index + 1}`} onClick={() => takeBack(photos.value.get(photo.id))}>
              <Icon name="bin" small />
            </button>
          </li>
        ))}
      </ul>
      <div class="row sheet-foot">
        <Picker record={record} words={t('photo.add')} className="btn gallery-b" onChosen={onClose} />
        <button type="button" class="btn btn-p btn-lg grow" onClick={onClose}>{t('close')}</button>
      </div>
    </Sheet>
  )
}
