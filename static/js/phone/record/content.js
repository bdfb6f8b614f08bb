// What is in a body: anything at all, another version of it, a tombstone. Apart from records.js, since Today needs no more.
/** @import { Body, Numbered, ObservationBody } from './types.d.ts' */
import { stamp } from './times.js'

const SINGLE = /** @type {const} */ ([
  'utility', 'usability', 'delight', 'expectation', 'emotion', 'handover', 'about', 'serious', 'mark', 'note', 'quote',
])
const MANY = /** @type {const} */ (['factors', 'reasons', 'held_back', 'photos', 'removed_photos', 'sounds', 'removed_sounds'])

/**
 * Whether anything was noted: an observation merely opened is not a fact about the service.
 * @param {ObservationBody} body
 */
export function hasContent(body) {
  return Boolean(body.touchpoint_id === null && body.label?.trim())
    || SINGLE.some((field) => body[field] !== null && body[field] !== undefined)
    || MANY.some((field) => body[field]?.length)
    || Object.keys(body.standards ?? {}).length > 0
    || Object.values(body.timings ?? {}).some((value) => value !== null)
}

/**
 * Another version in place of mine: what it does not mention is empty, not mine.
 * @template {Body} B @param {B} body @param {Partial<B & Numbered>} version @returns {B}
 */
export function replaced(body, { revision: _revision, base_revision: _base, ...theirs }) {
  const empty = (/** @type {unknown} */ value) => (Array.isArray(value) ? [] : value && typeof value === 'object' ? {} : null)
  return { ...body, ...Object.fromEntries(Object.entries(body).map(([field, value]) => [field, empty(value)])), ...theirs }
}

/**
 * A tombstone: the record is gone for people, and the server is told so.
 * @template {Body} B @param {B} body @param {number} now @returns {B}
 */
export function bury(body, now) {
  return { ...body, deleted_at: stamp(now) }
}

/** Taken out of the bin again. @template {Body} B @param {B} body @returns {B} */
export function unbury(body) {
  return { ...body, deleted_at: null }
}
