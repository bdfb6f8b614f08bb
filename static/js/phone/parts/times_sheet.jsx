import { useSignal } from '@preact/signals'
import { clockOf, MEASURES, transfers } from '../record/instruments.js'
import { setTimings } from '../record/records.js'
import { parseClock, shortClock } from '../record/times.js'
import { Icon } from './icons.jsx'
import { edit } from '../actions/local_records.js'
import { t } from '../state/signals.js'
import { clockBack } from '../actions/clock.js'
import { Sheet } from './sheet.jsx'


/** Times can be put right by hand: the thumb was late, or the clock ran while nobody waited. */
export function TimesSheet({ record, onClose }) {
  const kind = clockOf(record.body.channel)
  const names = MEASURES[kind]
  const texts = useSignal(Object.fromEntries(names.map((name) => [name, asText(record.body.timings[name])])))
  const bad = useSignal(null)
  const keep = () => {
    const wrong = names.find((name) => texts.value[name].trim() && parseClock(texts.value[name]) === null)
    if (wrong) { bad.value = wrong; return }
    const measures = Object.fromEntries(names.map((name) => [name, texts.value[name].trim() ? parseClock(texts.value[name]) : null]))
    edit('observation', record.id, (body) => setTimings(body, measures))
    onClose()
  }
  return (
    <Sheet title={t('clock.title')} onClose={onClose}>
      <p class="small muted">{t('clock.hint')}</p>
      <div class="times">
        {names.map((name) => (
          <label key={name} class={bad.value === name ? 'field field-error' : 'field'}>
            <span>{t(`clock.field.${kind === 'answer' ? 'answer' : name}`)}</span>
            <input
              class="input num" value={texts.value[name]} inputMode="text" autocomplete="off" placeholder="–"
              onInput={(event) => { texts.value = { ...texts.value, [name]: event.currentTarget.value }; bad.value = null }}
            />
            {bad.value === name && <span class="err" role="alert">{t('clock.bad')}</span>}
          </label>
        ))}
      </div>
      {kind === 'phone' && <Transferred record={record} />}
      {record.clock?.noticed && <button type="button" class="btn btn-q" onClick={() => { clockBack(record.id); onClose() }}>{t('clock.back')}</button>}
      <div class="row sheet-foot">
        <button type="button" class="btn btn-lg" onClick={onClose}>{t('cancel')}</button>
        <button type="button" class="btn btn-p btn-lg grow" onClick={keep}>{t('clock.keep')}</button>
      </div>
    </Sheet>
  )
}

function Transferred({ record }) {
  const n = record.body.timings?.transfers ?? 0
  const change = (by) => edit('observation', record.id, (body) => transfers(body, by))
  return (
    <div class="row-between">
      <span class="strong">{t('phone.transferred', { n })}</span>
      <span class="row">
        <button type="button" class="btn btn-i" aria-label={t('phone.fewer')} onClick={() => change(-1)}><Icon name="minus" /></button>
        <button type="button" class="btn btn-i" aria-label={t('phone.more')} onClick={() => change(1)}><Icon name="plus" /></button>
      </span>
    </div>
  )
}

function asText(seconds) {
  return seconds === null || seconds === undefined ? '' : shortClock(seconds)
}
