// Visits and observations as they are written down: making them, setting a value, never losing one.
// Bodies are the wire's own (see the API); what only the phone needs stands beside the body.
/** @import { Body, Effect, Level, Observation, ObservationBody, PhotoNote, Pin } from './types.d.ts' */
/** @import { SoundNote, StandardState, Timings, Visit, VisitBody, VisitStatus } from './types.d.ts' */
import { LOW, NOTE_LIMIT, PIN_LIMIT, REASONS } from './vocabulary.js'
import { stamp } from './times.js'

/**
 * A new visit. `maker` is the person signed in last on this phone; the record stays theirs.
 * @param {{ id: string, maker: string, now: number } & Partial<VisitBody>} given @returns {Visit}
 */
export function makeVisit({ id, maker, now, ...given }) {
  named(maker)
  /** @type {VisitBody} */
  const body = {
    id, status: 'in_progress', started_at: stamp(now), ended_at: null, practice: false, encounter_id: id,
    outcome: null, satisfaction: null, come_again: null, context_note: null, skipped: [], ...given,
  }
  return { id, kind: 'visit', maker, visit_id: id, body, unqueued: true, touched_at: now }
}

/** @typedef {Pick<ObservationBody, 'touchpoint_id' | 'label' | 'channel'>} Where */

/**
 * A new observation; nothing in it counts until something is noted.
 * @param {{ id: string, maker: string, now: number, visit_id: string } & Partial<Where>} given
 * @returns {Observation}
 */
export function makeObservation({ id, maker, visit_id, touchpoint_id = null, label = null, channel = null, now }) {
  named(maker)
  const body = {
    id, visit_id, touchpoint_id, label, channel, utility: null, usability: null, delight: null, expectation: null,
    emotion: null, timings: {}, handover: null, standards: {}, factors: [], reasons: [], about: null, held_back: [],
    serious: null, mark: null, note: null, quote: null, observed_at: stamp(now), rated_at: null, photos: [],
    removed_photos: [], sounds: [], removed_sounds: [],
  }
  return { id, kind: 'observation', maker, visit_id, body, unqueued: false, touched_at: now, clock: null }
}

/**
 * Tapping what is chosen clears it: a slip must cost one tap, not a menu.
 * @template {Body} B @template {keyof B} F @param {B} body @param {F} field @param {B[F]} value @returns {B}
 */
export function choose(body, field, value) {
  return { ...body, [field]: body[field] === value ? null : value }
}

/**
 * Sets or clears one level; the moment of the first rating is kept, since late ratings remember worse.
 * @param {ObservationBody} body @param {Level} level @param {number | null} value @param {number} now @returns {ObservationBody}
 */
export function rate(body, level, value, now) {
  const keep = value !== null && value <= LOW
  const reasons = keep ? body.reasons : body.reasons.filter((reason) => !REASONS[level].includes(reason))
  return { ...body, [level]: value, reasons, rated_at: body.rated_at ?? (value === null ? null : stamp(now)) }
}

/**
 * A moment finds its place; what it was called becomes the first line of the note, so that no word is lost.
 * @param {ObservationBody} body @param {{ id: string }} touchpoint @param {string | null} channel @returns {ObservationBody}
 */
export function place(body, touchpoint, channel) {
  const named = body.label?.trim() ? setText(body, 'note', [body.label.trim(), body.note].filter(Boolean).join('\n')) : body
  return { ...named, touchpoint_id: touchpoint.id, label: null, channel }
}

/**
 * Adds or takes away one slug of a list.
 * @param {ObservationBody} body @param {'reasons' | 'held_back'} field @param {string} slug @returns {ObservationBody}
 */
export function toggle(body, field, slug) {
  const list = body[field] ?? []
  return { ...body, [field]: list.includes(slug) ? list.filter((one) => one !== slug) : [...list, slug] }
}

/** @param {ObservationBody} body @param {string} id @param {StandardState} state @returns {ObservationBody} */
export function setStandard(body, id, state) {
  const { [id]: old, ...rest } = body.standards
  return { ...body, standards: old === state ? rest : { ...rest, [id]: state } }
}

/**
 * "All met" fills only what is still empty: an answer given is never overwritten.
 * @param {ObservationBody} body @param {string[]} ids @returns {ObservationBody}
 */
export function allMet(body, ids) {
  const empty = ids.filter((id) => !body.standards[id]).map((id) => [id, 'met'])
  return { ...body, standards: { ...body.standards, ...Object.fromEntries(empty) } }
}

