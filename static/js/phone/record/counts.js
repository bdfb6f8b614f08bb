// Counting what has been noted: per tab, per visit, and what is still missing for the review.
/** @import { Journey, Observation, ObservationBody, Touchpoint, Visit } from './types.d.ts' */
import { LEVELS } from './vocabulary.js'
import { declined } from './consent.js'
import { inOrder } from './journeys.js'
import { hasContent } from './content.js'

/**
 * How much stands behind each of the four tabs. They are offers: nothing here is out of so and so many.
 * @param {ObservationBody} body
 */
export function tabCounts(body) {
  return {
    rate: 0,
    standards: Object.keys(body.standards).length,
    why: body.factors.length + (body.about ? 1 : 0) + body.held_back.length,
    words: /** @type {const} */ (['note', 'quote', 'mark', 'serious']).filter((field) => given(body[field])).length + (body.sounds?.length ?? 0),
  }
}

/** The three levels and the feeling: that is an observation, everything else is more. @param {ObservationBody} body @param {Visit} visit */
export function enough(body, visit) {
  return LEVELS.every((level) => given(body[level])) && (given(body.emotion) || declined(visit))
}

/** Whether any of the three levels has its stars. @param {ObservationBody} body */
export function isRated(body) {
  return LEVELS.some((level) => given(body[level]))
}

/**
 * Standards may one day differ by channel; one without a channel holds everywhere.
 * @param {Touchpoint | null | undefined} touchpoint @param {string | null} channel
 */
export function standardsHere(touchpoint, channel) {
  return (touchpoint?.standards ?? []).filter((one) => !one.channel || one.channel === channel)
}

/**
 * The observations of a visit that say something, by touchpoint; those off the map stand apart.
 * @param {Observation[]} observations
 */
export function seen(observations) {
  /** @type {Map<string, Observation>} */
  const byTouchpoint = new Map()
  /** @type {Observation[]} */
  const offMap = []
  for (const record of observations) {
    if (record.body.deleted_at || !hasContent(record.body)) continue
    if (record.body.touchpoint_id) byTouchpoint.set(record.body.touchpoint_id, record)
    else offMap.push(record)
  }
  return { byTouchpoint, offMap }
}

/** Ids seen or skipped with a reason. @param {Visit} visit @param {Observation[]} observations */
export function settled(visit, observations) {
  const ids = new Set(seen(observations).byTouchpoint.keys())
  for (const one of visit.body.skipped) ids.add(one.touchpoint_id)
  return ids
}

/** @param {Visit} visit @param {Observation[]} observations @param {Journey | null} journey */
export function progress(visit, observations, journey) {
  const { byTouchpoint } = seen(observations)
  const rows = inOrder(journey)
  return { seen: rows.filter((row) => byTouchpoint.has(row.id)).length, of: rows.length }
}

/**
 * Touchpoints neither seen nor explained, in order.
 * @param {Visit} visit @param {Observation[]} observations @param {Journey | null} journey
 */
export function missing(visit, observations, journey) {
  const done = settled(visit, observations)
  return inOrder(journey).filter((row) => !done.has(row.id))
}

/**
 * Three facts of a visit: time waited, standards met of those that could be judged.
 * @param {Observation[]} observations
 */
export function facts(observations) {
  let waited = 0
  let measured = false
  let met = 0
  let judged = 0
  for (const { body } of observations) {
    if (body.deleted_at) continue
    if (given(body.timings?.wait)) { waited += body.timings.wait; measured = true }
    for (const state of Object.values(body.standards)) {
      if (state === 'met') met += 1
      if (state !== 'not_seen') judged += 1
    }
  }
  return { waited: measured ? waited : null, met, judged }
}

/** @template T @param {T} value @returns {value is NonNullable<T>} */
function given(value) {
  return value !== null && value !== undefined
}
