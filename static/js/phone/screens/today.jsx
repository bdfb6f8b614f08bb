import { Icon } from '../parts/icons.jsx'
import { Unfinished } from '../parts/unfinished.jsx'
import { DayArc } from '../parts/day_arc.jsx'
import { Head, TabBar } from '../parts/frame.jsx'
import { address } from '../state/router.js'
import { whereIn } from '../state/where.js'
import { settings } from '../state/settings.js'
import { carry, comma, language, myVisits, named, openVisit, person, t, tick, unfinished, zoneAt } from '../state/signals.js'
import { byMoment, hoursMinutes, longDate, ofThisShift, timeOfDay, zoneName } from '../record/times.js'
import { inOrder, journeyOf } from '../record/journeys.js'

const OPEN_PLANS = new Set(['planned', 'missed', undefined, null])

export function Today() {
  const body = carry.value?.body
  const plans = plansToday(body)
  const [next, ...rest] = plans
  const running = openVisit.value
  const zone = zoneAt((running?.body ?? next)?.site_id)
  const alone = plans.length === 0 && unfinished.value.length === 0
  return (
    <div class="phone">
      <Head title={t('today.title')} sub={longDate(tick.value, language.value, zone)} />
      <main class="today">
        <Welcome />
        <DayArc plans={plans} zone={zone} />
        {running ? <Running visit={running} /> : next && <Next plan={next} body={body} />}
        <Unfinished list={unfinished.value.filter((visit) => visit !== running)} />
        <Reminders />
        <Rest plans={running ? plans : rest} body={body} />
        <Helps body={body} alone={alone} />
        <Unplanned body={body} alone={alone} />
        <Slots body={body} />
      </main>
      <TabBar now="today" />
    </div>
  )
}

/** Once, to whoever has never walked: three screens, then practice. Nobody is made to read them. */
function Welcome() {
  if (settings.value.welcomed || myVisits.value.length > 0) return null
  return (
    <a class="card item welcome-card" href={address('welcome')}>
      <Icon name="idea" /><span class="grow"><b class="strong">{t('welcome.card')}</b><span class="small muted sub">{t('welcome.cardSub')}</span></span><Icon name="right" small />
    </a>
  )
}

function plansToday(body) {
  if (!body || carry.value.for !== person.value?.id) return []
  const used = new Set(myVisits.value.map((visit) => visit.body.plan_id))
  return (body.plans ?? [])
    .filter((plan) => OPEN_PLANS.has(plan.state) && !used.has(plan.id) && ofThisShift(plan.starts_at, tick.value, zoneAt(plan.site_id)))
    .filter((plan) => !plan.observer_id || plan.observer_id === person.value.id)
    .sort((one, other) => byMoment(one.starts_at, other.starts_at))
}

function siteOf(body, plan) {
  return body?.sites.find((site) => site.id === plan.site_id)
}

function Hero({ when, time, title, lines, href, button }) {
  return (
    <section class="next" aria-labelledby="next-title">
      <svg class="cast" viewBox="0 0 358 300" preserveAspectRatio="none" aria-hidden="true">
        <path d="M250 0 358 0 358 300 120 300Z" /><path d="M310 0 358 0 358 220Z" />
      </svg>
      <div class="row-between"><span class="when">{when}</span><span class="when num">{time}</span></div>
      <div class="stack stack-2">
        <h2 id="next-title">{title}</h2>
        <div class="meta">{lines.map(([icon, text]) => text && (
          <div class="row" key={icon}><Icon name={icon} small /><span>{text}</span></div>
        ))}</div>
      </div>
      <a class="btn btn-lg" href={href}>{button}<Icon name="forward" /></a>
    </section>
  )
}

function Next({ plan, body }) {
  const { h, min } = hoursMinutes(Date.parse(plan.starts_at) - tick.value)
  const past = Date.parse(plan.starts_at) < tick.value
  const time = timeOfDay(plan.starts_at, zoneAt(plan.site_id))
  const when = past ? t('today.late', { time }) : h ? t('today.nextHours', { h, min }) : t('today.nextIn', { n: min })
  return (
    <Hero
      when={when} time={past ? '' : time} title={named(journeyOf(body, plan.journey_id)?.name)}
      lines={[['place', named(siteOf(body, plan)?.name)], ['clock', clockOf(plan)], ['me', whom(plan, body)], ['info', kindOf(plan)]]}
      href={address('start', plan.id)} button={t('today.start')}
    />
  )
}

function Running({ visit }) {
  const { body } = visit
  return (
    <Hero
      when={body.practice ? t('start.practice') : t('today.running', { time: timeOfDay(body.started_at, zoneAt(body.site_id)) })} time=""
      title={body.customer_label || t('visit.unnamed')}
      lines={[['path', named(visit.journey?.name)], ['place', named(siteOf(carry.value?.body, body)?.name)]]}
      href={whereIn(visit)} button={t('today.goOn')}
    />
  )
}

