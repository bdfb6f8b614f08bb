import { PIN_LIMIT } from '../record/vocabulary.js'
import { addPin, removePin, setPin } from '../record/records.js'
import { Icon } from './icons.jsx'
import { edit } from '../actions/local_records.js'
import { photos, t } from '../state/signals.js'

/** The numbers on a screenshot, laid over it; a click puts down the next one. */
export function PinLayer({ record, photo }) {
  const { width, height } = photos.value.get(photo.id) ?? {}
  if (!width) return null
  const r = Math.max(width, height) / 36
  const put = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(event.currentTarget.getScreenCTM().inverse())
    if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) pin(record, photo, at.x / width, at.y / height)
  }
  return (
    <svg class="pins" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="xMinYMin meet" aria-hidden="true" onClick={put}>
      {(photo.pins ?? []).map(({ x, y }, index) => (
        <g key={index} transform={`translate(${x * width} ${y * height})`}>
          <circle r={r} /><text dy="0.35em" font-size={r * 1.2}>{index + 1}</text>
        </g>
      ))}
    </svg>
  )
}

/** What each number means. */
export function PinNotes({ record, photo }) {
  const pins = photo.pins ?? []
  return (
    <div class="stack stack-2">
      {pins.map(({ note }, index) => (
        <div key={index} class="pin-row">
          <span class="pin-n" aria-hidden="true">{index + 1}</span>
          <input
            class="input" maxLength="200" value={note ?? ''} aria-label={t('desk.pinNote', { n: index + 1 })} placeholder={t('photo.captionHint')}
            onInput={(event) => { const { value } = event.currentTarget; edit('observation', record.id, (body) => setPin(body, photo.id, index, value)) }}
          />
          <button type="button" class="btn btn-i" aria-label={t('desk.pinRemove', { n: index + 1 })} onClick={() => edit('observation', record.id, (body) => removePin(body, photo.id, index))}><Icon name="cross" /></button>
        </div>
      ))}
      {pins.length < PIN_LIMIT && photos.value.get(photo.id)?.width && (
        <button type="button" class="btn btn-q" onClick={() => pin(record, photo, 0.5, 0.5)}><Icon name="plus" small />{t('desk.pin')}</button>
      )}
    </div>
  )
}

function pin(record, photo, x, y) {
  return edit('observation', record.id, (body) => addPin(body, photo.id, { x: round(x), y: round(y), note: null }))
}

const round = (part) => Math.round(part * 1000) / 1000
