import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { enough, tabCounts } from '../record/counts.js'
import { inOrder } from '../record/journeys.js'
import { nextStep } from '../record/clock.js'
import { newCode } from '../record/codes.js'
import { mayPhotograph } from '../record/consent.js'
import { canFingerprint } from '../record/ids.js'
import { clockOf } from '../record/instruments.js'
import { GhostCamera, useBefore } from '../parts/camera.jsx'
import { CaptureTop } from '../parts/capture_top.jsx'
import { ConsentScreen } from '../parts/consent.jsx'
import { DeskStage } from '../parts/desk_stage.jsx'
import { asksForListening, ListeningSheet } from '../parts/listening.jsx'
import { RatePanel } from '../parts/rate.jsx'
import { useHold } from '../parts/long_press.js'
import { SeriousCorner } from '../parts/serious.jsx'
import { Sheet } from '../parts/sheet.jsx'
import { StandardsPanel } from '../parts/standards.jsx'
import { TimesSheet } from '../parts/times_sheet.jsx'
import { WhyPanel } from '../parts/why.jsx'
import { WordsPanel } from '../parts/words.jsx'
import { useDesk, useKeys } from '../parts/desk_keys.js'
import { Icon } from '../parts/icons.jsx'
import { choose, opening } from '../actions/photos.js'
import { go } from '../state/router.js'
import { list, myVisit, myVisits, observations, say, t } from '../state/signals.js'
import { journeyOfVisit, visitTitle } from '../state/titles.js'
import { finishVisit, goOn, hereNow, toMap, whereNext } from '../actions/visit.js'
import { setConsent } from '../actions/consent.js'
import { passClock } from '../actions/clock.js'

const TABS = ['rate', 'standards', 'why', 'words']
/** A journey may ask beginners less until they have finished so many visits. */
const FIRST_TABS = ['rate', 'words']
const BEGINNER = 3

/** One touchpoint, one screen. The top is for reading; everything one taps lies within reach of a thumb. */
export function Capture({ id }) {
  const record = observations.value.get(id)
  const visit = myVisit(record?.visit_id)
  const tab = useSignal('rate')
  const times = useSignal(false)
  const listening = useSignal(true)
  const desk = useDesk()
  useKeys(desk, id)
  useEffect(() => { if (visit) hereNow(record); else go('today', null, { replace: true }) }, [id, Boolean(visit)])
  if (!visit) return null
  const journey = journeyOfVisit(visit)
  const { channel } = record.body
  const short = Boolean(journey?.short) && myVisits.value.filter(({ body }) => !body.practice && body.status === 'done').length < BEGINNER
  const unasked = asksForListening(visit, channel) && listening.value
  const touchpoint = inOrder(journey).find((one) => one.id === record.body.touchpoint_id) ?? null
  const Panel = { rate: RatePanel, standards: StandardsPanel, why: WhyPanel, words: WordsPanel }[tab.value]
  return (
    <form class={desk ? 'phone cap desk' : 'phone cap'} onSubmit={(event) => event.preventDefault()}>
      {desk && <DeskStage record={record} visit={visit} journey={journey} />}
      <CaptureTop record={record} visit={visit} journey={journey} touchpoint={touchpoint} onCorrect={() => { times.value = true }} />
      <main class="pad">
        <Panel record={record} visit={visit} journey={journey} touchpoint={touchpoint} desk={desk} short={short} />
        <Tabs tab={tab} names={short ? FIRST_TABS : TABS} counts={tabCounts(record.body)} />
        <Dock record={record} visit={visit} onCorrect={() => { times.value = true }} />
      </main>
      {unasked && <ListeningSheet visit={visit} onClose={() => { listening.value = false }} />}
      {times.value && <TimesSheet record={record} onClose={() => { times.value = false }} />}
    </form>
  )
}

function Tabs({ tab, names, counts }) {
  return (
    <div class="tabs" role="radiogroup" aria-label={list(names.map((name) => t(`tab.${name}`)))}>
      {names.map((name) => (
        <label key={name}>
          <input class="pick" type="radio" name="tab" checked={tab.value === name} onChange={() => { tab.value = name }} />
          <span>{t(`tab.${name}`)}<em class="num">{counts[name] || ''}</em></span>
        </label>
      ))}
    </div>
  )
}

