import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { buzzOver } from '../device/buzz.js'
import { markNow } from '../device/steady.js'
import { asksIfStill, nextStep, overStandard, phase, shownSeconds } from '../record/clock.js'
import { mayPhotograph } from '../record/consent.js'
import { before, inOrder } from '../record/journeys.js'
import { HANDOVERS, CHANNELS } from '../record/vocabulary.js'
import { clockOf, kitOf, MEASURES, phaseSeconds, transfers } from '../record/instruments.js'
import { choose as chooseValue } from '../record/records.js'
import { clockFace, shortClock } from '../record/times.js'
import { Icon } from './icons.jsx'
import { CHANNEL_ICON } from './icons_lazy.js'
import { edit } from '../actions/local_records.js'
import { named, spoken, t, tick } from '../state/signals.js'
import { channelName, nameOf } from '../state/titles.js'
import { answerStill } from '../actions/clock.js'
import { Choice, Select } from './choices.jsx'
import { PhotosSheet } from './photos_sheet.jsx'
import { Picker } from './picker.jsx'
import { PlaceSelect } from './touchpoint_select.jsx'
import { Sync } from './sync.jsx'
import { Thumb } from './thumb.jsx'

export function CaptureTop({ record, visit, journey, touchpoint, onCorrect }) {
  const all = inOrder(journey)
  const stage = touchpoint && (named(touchpoint.stage.name) || t(`stage.${touchpoint.stage.kind}`))
  return (
    <header class="top">
      <div class="bar">
        <span class="eyebrow">{touchpoint ? t('capture.placeOf', { stage, n: touchpoint.place, of: all.length }) : t('capture.offMap')}</span>
        <Sync variant="saved" practice={visit.body.practice} />
      </div>
      {touchpoint ? <h1 tabIndex={-1} class="clip2">{named(touchpoint.name)}</h1> : <Label record={record} />}
      <Way record={record} visit={visit} journey={journey} touchpoint={touchpoint} />
      <div class="glance">
        <Clock record={record} touchpoint={touchpoint} onCorrect={onCorrect} />
        <div class="glance-side">
          {kitOf(record.body.channel) === 'phone' && <Transfers record={record} />}
          <Photos record={record} visit={visit} />
        </div>
        <Steps clock={record.clock} body={record.body} />
      </div>
    </header>
  )
}

function Label({ record }) {
  return (
    <>
      <h1 class="vh" tabIndex={-1}>{nameOf(record)}</h1>
      <input
        class="input label-in" value={record.body.label === record.given_label ? '' : record.body.label ?? ''} maxLength="120" placeholder={t('capture.labelHint')}
        aria-label={t('capture.label')} autocomplete="off"
        onInput={(event) => { const { value } = event.currentTarget; edit('observation', record.id, (body) => ({ ...body, label: value })) }}
      />
    </>
  )
}

/** Two facts known on arrival: the channel, asked only where there is a choice, and the hand-over. */
function Way({ record, visit, journey, touchpoint }) {
  const previous = touchpoint && before(journey, touchpoint.id)
  const channels = touchpoint?.channels ?? CHANNELS
  const { channel, handover } = record.body
  return (
    <div class={previous || !touchpoint ? 'way' : 'way alone'}>
      <div>
        <span class="way-cap">{t('capture.channel')}</span>
        {channels.length > 1
          ? (
            <Select
              className="chan pickone" label={t('capture.channel')} value={channel}
              options={channels.map((slug) => ({ value: slug, text: channelName(slug) }))}
              onChoose={(slug) => edit('observation', record.id, (body) => ({ ...body, channel: slug }))}
            ><Icon name={CHANNEL_ICON[channel] ?? 'person'} /><span class="clip">{channelName(channel)}</span><Icon name="down" /></Select>
          )
          : <span class="chan still"><Icon name={CHANNEL_ICON[channel] ?? 'person'} /><span class="clip">{channelName(channel)}</span></span>}
      </div>
      {!touchpoint && <div class="way-place"><span class="way-cap">{t('moment.where')}</span><PlaceSelect record={record} visit={visit} /></div>}
      {previous && (
        <Choice
          name="handover" legend={t('capture.handover', { name: named(previous.name) })} value={handover} className="opts opts-out"
          options={HANDOVERS.map((slug) => ({ value: slug, text: t(`handover.${slug}`) }))}
          onChoose={(slug) => edit('observation', record.id, (body) => chooseValue(body, 'handover', slug))}
        ><span class="way-cap clip" aria-hidden="true">{t('capture.handover', { name: named(previous.name) })}</span></Choice>
      )}
    </div>
  )
}

