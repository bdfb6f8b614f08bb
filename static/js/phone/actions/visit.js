// What an observer does: start a visit, open a touchpoint, go on, finish.
/** @import { Clock, Journey, Observation, Person, Placed, Visit, VisitStatus } from '../record/types.d.ts' */
import { goAway, leaveClock, startClock } from '../record/clock.js'
import { seen, settled } from '../record/counts.js'
import { fingerprint, newId } from '../record/ids.js'
import { inOrder, journeyOf, likelyChannel, likelyStart, nextOpen } from '../record/journeys.js'
import { hasContent } from '../record/content.js'
import { finish, makeObservation, makeVisit, place } from '../record/records.js'
import { markNow } from '../device/steady.js'
import { anonymous } from './consent.js'
import { add, edit, editRecord, forget, queue } from './local_records.js'
import { go, route } from '../state/router.js'
import { whereIn } from '../state/where.js'
import { carry, entries, myVisits, named, observations, observationsOf, person, say, spoken, t, visits, zoneAt } from '../state/signals.js'
import { journeyOfVisit, visitTitle } from '../state/titles.js'
import { hoursApart, stamp } from '../record/times.js'

const ABOUT = 2 // hours
const DAY = 24 * 3600_000

/** @param {import('./visit_form.js').Draft} form @param {string | null} code */
export async function startVisit({ wanted, plan: _plan, ...form }, code) {
  const id = newId()
  const journey = /** @type {Journey} */ (journeyOf(carry.value?.body, form.journey_id))
  const record = makeVisit({
    ...anonymous(form), id, maker: /** @type {Person} */ (person.value).id, now: Date.now(), journey_version: journey.version,
    withdrawal_hash: code ? await fingerprint(code) : null,
  })
  const kept = await add({ ...record, journey, code, wanted: wanted ?? [], current: null, since: markNow() })
  if (!kept) return
  navigator.storage?.persist?.().catch(() => {})
  queue('visit', id)
  const visit = /** @type {Visit} */ (visits.value.get(id))
  await capture(visit, likelyStart(journey, likely(visit))?.id ?? null, { replace: true })
}

/** With a made-up customer, and nothing to fill in. @param {import('./visit_form.js').Draft} draft */
export function startPractice(draft) {
  const consent = { answer: 'yes', photos: true, voice: true, at: stamp() }
  const madeUp = { mode: /** @type {const} */ ('shadowed'), practice: true, plan_id: null, wanted: [], consent, customer_label: t('practice.name') }
  return startVisit({ ...draft, plan: null, ...madeUp }, null)
}

/** What is known of where this visit begins: earlier ones of the same journey, site and channel, at about this hour. @param {Visit} visit */
function likely({ id, wanted, body }) {
  const alike = myVisits.value.filter((one) => (
    one.id !== id && !one.body.practice && one.body.journey_id === body.journey_id && one.body.site_id === body.site_id
      && one.body.channel === body.channel && hoursApart(one.body.started_at, body.started_at, zoneAt(body.site_id)) <= ABOUT
  ))
  return { channel: body.channel, wanted: wanted ?? [], begun: alike.map((one) => observationsOf(one.id)[0]?.body.touchpoint_id ?? null) }
}

/**
 * Opens a touchpoint: its own observation, or a new one whose clock starts now. Without a touchpoint: a moment.
 * @param {Visit} visit @param {string | null} touchpointId @param {{ replace?: boolean, told?: boolean }} [how] told: by the customer afterwards, so no clock
 */
export async function capture(visit, touchpointId, { told = false, ...how } = {}) {
  const known = touchpointId
    ? observationsOf(visit.id).find((one) => one.body.touchpoint_id === touchpointId && !one.body.deleted_at) : null
  const record = known ?? await begin(visit, touchpointId, told ? null : startClock(markNow()))
  if (!record) return
  if (visit.remind?.touchpoints.includes(/** @type {string} */ (touchpointId))) await remindOf(visit.id, visit.remind.touchpoints.filter((one) => one !== touchpointId))
  if (!known && !told) spoken.value = t('clock.says.start')
  hereNow(record)
  go('capture', record.id, how)
  await dropUnused(visit.id, [record.id, record.interrupted])
}

