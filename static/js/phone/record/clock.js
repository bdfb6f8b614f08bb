// One clock, three steps. It runs from the moment a touchpoint is opened; Noticed, Served and Done pass it on.
//   notice  = opening → noticed        wait = opening → served        service = served → done
// On the phone the same three steps are: through the menu, answered, hung up.
//   menu    = opening → through        hold = through → answered (wait as above)     talk = answered → hung up
// A mark is a moment of steady time (steady.js): a sleeping phone loses none of it, a clock set by hand adds none.

/** @import { Clock, ClockStep, Kit, Mark, Measure, Timings } from './types.d.ts' */

/** @type {ClockStep[]} */
export const STEPS = ['noticed', 'served', 'done']
/** @type {Record<'phone' | 'other', Record<ClockStep, Measure[]>>} */
const MEASURES = {
  phone: { noticed: ['menu'], served: ['hold', 'wait'], done: ['talk'] },
  other: { noticed: ['notice'], served: ['wait'], done: ['service'] },
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
 * @param {Clock | null} clock @param {Mark} now @param {Kit} [kit] @returns {{ clock: Clock | null, measure: Timings | null }}
 */
export function passStep(clock, now, kit) {
  const step = nextStep(clock)
  if (!clock || !step) return { clock, measure: null }
  const yielded = measuresOf(kit)[step].map((name) => [name, Math.round(between(/** @type {Mark} */ (clock[FROM[name]]), now))])
  return { clock: { ...clock, [step]: now }, measure: Object.fromEntries(yielded) }
}

/**
 * Takes the last step back; the measures named are to be emptied.
 * @param {Clock | null} clock @param {Kit} [kit] @returns {{ clock: Clock | null, emptied: Timings | null }}
 */
export function stepBack(clock, kit) {
  const last = [...STEPS].reverse().find((step) => clock?.[step])
  if (!clock || !last) return { clock, emptied: null }
  return { clock: { ...clock, [last]: null }, emptied: Object.fromEntries(measuresOf(kit)[last].map((name) => [name, null])) }
}

/** @param {Kit} [kit] */
function measuresOf(kit) {
  return kit === 'phone' ? MEASURES.phone : MEASURES.other
}

/**
 * Leaving with Next stops a clock nobody passed on: what was not measured stays unmeasured.
 * @param {Clock | null} clock @param {Mark} now
 */
export function leaveClock(clock, now) {
  return !clock || clock.done || clock.left ? clock : { ...clock, left: now }
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