/** @param {ObservationBody} body @param {string} factor @param {Effect} effect @returns {ObservationBody} */
export function setFactor(body, factor, effect) {
  const old = body.factors.find((one) => one.factor === factor)
  const rest = body.factors.filter((one) => one.factor !== factor)
  return { ...body, factors: old?.effect === effect ? rest : [...rest, { factor, effect }] }
}

/** @param {ObservationBody} body @param {Timings} measures @returns {ObservationBody} */
export function setTimings(body, measures) {
  return { ...body, timings: { ...body.timings, ...measures } }
}

/**
 * Text as typed, cut where the server would refuse it; empty is nothing.
 * @template {Body} B @param {B} body @param {keyof B} field @param {string} text @returns {B}
 */
export function setText(body, field, text, limit = NOTE_LIMIT) {
  return { ...body, [field]: text === '' ? null : text.slice(0, limit) }
}

/** A phrase chip becomes a line of the note. @param {ObservationBody} body @param {string} phrase */
export function addPhrase(body, phrase) {
  return setText(body, 'note', body.note ? `${body.note.trimEnd()}\n${phrase}` : phrase)
}

/** @param {ObservationBody} body @param {PhotoNote} photo @returns {ObservationBody} */
export function addPhoto(body, photo) {
  return { ...body, photos: [...body.photos, photo] }
}

/** @param {ObservationBody} body @param {string} id @param {string} text @returns {ObservationBody} */
export function setCaption(body, id, text) {
  const photos = body.photos.map((photo) => (photo.id === id ? { ...photo, caption: text.trim() ? text.slice(0, 200) : null } : photo))
  return { ...body, photos }
}

/**
 * A number on a picture: x and y from 0 to 1, from its upper left corner.
 * @param {ObservationBody} body @param {string} id @param {Pin} pin
 */
export function addPin(body, id, pin) {
  return changePins(body, id, (pins) => (pins.length < PIN_LIMIT ? [...pins, pin] : pins))
}

/** @param {ObservationBody} body @param {string} id @param {number} index @param {string} text */
export function setPin(body, id, index, text) {
  return changePins(body, id, (pins) => pins.map((pin, at) => (at === index ? { ...pin, note: text.trim() ? text.slice(0, 200) : null } : pin)))
}

/** @param {ObservationBody} body @param {string} id @param {number} index */
export function removePin(body, id, index) {
  return changePins(body, id, (pins) => pins.filter((_, at) => at !== index))
}

/** @param {ObservationBody} body @param {string} id @param {(pins: Pin[]) => Pin[]} step @returns {ObservationBody} */
function changePins(body, id, step) {
  return { ...body, photos: body.photos.map((photo) => (photo.id === id ? { ...photo, pins: step(photo.pins ?? []) } : photo)) }
}

/**
 * The server must hear that a photo was taken back, or it would wait for it for ever.
 * @param {ObservationBody} body @param {string} id @returns {ObservationBody}
 */
export function removePhoto(body, id) {
  const photos = body.photos.filter((photo) => photo.id !== id)
  return { ...body, photos, removed_photos: [...body.removed_photos, id] }
}

/** @param {ObservationBody} body @param {SoundNote} sound @returns {ObservationBody} */
export function addSound(body, sound) {
  return { ...body, sounds: [...body.sounds ?? [], sound] }
}

/**
 * As a photo: the server must hear of it.
 * @param {ObservationBody} body @param {string} id @returns {ObservationBody}
 */
export function removeSound(body, id) {
  const sounds = (body.sounds ?? []).filter((sound) => sound.id !== id)
  return { ...body, sounds, removed_sounds: [...body.removed_sounds ?? [], id] }
}

/**
 * A touchpoint nobody could see, with the reason; null takes the reason back.
 * @param {VisitBody} body @param {string} touchpointId @param {string | null} reason @returns {VisitBody}
 */
export function skip(body, touchpointId, reason) {
  const rest = body.skipped.filter((one) => one.touchpoint_id !== touchpointId)
  return { ...body, skipped: reason ? [...rest, { touchpoint_id: touchpointId, reason }] : rest }
}

/** @param {VisitBody} body @param {number} now @param {VisitStatus} status @returns {VisitBody} */
export function finish(body, now, status = 'done') {
  return { ...body, status, ended_at: body.ended_at ?? stamp(now) }
}

/**
 * Nothing is noted in nobody's name: it could never be sent, or worse, would go out under somebody else's.
 * @param {string} maker
 */
function named(maker) {
  if (!maker) throw new TypeError('a record without its maker')
}
