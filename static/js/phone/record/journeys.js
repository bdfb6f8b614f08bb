// Reading a journey as it was carried along: order, neighbours, what comes next.
/** @import { Carry, Journey, Placed, Touchpoint } from './types.d.ts' */

/**
 * Every touchpoint in walking order, each with its stage and its place in the row.
 * @param {Journey | null | undefined} journey
 */
export function inOrder(journey) {
  /** @type {Placed[]} */
  const rows = []
  for (const stage of journey?.stages ?? []) {
    for (const touchpoint of stage.touchpoints) rows.push({ ...touchpoint, stage, place: rows.length + 1 })
  }
  return rows
}

/** @param {Journey | null | undefined} journey @param {string | null} id */
export function touchpointOf(journey, id) {
  return inOrder(journey).find((touchpoint) => touchpoint.id === id) ?? null
}

/**
 * The touchpoint before this one, from which the customer was handed over; null on the first.
 * @param {Journey | null} journey @param {string} id
 */
export function before(journey, id) {
  const rows = inOrder(journey)
  return rows[rows.findIndex((touchpoint) => touchpoint.id === id) - 1] ?? null
}

/**
 * Where Next leads: the nearest later touchpoint still empty, else the first one left behind, else null.
 * `settled` holds the ids that were seen or skipped with a reason. What lies before the customer came is asked at the
 * end; nobody is led there, unless one is there.
 * @param {Journey | null | undefined} journey @param {string | null | undefined} id @param {Set<string>} settled
 */
export function nextOpen(journey, id, settled) {
  const rows = inOrder(journey)
  const from = rows.findIndex((touchpoint) => touchpoint.id === id)
  const asked = rows[from] && isBefore(rows[from]) ? () => false : isBefore
  const open = (/** @type {Placed} */ touchpoint) => touchpoint.id !== id && !settled.has(touchpoint.id) && !asked(touchpoint)
  return rows.slice(from + 1).find(open) ?? rows.slice(0, Math.max(from, 0)).find(open) ?? null
}

/** Whether it lies before the customer came. @param {Placed} touchpoint */
export function isBefore(touchpoint) {
  return touchpoint.stage.kind === 'pre'
}

/**
 * The touchpoint a visit probably begins at: what the plan asks for, else where visits like it began, else the first
 * that this channel serves, and only by a channel of its own before the customer came.
 * @param {Journey | null | undefined} journey
 * @param {{ channel: string | null | undefined, wanted: string[], begun: (string | null)[] }} known begun: of earlier visits, the newest first
 */
export function likelyStart(journey, { channel, wanted, begun }) {
  const rows = inOrder(journey)
  const served = rows.filter((row) => channel && row.channels.includes(channel))
  const here = rows.filter((row) => !isBefore(row))
  return rows.find((row) => wanted.includes(row.id)) ?? usual(here, begun)
    ?? served.find((row) => !isBefore(row)) ?? served[0] ?? here[0] ?? rows[0] ?? null
}

/** Where at least two began, and more than anywhere else. @param {Placed[]} rows @param {(string | null)[]} begun */
function usual(rows, begun) {
  const counted = rows.map((row) => ({ row, n: begun.filter((id) => id === row.id).length }))
  const [first, second] = counted.sort((one, other) => other.n - one.n)
  return first && first.n > 1 && first.n > (second?.n ?? 0) ? first.row : null
}

/**
 * The visit's own channel where it exists here, else the touchpoint's first one.
 * @param {Touchpoint | null | undefined} touchpoint @param {string | null | undefined} preferred
 */
export function likelyChannel(touchpoint, preferred) {
  if (!touchpoint) return preferred ?? null
  return preferred && touchpoint.channels.includes(preferred) ? preferred : (touchpoint.channels[0] ?? null)
}

/**
 * A plan may name a few touchpoints; the rest of the journey stays open to see.
 * @param {Carry | null | undefined} carry @param {string | undefined} id
 */
export function journeyOf(carry, id) {
  return carry?.journeys.find((journey) => journey.id === id) ?? null
}