/** The capture that is on the screen is where one is. @param {Observation} record */
export async function hereNow({ id, visit_id }) {
  const before = observations.value.get(/** @type {string} */ (visits.value.get(visit_id)?.current))
  if (before && before.id !== id && hasContent(before.body)) {
    await editRecord('observation', before.id, (one) => {
      const clock = goAway(one.clock, markNow())
      return clock === one.clock ? one : { ...one, clock }
    })
  }
  return editRecord('visit', visit_id, (visit) => (visit.current === id || ended(visit) ? visit : { ...visit, current: id }))
}

/** Something happened and nobody has time to say where: noted now, placed later. @param {Visit} visit */
export const beginMoment = (visit) => begin(visit, null)

/** Where moments may be placed: what this visit has no observation of yet. @param {Visit} visit */
export function freePlaces(visit) {
  const { byTouchpoint } = seen(observationsOf(visit.id))
  return inOrder(journeyOfVisit(visit)).filter((one) => !byTouchpoint.has(one.id))
}

/** A moment noted first finds its place on the map; the way back stays open for a while. @param {string} id @param {string} touchpointId */
export async function placeMoment(id, touchpointId) {
  const { body: before, given_label: given } = /** @type {Observation} */ (observations.value.get(id))
  const touchpoint = /** @type {Placed} */ (
    inOrder(journeyOfVisit(visits.value.get(before.visit_id))).find((one) => one.id === touchpointId))
  await edit('observation', id, (body) => (
    place(body.label === given ? { ...body, label: null } : body, touchpoint, likelyChannel(touchpoint, body.channel))
  ))
  await dropUnused(before.visit_id, [id, ...notAt(touchpointId, before.visit_id)])
  const { touchpoint_id, label, channel, note } = before
  say(t('moment.placed', { name: named(touchpoint.name) }), () => edit('observation', id, (body) => ({ ...body, touchpoint_id, label, channel, note })))
}

/** Ids of what is elsewhere: what is empty at this touchpoint has become one with the moment. @param {string} touchpointId @param {string} visitId */
function notAt(touchpointId, visitId) {
  return observationsOf(visitId).filter((one) => one.body.touchpoint_id !== touchpointId).map((one) => one.id)
}

/** A new observation; null when it could not be kept. @param {Visit} visit @param {string | null} touchpointId @param {Clock | null} [clock] */
async function begin(visit, touchpointId, clock = startClock(markNow())) {
  const touchpoint = inOrder(journeyOfVisit(visit)).find((one) => one.id === touchpointId)
  const made = makeObservation({
    id: newId(), maker: visit.maker, visit_id: visit.id, touchpoint_id: touchpointId, label: touchpointId ? null : '',
    channel: likelyChannel(touchpoint, visit.body.channel), now: Date.now(),
  })
  const interrupted = touchpointId ? null : currentOf(visits.value.get(visit.id) ?? visit)?.id ?? null
  const record = { ...made, clock, interrupted }
  return await add(record) ? record : null
}

/** Opened by mistake and left empty: nothing was seen there, so nothing stays. @param {string} visitId @param {(string | null | undefined)[]} except */
async function dropUnused(visitId, except) {
  const unused = observationsOf(visitId).filter((one) => !except.includes(one.id) && !hasContent(one.body) && !entries.value.has(one.id))
  await Promise.all(unused.map((one) => forget('observation', one.id)))
}

/** Next: this touchpoint is done for now; on to where it leads, or to the review. @param {string} id */
export async function goOn(id) {
  const record = /** @type {Observation} */ (observations.value.get(id))
  const visit = /** @type {Visit} */ (visits.value.get(record.visit_id))
  const { back, touchpoint } = whereNext(record, visit)
  await leave(id)
  if (route.value.id !== id) return // a slow phone: meanwhile they chose to go elsewhere
  if (back) go('capture', back.id)
  else if (touchpoint) await capture(visit, touchpoint.id)
  else {
    await editRecord('visit', visit.id, (one) => ({ ...one, current: null }))
    go('review', visit.id)
  }
}

