import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { seen } from '../record/counts.js'
import { whereabouts } from '../record/whereabouts.js'
import { shortDate, sameDay } from '../record/times.js'
import { initials } from '../record/words.js'
import { fileSize } from '../state/describe.js'
import { CheckDisc } from '../parts/drawings.jsx'
import { Icon } from '../parts/icons.jsx'
import { Echo, MyEye } from '../parts/outcomes.jsx'
import { Group, Head, TabBar } from '../parts/frame.jsx'
import { Install } from '../parts/install.jsx'
import { Settings } from '../parts/settings.jsx'
import { address } from '../state/router.js'
import { carry, keptOffline, language, myEntries, myVisits, named, observationsOf, person, skew, t, zoneOf } from '../state/signals.js'
import { visitTitle } from '../state/titles.js'

const PHOTO = 400_000 // a photo as we store it, roughly

export function Me() {
  const { name, department } = person.value
  return (
    <div class="phone">
      <Head title={name} sub={named(department)} size="m" before={<span class="ava ava-l" aria-hidden="true">{initials(name)}</span>} />
      <main class="me">
        <Echo />
        <MyVisits />
        <MyEye />
        <Ready />
        <Settings />
      </main>
      <TabBar now="me" />
    </div>
  )
}

function MyVisits() {
  const list = myVisits.value.slice(0, 20)
  return (
    <Group title={t('me.visits')}>
      {list.length === 0 && <p class="muted">{t('me.noVisits')}</p>}
      {list.length > 0 && <ul class="card list rows">{list.map((visit) => <li key={visit.id}><MyVisit visit={visit} /></li>)}</ul>}
    </Group>
  )
}

function MyVisit({ visit }) {
  const { status, practice, started_at } = visit.body
  const [icon, tone] = signOf(visit)
  const title = status === 'paused' ? t('me.visitPaused', { name: visitTitle(visit) })
    : status === 'in_progress' ? t('me.visitGoing', { name: visitTitle(visit) }) : visitTitle(visit)
  const open = status === 'in_progress' ? address('visit', visit.id) : practice ? address('review', visit.id) : address('receipt', visit.id)
  return (
    <a class="set" href={status === 'paused' ? address('review', visit.id) : open}>
      <span class={`ico ${tone}`}><Icon name={icon} /></span>
      <span class="grow">
        <b class="strong">{title}</b>
        <span class="small muted sub">{sameDay(started_at, Date.now(), zoneOf(visit.id)) ? t('today.title') : shortDate(started_at, language.value, zoneOf(visit.id))}</span>
        <span class="small muted sub">{practice ? t('me.practice') : held(visit)}</span>
      </span>
      <Icon name="right" small />
    </a>
  )
}

function entriesOf(visit) {
  return myEntries.value.filter((entry) => entry.visit_id === visit.id)
}

function signOf(visit) {
  if (visit.body.status === 'paused') return ['pause', 'ico-t']
  if (visit.body.practice) return ['path', '']
  return whereabouts(entriesOf(visit)).held ? ['check', 'ico-s'] : ['clock', 'ico-w']
}

function held(visit) {
  const { byTouchpoint, offMap } = seen(observationsOf(visit.id))
  const n = byTouchpoint.size + offMap.length
  const { waits: waiting, held: arrived, photos } = whereabouts(entriesOf(visit))
  if (waiting) return t('me.here', { n, waiting })
  if (!arrived) return t('me.sent', { n })
  return photos ? t('me.arrived', { n, photos, of: photos }) : t('me.arrivedPlain', { n })
}

/** What one checks before leaving the desk: journeys here, app here, room, clock. */
function Ready() {
  const free = useSignal(undefined)
  useEffect(() => {
    navigator.storage?.estimate?.().then(({ quota, usage }) => { free.value = quota - usage }, () => {})
  }, [])
  const journeys = carry.value?.body.journeys.length ?? 0
  const off = skew.value === null ? null : Math.round(Math.abs(skew.value) / 60_000)
  const allWell = journeys > 0 && keptOffline.value && !off
  return (
    <Group title={t('me.ready')} aside={<span class={allWell ? 'sync sync-ok' : 'sync sync-wait'}><Icon name={allWell ? 'check' : 'info'} />{t(allWell ? 'me.readyYes' : 'me.readyNot')}</span>}>
      <div class="card rows">
        <Check icon="path" well={journeys > 0} title={journeys ? t('me.journeysHere', { n: journeys }) : t('me.journeysNone')} sub={t(journeys ? 'me.journeysHereSub' : 'me.journeysNoneSub')} />
        <Check icon="saved" well={keptOffline.value} title={t(keptOffline.value ? 'me.appHere' : 'me.appNot')} sub={keptOffline.value ? '' : t('me.appNotSub')} />
        <Check icon="image" well={free.value === undefined || free.value > 50 * PHOTO}
          title={free.value === undefined ? t('me.roomUnknown') : t('me.room', { n: roundDown(free.value / PHOTO) })}
          sub={free.value === undefined ? '' : t('me.roomSub', { size: fileSize(free.value) })} />
        <Check icon="clock" well={off === 0} title={off === null ? t('me.clockUnknown') : off ? t('me.clockOff', { n: off }) : t('me.clock')}
          sub={off === null ? '' : off ? t('me.clockOffSub') : t('me.clockSub', { n: Math.max(1, Math.ceil(Math.abs(skew.value) / 1000)) })} />
      </div>
      <Install />
    </Group>
  )
}

/** Two figures are enough for a guess. */
function roundDown(number) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 1)
  return Math.floor(number / unit) * unit
}

function Check({ icon, well, title, sub }) {
  return (
    <div class={well ? 'set check well-done' : 'set check'}>
      <span class="check-i"><Icon name={icon} /></span>
      <span class="grow"><b class="strong">{title}</b>{sub && <span class="small muted sub">{sub}</span>}</span>
      {well ? <CheckDisc /> : <Icon name="info" small />}
    </div>
  )
}
