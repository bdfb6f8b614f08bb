import { useSignal } from '@preact/signals'
import { setTimings } from '../../records.js'
import { parseClock, shortClock } from '../../times.js'
import { edit } from '../keep.js'
import { t } from '../state.js'
import { clockBack } from '../visiting.js'
import { Sheet } from './sheet.jsx'

const MEASURES = ['notice', 'wait', 'service']

/** Times can be put right by hand: the thumb was late, or the clock ran while nobody waited. */
export function TimesSheet({ record, onClose }) {
  const texts = useSignal(Object.fromEntries(MEASURES.map((name) => [name, asText(record.body.timings[name])])))
  const bad = useSignal(null)
  const keep = () => {
    const wrong = MEASURES.find((name) => texts.value[name].trim() && parseClock(texts.value[name]) === null)
    if (wrong) { bad.value = wrong; return }
    const measures = Object.fromEntries(MEASURES.map((name) => [name, texts.value[name].trim() ? parseClock(texts.value[name]) : null]))
    edit('observation', record.id, (body) => setTimings(body, measures))
    onClose()
  }
  return (
    <Sheet title={t('clock.title')} onClose={onClose}>
      <p class="small muted">{t('clock.hint')}</p>
      <div class="times">
        {MEASURES.map((name) => (
          <label key={name} class={bad.value === name ? 'field field-error' : 'field'}>
            <span>{t(`clock.field.${name}`)}</span>
            <input
              class="input num" value={texts.value[name]} inputMode="text" autocomplete="off" placeholder="–"
              onInput={(event) => { texts.value = { ...texts.value, [name]: event.currentTarget.value }; bad.value = null }}
            />
            {bad.value === name && <span class="err" role="alert">{t('clock.bad')}</span>}
          </label>
        ))}
      </div>
      {record.clock?.noticed && <button type="button" class="btn btn-q" onClick={() => { clockBack(record.id); onClose() }}>{t('clock.back')}</button>}
      <div class="row sheet-foot">
        <button type="button" class="btn btn-lg" onClick={onClose}>{t('cancel')}</button>
        <button type="button" class="btn btn-p btn-lg grow" onClick={keep}>{t('clock.keep')}</button>
      </div>
    </Sheet>
  )
}

function asText(seconds) {
  return seconds === null || seconds === undefined ? '' : shortClock(seconds)
}
