// One clock, three steps. It runs from the moment a touchpoint is opened; Noticed, Served and Done pass it on.
//   notice  = opening → noticed        wait = opening → served        service = served → done
// On the phone the same three steps are: through the menu, answered, hung up.
//   menu    = opening → through        hold = through → answered (wait as above)     talk = answered → hung up
// Where nobody serves (a page, a message, an advert) there is one step: wait = opening → answered.
// A mark is a moment of steady time (steady.js): a sleeping phone loses none of it, a clock set by hand adds none.

/** @import { Clock, ClockKind, ClockStep, Mark, Measure, Timings } from './types.d.ts' */

/** @type {ClockStep[]} */
export const STEPS = ['noticed', 'served', 'done']
/** @type {Record<ClockKind, Record<ClockStep, Measure[]>>} */
const MEASURES = {
  phone: { noticed: ['menu'], served: ['hold', 'wait'], done: ['talk'] },
  staff: { noticed: ['notice'], served: ['wait'], done: ['service'] },
  answer: { noticed: ['wait'], served: ['wait'], done: ['wait'] },
}
/** @type {Record<Measure, 'opened' | ClockStep>} */
const FROM = { notice: 'opened', menu: 'opened', wait: 'opened', hold: 'noticed', service: 'served', talk: 'served' }

/** Seconds between two marks, never negative. @param {Mark} from @param {Mark} to */
export function between(from, to) {
  return Math.max(0, (to.wall - from.wall) / 1000)
}

/** @param {Mark} now @returns {Clock} */
export function startClock(now) {
  return { opened: now, noticed: null, served: null, done: null, left: null }
}

/** The step the sun button carries; null once the clock has stopped. @param {Clock | null} clock */
export function nextStep(clock) {
  if (!clock || clock.left) return null
  return STEPS.find((step) => !clock[step]) ?? null
}

/**
 * Passes the clock on by one step: the new clock, and the measures it yields in whole seconds.
 * @param {Clock | null} clock @param {Mark} now @param {ClockKind} [kind] @returns {{ clock: Clock | null, measure: Timings | null }}
 */
export function passStep(clock, now, kind = 'staff') {
  const step = nextStep(clock)
  if (!clock || !step) return { clock, measure: null }
  if (kind === 'answer') {
    const answered = { noticed: now, served: now, done: now }
    return { clock: { ...clock, ...answered }, measure: { wait: Math.round(between(clock.opened, now)) } }
  }
  const yielded = MEASURES[kind][step].map((name) => [name, Math.round(between(/** @type {Mark} */ (clock[FROM[name]]), now))])
  return { clock: { ...clock, [step]: now }, measure: Object.fromEntries(yielded) }
}

/**
 * Takes the last step back; the measures named are to be emptied.
 * @param {Clock | null} clock @param {ClockKind} [kind] @returns {{ clock: Clock | null, emptied: Timings | null }}
 */
export function stepBack(clock, kind = 'staff') {
  const last = [...STEPS].reverse().find((step) => clock?.[step])
  if (!clock || !last) return { clock, emptied: null }
  const steps = kind === 'answer' ? { noticed: null, served: null, done: null } : { [last]: null }
  return { clock: { ...clock, ...steps }, emptied: Object.fromEntries(MEASURES[kind][last].map((name) => [name, null])) }
}

/**
 * Leaving with Next stops a clock nobody passed on: what was not measured stays unmeasured.
 * @param {Clock | null} clock @param {Mark} now
 */
export function leaveClock(clock, now) {
  return !clock || clock.done || clock.left ? clock : { ...clock, left: now }
}

/** Long enough for the customer to have gone on meanwhile. */
const LONG_AWAY = 120

/** Somewhere else for now; the clock runs on, since the customer may still be waiting. @param {Clock | null} clock @param {Mark} now */
export function goAway(clock, now) {
  return nextStep(clock) && clock && !clock.away ? { ...clock, away: now } : clock
}

/** Whether to ask if they still wait, after a long while elsewhere. @param {Clock | null} clock @param {Mark} now */
export function asksIfStill(clock, now) {
  return Boolean(clock?.away && nextStep(clock) && between(clock.away, now) >= LONG_AWAY)
}

/** They still wait; or they did not, and nobody knows since when: then nothing is measured. @param {Clock} clock @param {boolean} still */
export function stillWaiting(clock, still) {
  return still ? { ...clock, away: null } : { ...clock, left: clock.away ?? null, away: null }
}

/**
 * What the big digits show: the wait until served, then the service itself.
 * @param {Clock | null} clock @param {Mark} now
 */
export function shownSeconds(clock, now) {
  if (!clock) return 0
  const end = clock.done ?? clock.left ?? now
  return clock.served ? between(clock.served, end) : between(clock.opened, end)
}

/** "notice" before anybody looked up, "wait" after, "service" once served. @param {Clock | null} clock */
export function phase(clock) {
  if (clock?.served) return 'service'
  return clock?.noticed ? 'wait' : 'notice'
}

/**
 * Seconds beyond the longest wait allowed here; 0 within it or without a limit.
 * @param {Clock | null} clock @param {Timings} timings @param {number | null | undefined} limit @param {Mark} now
 */
export function overStandard(clock, timings, limit, now) {
  if (!limit || !clock) return 0
  const waited = clock.served ? (timings?.wait ?? 0) : shownSeconds(clock, now)
  return Math.max(0, Math.floor(waited - limit))
}
