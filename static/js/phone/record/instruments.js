// What is measured and asked differs by channel: on the spot, on the phone, on a screen. Pure.
/** @import { ClockKind, Kit, Measure, ObservationBody, Timings } from './types.d.ts' */
import { DIGITAL } from './vocabulary.js'

/** A channel of the organisation's own is met on the spot. @param {string | null | undefined} channel @returns {Kit} */
export function kitOf(channel) {
  if (channel === 'phone') return 'phone'
  return channel && DIGITAL.includes(channel) ? 'screen' : 'spot'
}

/** Where nobody serves there is no three-step clock: something is opened, and answered. */
const UNSERVED = ['advert', 'referral', 'post']

/** Which clock runs there. @param {string | null | undefined} channel @returns {ClockKind} */
export function clockOf(channel) {
  const kit = kitOf(channel)
  if (kit === 'phone') return 'phone'
  return kit === 'screen' || UNSERVED.includes(channel ?? '') ? 'answer' : 'staff'
}

/**
 * The measures of the clock, in the order they pass. A wait for an answer is a wait, by whatever channel.
 * @type {Record<ClockKind, Measure[]>}
 */
export const MEASURES = {
  staff: ['notice', 'wait', 'service'],
  answer: ['wait'],
  phone: ['menu', 'hold', 'talk'],
}

/**
 * How long each phase took, in seconds: the wait is counted from the opening, but beside the other phases it stands
 * for what came after the first look.
 * @param {Measure} name @param {Timings} timings
 */
export function phaseSeconds(name, timings) {
  const seconds = timings?.[name] ?? null
  return name === 'wait' && seconds !== null ? Math.max(0, seconds - (timings.notice ?? 0)) : seconds
}

const MOST_TRANSFERS = 100

/**
 * Put through once more, or one back after a slip.
 * @param {ObservationBody} body @param {number} change @returns {ObservationBody}
 */
export function transfers(body, change) {
  const count = Math.max(0, Math.min(MOST_TRANSFERS, (body.timings?.transfers ?? 0) + change))
  return { ...body, timings: { ...body.timings, transfers: count } }
}

/** @typedef {'utility' | 'usability' | 'delight' | 'emotion' | 'expectation'} Row */
/** @type {Row[]} */
const ROWS = ['utility', 'usability', 'delight', 'emotion', 'expectation']

/**
 * The row the number keys write to: the first one still empty, from the base of the pyramid up.
 * @param {Partial<ObservationBody>} body @param {boolean} [feels] false where the customer wanted no feelings noted
 */
export function nextRow(body, feels = true) {
  return ROWS.find((row) => (body[row] ?? null) === null && (feels || row !== 'emotion')) ?? null
}

/**
 * What a number key means in that row: ratings run from 1 to 5, feelings from −2 to +2, elsewhere nothing.
 * @param {string | null} row @param {string} key
 */
export function keyValue(row, key) {
  const number = Number(key)
  if (!ROWS.some((one) => one === row) || !Number.isInteger(number) || number < 1 || number > 5) return null
  return row === 'emotion' || row === 'expectation' ? number - 3 : number
}