function Clock({ record, touchpoint, onCorrect }) {
  const { clock, body: { timings } } = record
  const now = tick.value && markNow()
  const limit = touchpoint?.longest_wait_seconds
  const asks = asksIfStill(clock, now)
  const over = asks ? 0 : overStandard(clock, timings, limit, now)
  useEffect(() => { if (over > 0 && nextStep(clock)) { buzzOver(); spoken.value = t('clock.says.over') } }, [over > 0])
  const stopped = clock && !nextStep(clock)
  const face = clockFace((stopped && (timings.talk ?? timings.service ?? timings.wait)) || (clock ? shownSeconds(clock, now) : 0))
  return (
      <div class="watch-row">
        <button type="button" class="watch num" onClick={onCorrect} aria-label={`${t('clock.title')}, ${face}`}>
          <span role="timer" aria-live="off">{face}</span>
        </button>
        {asks && (
          <span class="still" role="group" aria-label={t('clock.still')}>
            <b>{t('clock.still')}</b>
            <button type="button" class="btn" onClick={() => answerStill(record.id, true)}>{t('clock.stillYes')}</button>
            <button type="button" class="btn" onClick={() => answerStill(record.id, false)}>{t('clock.stillNo')}</button>
          </span>
        )}
        {over > 0 && (
          <span class="over" role="status">
            <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 13.500 1.500 3h13z" fill="currentColor" /></svg>
            <span>{t('clock.over', { clock: shortClock(over) })}<br />{t('clock.standard', { clock: shortClock(limit) })}</span>
          </span>
        )}
      </div>
  )
}

/** One tap for each time the customer is put through; the sheet of times puts a slip right. */
function Transfers({ record }) {
  const n = record.body.timings?.transfers ?? 0
  return (
    <button type="button" class="transfers" aria-label={t('phone.transferred', { n })} onClick={() => edit('observation', record.id, (body) => transfers(body, 1))}>
      <Icon name="transfer" /><b class="num">{n}</b>
    </button>
  )
}

/** Each phase with how long it took, so that they add up; where nobody serves, whether there was an answer. */
function Steps({ clock, body: { channel, timings } }) {
  const kind = clockOf(channel)
  const running = nextStep(clock) ? (kind === 'answer' ? 'wait' : MEASURES[kind][['notice', 'wait', 'service'].indexOf(phase(clock))]) : null
  const state = (name) => (given(timings?.[name]) ? 'past' : name === running ? 'now' : 'to')
  return (
    <ol class="three" aria-label={t('capture.clock')}>
      {kind === 'answer' && <li class="past"><i />{t('clock.opened')}</li>}
      {MEASURES[kind].map((name) => (
        <li key={name} class={state(name)} aria-current={name === running ? 'step' : undefined}>
          <i />{t(kind === 'answer' ? `clock.answer.${state(name) === 'past' ? 'past' : 'now'}` : `clock.${name}`)}{given(timings?.[name]) && ` ${shortClock(phaseSeconds(name, timings))}`}
        </li>
      ))}
    </ol>
  )
}

/** The newest photo and how many there are, and the way to the gallery, which keeps its place as the camera does. */
function Photos({ record, visit }) {
  const open = useSignal(false)
  const { photos } = record.body
  if (!mayPhotograph(visit)) return null
  return (
    <>
      {photos.length > 0 && (
        <button type="button" class="thumb-open" aria-label={t('photo.all', { n: photos.length })} onClick={() => { open.value = true }}>
          <Thumb photo={photos[photos.length - 1]} number={photos.length} />
          {photos.length > 1 && <span class="count">{photos.length}</span>}
        </button>
      )}
      <Picker record={record} />
      {open.value && <PhotosSheet record={record} onClose={() => { open.value = false }} />}
    </>
  )
}

const given = (value) => value !== null && value !== undefined