/** What was still to come when a visit ended, and may have come by now. */
function Reminders() {
  const due = myVisits.value.filter(({ remind }) => remind && remind.from <= tick.value)
  return due.map((visit) => (
    <a key={visit.id} class="card item" href={address('review', visit.id)}>
      <Icon name="info" />
      <span class="grow"><b class="strong">{t('today.remind')}</b><span class="small muted sub">{[visit.body.customer_label, ...inOrder(visit.journey).filter(({ id }) => visit.remind.touchpoints.includes(id)).map(({ name }) => named(name))].filter(Boolean).join(comma())}</span></span>
      <Icon name="right" small />
    </a>
  ))
}

/** Whose clock it is, when it is not this phone's. */
function clockOf(plan) {
  return zoneName(plan.starts_at, language.value, zoneAt(plan.site_id))
}

function whom(plan, body) {
  if (plan.mode === 'walked') return t('today.justWalk')
  const persona = body.personas.find((one) => one.id === plan.persona_id)
  const parts = [plan.customer_label, named(persona?.name), plan.scenario].filter(Boolean)
  return parts.join(comma())
}

function kindOf(plan) {
  if (!plan.observer_id) return t('today.openSlot')
  return ['verify', 'overlap', 'double', 'competitor'].includes(plan.kind) ? t(`today.kind.${plan.kind}`) : ''
}

function Rest({ plans, body }) {
  if (plans.length === 0) return null
  return (
    <section class="card rows">
      <ul class="list">{plans.map((plan) => (
        <li key={plan.id}>
          <a class="item" href={address('start', plan.id)}>
            <span class="time">{timeOfDay(plan.starts_at, zoneAt(plan.site_id))}</span>
            <span class="grow">
              <b class="strong">{named(journeyOf(body, plan.journey_id)?.name)}</b>
              <span class="small muted sub">{[whom(plan, body), named(siteOf(body, plan)?.name), clockOf(plan), kindOf(plan)].filter(Boolean).join(' · ')}</span>
            </span>
            <Icon name="right" small />
          </a>
        </li>
      ))}</ul>
    </section>
  )
}

function Helps({ body, alone }) {
  const suggestions = mostHelp(body)
  if (!body) return <p class="note note-sun">{t('today.noCarry')}</p>
  if (suggestions.length === 0) return alone ? <p class="muted">{t('today.noneAlone')}</p> : null
  return (
    <section class="stack stack-2 helps">
      <h2 class="sec">{alone ? t('today.none') : t('today.helps')}</h2>
      <div class="card rows"><ul class="list">{suggestions.map((one) => <Help key={[one.touchpoint_id, one.channel, one.site_id].join()} one={one} body={body} />)}</ul></div>
    </section>
  )
}

/** Three at most; of several sites each in turn, as the server ordered them. */
function mostHelp(body) {
  const all = body?.suggestions ?? []
  const bySite = [...new Set(all.map((one) => one.site_id))].map((site) => all.filter((one) => one.site_id === site))
  return [0, 1, 2].flatMap((rank) => bySite.map((list) => list[rank])).filter(Boolean).slice(0, 3)
}

function Help({ one, body }) {
  const journey = journeyOf(body, one.journey_id)
  const touchpoint = inOrder(journey).find((row) => row.id === one.touchpoint_id)
  if (!touchpoint) return null
  const name = [named(touchpoint.name), named(body.channels?.find((each) => each.slug === one.channel)?.name) || t(`channel.${one.channel}`), named(siteOf(body, one)?.name)].filter(Boolean).join(comma())
  return (
    <li>
      <a class="item" href={address('start', ['for', one.journey_id, one.touchpoint_id, one.channel, one.site_id ?? ''].join(':'))}>
        <Icon name="idea" />
        <span class="grow"><span class="vh">{t('today.helpHere', { name: '' })}</span><b class="strong">{name}</b><span class="small muted sub">{named(one.reason)}</span></span>
        <Icon name="plus" />
      </a>
    </li>
  )
}

/** Open hours of the coming days: taken on a page of the server's, where one sees at once whether one was first. */
function Slots({ body }) {
  const open = (body?.plans ?? []).filter((plan) => !plan.observer_id && Date.parse(plan.starts_at) > tick.value && plan.state === 'planned')
  return open.length === 0 ? null : <a class="btn btn-q" href="/slots"><Icon name="people" small />{t('today.slots', { n: open.length })}</a>
}

function Unplanned({ body, alone }) {
  if (!body?.journeys.length) return null
  return (
    <>
      <a class={alone ? 'btn btn-p btn-lg' : 'btn btn-q'} href={address('start')}><Icon name="plus" small />{t('today.unplanned')}</a>
      <a class="btn btn-q" href={address('practise')}>{t('today.practise')}</a>
    </>
  )
}
