// Visits and observations as they are written down: making them, setting a value, never losing one.
// Bodies are the wire's own (see the API); what only the phone needs stands beside the body.
import { LOW, NOTE_LIMIT, PIN_LIMIT, REASONS } from './lists.js'
import { stamp } from './times.js'

/** A new visit. `maker` is the person signed in last on this phone; the record stays theirs. */
export function makeVisit({ id, maker, now, ...given }) {
  named(maker)
  const body = {
    id, status: 'in_progress', started_at: stamp(now), ended_at: null, practice: false, encounter_id: id,
    outcome: null, satisfaction: null, come_again: null, context_note: null, skipped: [], ...given,
  }
  return { id, kind: 'visit', maker, visit_id: id, body, unqueued: true, touched_at: now }
}

/** A new observation; nothing in it counts until something is noted. */
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

/** Tapping what is chosen clears it: a slip must cost one tap, not a menu. */
export function choose(body, field, value) {
  return { ...body, [field]: body[field] === value ? null : value }
}

/** Sets or clears one level; the moment of the first rating is kept, since late ratings remember worse. */
export function rate(body, level, value, now) {
  const keep = value !== null && value <= LOW
  const reasons = keep ? body.reasons : body.reasons.filter((reason) => !REASONS[level].includes(reason))
  return { ...body, [level]: value, reasons, rated_at: body.rated_at ?? (value === null ? null : stamp(now)) }
}

/** A moment finds its place; what it was called becomes the first line of the note, so that no word is lost. */
export function place(body, touchpoint, channel) {
  const named = body.label?.trim() ? setText(body, 'note', [body.label.trim(), body.note].filter(Boolean).join('\n')) : body
  return { ...named, touchpoint_id: touchpoint.id, label: null, channel }
}

/** Adds or takes away one slug of a list. */
export function toggle(body, field, slug) {
  const list = body[field] ?? []
  return { ...body, [field]: list.includes(slug) ? list.filter((one) => one !== slug) : [...list, slug] }
}

export function setStandard(body, id, state) {
  const { [id]: old, ...rest } = body.standards
  return { ...body, standards: old === state ? rest : { ...rest, [id]: state } }
}

/** "All met" fills only what is still empty: an answer given is never overwritten. */
export function allMet(body, ids) {
  const empty = ids.filter((id) => !body.standards[id]).map((id) => [id, 'met'])
  return { ...body, standards: { ...body.standards, ...Object.fromEntries(empty) } }
}

export function setFactor(body, factor, effect) {
  const old = body.factors.find((one) => one.factor === factor)
  const rest = body.factors.filter((one) => one.factor !== factor)
  return { ...body, factors: old?.effect === effect ? rest : [...rest, { factor, effect }] }
}

export function setTimings(body, measures) {
  return { ...body, timings: { ...body.timings, ...measures } }
}

/** Text as typed, cut where the server would refuse it; empty is nothing. */
export function setText(body, field, text, limit = NOTE_LIMIT) {
  return { ...body, [field]: text === '' ? null : text.slice(0, limit) }
}

/** A phrase chip becomes a line of the note. */
export function addPhrase(body, phrase) {
  return setText(body, 'note', body.note ? `${body.note.trimEnd()}\n${phrase}` : phrase)
}

export function addPhoto(body, photo) {
  return { ...body, photos: [...body.photos, photo] }
}

export function setCaption(body, id, text) {
  const photos = body.photos.map((photo) => (photo.id === id ? { ...photo, caption: text.trim() ? text.slice(0, 200) : null } : photo))
  return { ...body, photos }
}

/** A number on a picture: x and y from 0 to 1, from its upper left corner. */
export function addPin(body, id, pin) {
  return changePins(body, id, (pins) => (pins.length < PIN_LIMIT ? [...pins, pin] : pins))
}

export function setPin(body, id, index, text) {
  return changePins(body, id, (pins) => pins.map((pin, at) => (at === index ? { ...pin, note: text.trim() ? text.slice(0, 200) : null } : pin)))
}

export function removePin(body, id, index) {
  return changePins(body, id, (pins) => pins.filter((_, at) => at !== index))
}

function changePins(body, id, step) {
  return { ...body, photos: body.photos.map((photo) => (photo.id === id ? { ...photo, pins: step(photo.pins ?? []) } : photo)) }
}

/** The server must hear that a photo was taken back, or it would wait for it for ever. */
export function removePhoto(body, id) {
  const photos = body.photos.filter((photo) => photo.id !== id)
  return { ...body, photos, removed_photos: [...body.removed_photos, id] }
}

export function addSound(body, sound) {
  return { ...body, sounds: [...body.sounds ?? [], sound] }
}

/** As a photo: the server must hear of it. */
export function removeSound(body, id) {
  const sounds = (body.sounds ?? []).filter((sound) => sound.id !== id)
  return { ...body, sounds, removed_sounds: [...body.removed_sounds ?? [], id] }
}

/** A touchpoint nobody could see, with the reason; null takes the reason back. */
export function skip(body, touchpointId, reason) {
  const rest = body.skipped.filter((one) => one.touchpoint_id !== touchpointId)
  return { ...body, skipped: reason ? [...rest, { touchpoint_id: touchpointId, reason }] : rest }
}

/** Another version in place of mine: what it does not mention is empty, not mine. */
export function replaced(body, { revision: _revision, base_revision: _base, ...theirs }) {
  const empty = (value) => (Array.isArray(value) ? [] : value && typeof value === 'object' ? {} : null)
  return { ...Object.fromEntries(Object.entries(body).map(([field, value]) => [field, empty(value)])), ...theirs }
}

/** A tombstone: the record is gone for people, and the server is told so. */
export function bury(body, now) {
  return { ...body, deleted_at: stamp(now) }
}

/** Taken out of the bin again. */
export function unbury(body) {
  return { ...body, deleted_at: null }
}

export function finish(body, now, status = 'done') {
  return { ...body, status, ended_at: body.ended_at ?? stamp(now) }
}

/** Whether anything was noted: an observation merely opened is not a fact about the service. */
export function hasContent(body) {
  const single = [
    'utility', 'usability', 'delight', 'expectation', 'emotion', 'handover', 'about', 'serious', 'mark', 'note',
    'quote',
  ]
  const many = ['factors', 'reasons', 'held_back', 'photos', 'removed_photos', 'sounds', 'removed_sounds']
  return Boolean(body.touchpoint_id === null && body.label?.trim())
    || single.some((field) => body[field] !== null && body[field] !== undefined)
    || many.some((field) => body[field]?.length > 0)
    || Object.keys(body.standards ?? {}).length > 0
    || Object.values(body.timings ?? {}).some((value) => value !== null)
}

/** Nothing is noted in nobody's name: it could never be sent, or worse, would go out under somebody else's. */
function named(maker) {
  if (!maker) throw new TypeError('a record without its maker')
}