/**
 * A moment leads back to what it interrupted, or on from the last touchpoint seen; a touchpoint to the nearest open one.
 * @param {Observation} record @param {Visit} visit @returns {{ back: Observation | null, touchpoint: Placed | null }}
 */
export function whereNext(record, visit) {
  const interrupted = observations.value.get(/** @type {string} */ (record.interrupted))
  const back = interrupted && !interrupted.body.deleted_at && !interrupted.clock?.left ? interrupted : null
  const last = observationsOf(visit.id).filter((one) => one.body.touchpoint_id && !one.body.deleted_at).pop()
  return { back, touchpoint: nextTouchpoint(visit, record.body.touchpoint_id ?? last?.body.touchpoint_id ?? null) }
}

/** @param {Visit} visit @param {string | null} touchpointId */
export function nextTouchpoint(visit, touchpointId) {
  return nextOpen(journeyOfVisit(visit), touchpointId, notWanted(visit))
}

/** Settled touchpoints, and those a plan did not ask for: they stay open to see, but nobody is led there. @param {Visit} visit */
export function notWanted(visit) {
  const done = settled(visit, observationsOf(visit.id))
  if (visit.wanted?.length) {
    for (const one of inOrder(journeyOfVisit(visit))) if (!visit.wanted.includes(one.id)) done.add(one.id)
  }
  return done
}

/** @param {string} id */
export async function leave(id) {
  await editRecord('observation', id, (record) => {
    const clock = leaveClock(record.clock, markNow())
    return clock === record.clock ? record : { ...record, clock }
  })
  await queue('observation', id)
}

/** To the map: the clock goes on, since the customer may still be waiting. @param {string} id */
export async function toMap(id) {
  const record = /** @type {Observation} */ (observations.value.get(id))
  go('visit', record.visit_id)
  await queue('observation', id)
}

/** Asked tomorrow at this hour, on Today. @param {string} visitId @param {string[]} touchpoints none: not asked after all */
export const remindOf = (visitId, touchpoints) => editRecord('visit', visitId, (visit) => (
  { ...visit, remind: touchpoints.length ? { touchpoints, from: Date.now() + DAY } : null }
))

/** @param {string} id @param {Exclude<VisitStatus, 'in_progress'>} status */
export async function finishVisit(id, status) {
  await edit('visit', id, (body) => (
    status === 'paused' ? { ...body, status } : finish(body, Date.now(), status)
  ))
  const visit = /** @type {Visit} */ (visits.value.get(id))
  await dropUnused(id, [status === 'paused' ? visit.current : null])
  for (const record of observationsOf(id)) await leave(record.id)
  // Once the customer has gone the plain code has no business here; its fingerprint travels.
  if (status !== 'paused') await editRecord('visit', id, (record) => ({ ...record, code: null }))
  await queue('visit', id)
  say(t({ done: 'review.finished', paused: 'review.pausedToast', abandoned: 'review.brokenToast' }[status], { visit: visitTitle(visit) }))
  go(visit.body.practice || status === 'paused' ? 'today' : 'receipt', status === 'paused' || visit.body.practice ? null : id)
}

/** @param {string} id */
export async function resume(id) {
  await edit('visit', id, (body) => ({ ...body, status: 'in_progress', ended_at: null }))
  await queue('visit', id)
  const visit = /** @type {Visit} */ (visits.value.get(id))
  const here = observations.value.get(/** @type {string} */ (visit.current))
  if (here && !hasContent(here.body)) await editRecord('observation', here.id, (one) => ({ ...one, clock: startClock(markNow()) }))
  location.hash = whereIn(visit)
}

/** @param {Visit} visit */
const ended = ({ body }) => body.status === 'done' || body.status === 'abandoned'

/** What the map marks as now: the observation opened last, while it is not left. @param {Visit} visit */
export function currentOf(visit) {
  const record = observations.value.get(/** @type {string} */ (visit.current))
  return record && record.visit_id === visit.id && !record.body.deleted_at && !record.clock?.left && !record.clock?.done ? record : null
}
