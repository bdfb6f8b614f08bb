// What a visit left empty, and the likeliest reason for it. Pure.
/** @import { Placed, Skipped } from './types.d.ts' */
import { SKIP_REASONS } from './vocabulary.js'

/**
 * Passed by, or still to come: what lies behind the furthest touchpoint seen.
 * @param {Placed[]} gaps @param {Placed[]} rows in walking order @param {{ has: (id: string) => boolean }} seen
 */
export function sortGaps(gaps, rows, seen) {
  const furthest = rows.reduce((last, row) => (seen.has(row.id) ? row.place : last), 0)
  return { passed: gaps.filter((row) => row.place < furthest), toCome: gaps.filter((row) => row.place > furthest) }
}

/**
 * Every reason, the likeliest first: what was said of these touchpoints before, then what is said most of any.
 * @param {Placed[]} gaps @param {Skipped[]} before what this person said on earlier visits
 */
export function likeliestReasons(gaps, before) {
  const ids = new Set(gaps.map(({ id }) => id))
  const weight = (/** @type {string} */ reason) => before.reduce((sum, one) => (
    one.reason === reason ? sum + (ids.has(one.touchpoint_id) ? 100 : 1) : sum
  ), 0)
  return [...SKIP_REASONS].sort((one, other) => weight(other) - weight(one))
}
