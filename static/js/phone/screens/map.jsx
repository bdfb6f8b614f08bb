import { useEffect } from 'preact/hooks'
import { markNow } from '../device/steady.js'
import { between, phase, shownSeconds } from '../record/clock.js'
import { progress, seen } from '../record/counts.js'
import { mapLayout } from '../record/curve.js'
import { clockOf } from '../record/instruments.js'
import { LEVELS } from '../record/vocabulary.js'
import { clockFace, hoursMinutes, timeOfDay } from '../record/times.js'
import { EmotionLine } from '../parts/emotion_line.jsx'
import { Scores } from '../parts/scores.jsx'
import { SeriousCorner, seriousWords } from '../parts/serious.jsx'
import { Sync } from '../parts/sync.jsx'
import { Face, MiniPyramid } from '../parts/drawings.jsx'
import { Icon } from '../parts/icons.jsx'
import { CHANNEL_ICON } from '../parts/icons_lazy.js'
import { address, go } from '../state/router.js'
import { myVisit, named, observationsOf, openVisit, t, tick, unfinished, zoneOf } from '../state/signals.js'
import { channelName, journeyOfVisit, nameOf, visitTitle } from '../state/titles.js'
import { capture, currentOf, finishVisit, nextTouchpoint, resume } from '../actions/visit.js'
import { NoVisit } from './no_visit.jsx'

export function VisitMap({ id }) {
  const visit = myVisit(id) ?? (unfinished.value.length > 1 ? null : openVisit.value)
  if (!visit) return <NoVisit />
  return <WholeMap key={visit.id} visit={visit} />
}

function WholeMap({ visit }) {
  useEffect(() => { requestAnimationFrame(() => document.querySelector('.tp.now')?.scrollIntoView({ block: 'nearest' })) }, [])
  const journey = journeyOfVisit(visit)
  const records = observationsOf(visit.id)
  const { byTouchpoint, offMap } = seen(records)
  const current = currentOf(visit)
  const layout = mapLayout(journey, offMap.length)
  const last = lastSeen(layout, byTouchpoint, current)
  return (
    <div class="phone visit">
      <MapHead visit={visit} journey={journey} records={records} />
      <main class="map">
        <ol>
          {layout.entries.map((entry, index) => (entry.kind === 'head'
            ? <StageHead key={entry.stage.id} stage={entry.stage} seenIds={byTouchpoint} />
            : <Touchpoint
              key={entry.touchpoint.id} visit={visit} touchpoint={entry.touchpoint} record={byTouchpoint.get(entry.touchpoint.id)}
              current={current} behind={index < last}
            />))}
          {offMap.length > 0 && <li class="st"><h2>{t('visit.offMap')}</h2><span class="num">{offMap.length}</span></li>}
          {offMap.map((record) => <OffMap key={record.id} record={record} />)}
        </ol>
        <EmotionLine layout={layout} byTouchpoint={byTouchpoint} current={current} behind={last} offMap={offMap} />
      </main>
      <MapFoot visit={visit} journey={journey} current={current} byTouchpoint={byTouchpoint} />
    </div>
  )
}

/** Everything before the furthest place seen was passed by; what lies after is still to come. */
function lastSeen(layout, byTouchpoint, current) {
  return layout.entries.reduce((last, entry, index) => (
    entry.kind === 'row' && (byTouchpoint.has(entry.touchpoint.id) || current?.body.touchpoint_id === entry.touchpoint.id) ? index : last
  ), -1)
}

export function lengthOf(visit) {
  const { ended_at, started_at } = visit.body
  const running = tick.value && !ended_at && visit.since
  const passed = running ? between(visit.since, markNow()) * 1000 : (ended_at ? Date.parse(ended_at) : tick.value) - Date.parse(started_at)
  const { h, min } = hoursMinutes(passed)
  return h ? t('visit.soFar', { h, min }) : t('visit.soFarMin', { min })
}

function MapHead({ visit, journey, records }) {
  const { seen: done, of } = progress(visit, records, journey)
  const ended = visit.body.status === 'done' || visit.body.status === 'abandoned'
  const since = ended ? t('visit.ended', { time: timeOfDay(visit.body.ended_at, zoneOf(visit.id)) }) : lengthOf(visit)
  return (
    <header class="map-head">
      <div class="phone-head">
        <a class="iconbtn head-back" href={address('today')} aria-label={t('back')}><Icon name="left" /></a>
        <div class="grow">
          <h1 class="head-xs" tabIndex={-1}>{visitTitle(visit)}</h1>
          <p class="small muted">{t('visit.seenOf', { seen: done, of })} · {since}</p>
        </div>
        {!ended && visit.body.status !== 'paused' && (
          <button class="iconbtn" aria-label={t('visit.pause')} onClick={() => finishVisit(visit.id, 'paused')}><Icon name="pause" /></button>
        )}
        <Sync variant="saved" practice={visit.body.practice} />
      </div>
      <progress class="prog" max={of} value={done} aria-label={t('visit.seenOf', { seen: done, of })} />
      <div class="key" aria-hidden="true">
        <span class="key-faces"><Face emotion={-2} /><Face emotion={2} /></span>
        <span class="small key-words">{t('visit.levels')}</span>
        <span class="key-levels">{LEVELS.map((level) => <span key={level}><MiniPyramid level={level} /></span>)}</span>
      </div>
    </header>
  )
}