function Dock({ record, visit, onCorrect }) {
  const step = nextStep(record.clock)
  const { back, touchpoint: more } = whereNext(record, visit)
  const ways = useSignal(false)
  const press = useHold(() => { ways.value = true })
  return (
    <div class="dock">
      <SeriousCorner visit={visit} record={record} />
      <button type="button" class="btn btn-i dock-map" aria-label={t('capture.map')} aria-description={t('capture.mapHold')} {...press} onClick={() => toMap(record.id)}><Icon name="path" /></button>
      {!mayPhotograph(visit)
        ? <button type="button" class="btn btn-i dock-cam" aria-disabled="true" aria-label={t('photo.declined')} onClick={() => say(t('photo.declined'))}><Icon name="camera" /></button>
        : <Shutter record={record} visit={visit} />}
      {step
        ? <button type="button" class="btn stop" onClick={() => passClock(record.id)}>{t({ phone: `clock.phone.${step}`, answer: 'clock.answered', staff: `clock.${step}` }[clockOf(record.body.channel)])}<kbd class="kbd">{t('key.space')}</kbd></button>
        : <button type="button" class="btn" onClick={onCorrect}><Icon name="edit" />{t('clock.correct')}</button>}
      <button type="button" class="btn btn-p" onClick={() => goOn(record.id)}>{t(back ? 'capture.back' : more ? 'capture.next' : 'capture.done')}{enough(record.body, visit) ? <><Icon name="check" /><span class="vh">{t('capture.enough')}</span></> : <Icon name="forward" />}<kbd class="kbd">{t('key.enter')}</kbd></button>
      {ways.value && <WaysSheet record={record} visit={visit} onClose={() => { ways.value = false }} />}
    </div>
  )
}

/** Where else one may go from here. */
function WaysSheet({ record, visit, onClose }) {
  const asking = useSignal(false)
  const code = useSignal(visit.code ?? (canFingerprint() ? newCode() : null))
  if (asking.value) {
    const returned = (consent) => { setConsent(visit, consent, code.value); onClose() }
    return <ConsentScreen journey={journeyOfVisit(visit)} consent={visit.body.consent} code={code.value} onDone={returned} />
  }
  return (
    <Sheet title={visitTitle(visit)} onClose={onClose} className="ways">
      <button type="button" class="btn btn-lg" onClick={() => toMap(record.id)}><Icon name="path" />{t('capture.map')}</button>
      {visit.body.mode === 'shadowed' && !visit.body.practice && (
        <button type="button" class="btn btn-lg" onClick={() => { asking.value = true }}><Icon name="hand" />{t('consent')}</button>
      )}
      <button type="button" class="btn btn-lg" onClick={() => finishVisit(visit.id, 'paused')}><Icon name="pause" />{t('review.pause')}</button>
      <button type="button" class="btn" onClick={(event) => event.currentTarget.closest('dialog').close()}>{t('close')}</button>
    </Sheet>
  )
}

/** The camera and nothing else, so that a hand finds it without looking. */
function Shutter({ record, visit }) {
  const again = useSignal(false)
  const before = useBefore(record, visit)
  if (before && !opening.value) {
    return (
      <>
        <button type="button" class="btn btn-i dock-cam" aria-label={t('capture.photo')} aria-haspopup="dialog" onClick={() => { again.value = true }}><Icon name="camera" /></button>
        {again.value && <GhostCamera record={record} before={before} onClose={() => { again.value = false }} />}
      </>
    )
  }
  return (
    <label class={opening.value ? 'btn btn-i dock-cam busy' : 'btn btn-i dock-cam'}>
      <input
        class="pick" type="file" accept="image/*" capture="environment" aria-label={t('capture.photo')}
        onChange={(event) => choose(event, record.id, true)}
      />
      {opening.value ? <span class="vh" role="status">{t('photo.opening')}</span> : <Icon name="camera" />}
    </label>
  )
}