function StageHead({ stage, seenIds }) {
  const done = stage.touchpoints.filter((touchpoint) => seenIds.has(touchpoint.id)).length
  return <li class="st"><h2>{named(stage.name) || t(`stage.${stage.kind}`)}</h2><span class="num">{done}/{stage.touchpoints.length}</span></li>
}

function Touchpoint({ visit, touchpoint, record, current, behind }) {
  const now = current && current.body.touchpoint_id === touchpoint.id
  const skipped = visit.body.skipped.find((one) => one.touchpoint_id === touchpoint.id)
  const kind = now ? 'now' : record ? 'done' : behind || skipped ? 'missed' : 'todo'
  return (
    <li class={`tp ${kind}`} aria-current={now ? 'step' : undefined}>
      <button onClick={() => capture(visit, touchpoint.id)}>
        <span class="grow">
          <b>{named(touchpoint.name)}</b>
          <span class="sub">{now ? <Running record={current} /> : <Sub record={record} skipped={skipped} kind={kind} touchpoint={touchpoint} />}<Serious record={record} /></span>
        </span>
        {record && !now && <Scores body={record.body} />}
        {kind === 'missed' && <span class="chip map-add" aria-label={t('visit.addTo', { name: named(touchpoint.name) })}>{t('visit.add')}</span>}
        {now && <Icon name="right" />}
      </button>
    </li>
  )
}

function Sub({ record, skipped, kind, touchpoint }) {
  if (skipped && !record) return t(`skip.${skipped.reason}`)
  if (kind === 'missed') return t('visit.notSeen')
  const channel = record?.body.channel ?? touchpoint.channels[0]
  return (
    <>
      <Icon name={CHANNEL_ICON[channel] ?? 'person'} small />{channelName(channel)}
      {record?.body.photos.length > 0 && <><Icon name="camera" small /><span class="num">{record.body.photos.length}</span></>}
      {record?.body.emotion !== null && record?.body.emotion !== undefined && (
        <span class="vh">{t('visit.felt', { word: t(`emotion.${record.body.emotion}`) })}</span>
      )}
    </>
  )
}

function Serious({ record }) {
  if (!record?.body.serious) return null
  return <span class="serious"><Icon name="warn" small />{t('visit.serious')}<span class="vh">. {seriousWords(record)}</span></span>
}

function Running({ record: { clock, body } }) {
  const seconds = tick.value && shownSeconds(clock, markNow())
  const kind = clockOf(body.channel)
  const key = { phone: `visit.phone.${phase(clock)}`, answer: 'visit.answer', staff: `visit.${phase(clock)}` }[kind]
  return <><Icon name="watch" small />{t(key, { clock: clockFace(seconds) })}</>
}

function OffMap({ record }) {
  return (
    <li class="tp done">
      <button onClick={() => go('capture', record.id)}>
        <span class="grow"><b>{nameOf(record)}</b><span class="sub">{channelName(record.body.channel)}<Serious record={record} /></span></span>
        <Scores body={record.body} />
      </button>
    </li>
  )
}

/** The corner of serious things stays where it is on the capture, also while the visit rests. */
function MapFoot({ visit, journey, current, byTouchpoint }) {
  const last = [...byTouchpoint.keys()].pop()
  const target = current?.body.touchpoint_id
    ? journey?.stages.flatMap((stage) => stage.touchpoints).find((one) => one.id === current.body.touchpoint_id)
    : nextTouchpoint(visit, last)
  if (visit.body.status === 'paused') {
    return <footer class="phone-foot"><SeriousCorner visit={visit} /><button class="btn btn-p btn-lg grow" onClick={() => resume(visit.id)}>{t('review.goOn')}</button></footer>
  }
  return (
    <footer class="phone-foot">
      <SeriousCorner visit={visit} />
      <button class="btn btn-lg btn-i" aria-label={t('visit.offMapAdd')} onClick={() => capture(visit, null)}><Icon name="plus" /></button>
      {target
        ? <button class="btn btn-p btn-lg grow" onClick={() => capture(visit, target.id)}><span class="btn-words">{t('visit.capture', { name: lower(named(target.name)) })}</span></button>
        : <a class="btn btn-p btn-lg grow" href={address('review', visit.id)}>{t('visit.review')}</a>}
      <button class="btn btn-lg btn-i" aria-label={t('visit.finish')} onClick={() => go('review', visit.id)}><Icon name="check" /></button>
    </footer>
  )
}

/** "Capture payment window": inside a sentence a name starts small, unless it is an abbreviation. */
export function lower(name) {
  return /^[A-Z][a-z]/.test(name) ? name[0].toLowerCase() + name.slice(1) : name
}
