// Writing things down: every tap goes to the phone's database at once, and the screen shows it before that.
/**
 * @import { Signal } from '@preact/signals'
 * @import { Body, Change, Kept, Kind, Kinds, Observation, SealedUnit, Visit, WordKind } from '../record/types.d.ts'
 */
import { enqueue } from '../record/entries.js'
import { hasContent } from '../record/content.js'
import { buzzSaved } from '../device/buzz.js'
import { makeStore } from '../device/store.js'
import { timeOfDay } from '../record/times.js'
import { isAlone, watchForCompany } from '../device/single_tab.js'
import {
  drop, entries, mapOf, observations, photos, put, savedAt, sealed, spoken, t, trouble, visits, zoneOf,
} from '../state/signals.js'

const IDLE = 3000 // a record left alone this long is ready to go

export const store = makeStore({ onReplaced: () => { trouble.value = 'replaced' } })
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('shadowing') : null
/** @type {Map<string, symbol>} */
const latest = new Map() // the newest edit of each record, so that an older answer never covers it
/** @type {Set<Set<string>>} */
const readings = new Set() // each holds the records tapped while it reads
/** @type {Map<string, ReturnType<typeof setTimeout>>} */
const timers = new Map()
/** @type {Map<string, number>} */
const behind = new Map() // how many others are changing a record just now: until it is read again, taps read before they write
/** @type {Set<string>} */
const held = new Set() // records with an undo still open: they wait a few seconds longer
/** @type {() => unknown} */
let onQueued = () => {}

/** `queued` is called whenever something new is ready to be sent. @param {() => unknown} queued */
export async function openKeep(queued) {
  onQueued = queued
  await loadAll()
  channel?.addEventListener('message', ({ data }) => { if (data === 'changed') loadAll().catch(failed) })
  watchForCompany(channel)
}

/** Reads everything anew. A tap made while this reads is newer than what was read, so it stays on the screen. */
export async function loadAll() {
  const tapped = new Set(latest.keys())
  readings.add(tapped)
  try {
    const [all, shut] = await Promise.all([store.load(), store.sealedUnits()])
    const read = /** @type {[Signal<Map<string, Kept>>, Kept[]][]} */ (
      /** @type {unknown} */ ([[visits, all.visits], [observations, all.observations], [photos, all.photos]]))
    for (const [map, list] of read) {
      map.value = merged(list, map.value, tapped)
    }
    entries.value = new Map(all.entries.map((entry) => [entry.id, entry]))
    sealed.value = waitingSealed(shut)
  } finally {
    readings.delete(tapped)
  }
}

/** A record and its photos are one thing. @param {SealedUnit[]} units */
function waitingSealed(units) {
  /** @type {Map<string, Set<string>>} */
  const found = new Map()
  for (const { person, mark, of } of units) found.set(person, (found.get(person) ?? new Set()).add(mark === 'waits' ? of : ''))
  return new Map([...found].map(([person, ids]) => [person, [...ids].filter(Boolean).length]))
}

/** @param {Kept[]} list @param {Map<string, Kept>} shown @param {Set<string>} tapped */
function merged(list, shown, tapped) {
  const next = new Map(list.filter(({ id }) => !tapped.has(id)).map((record) => [record.id, record]))
  for (const id of tapped) if (shown.has(id)) next.set(id, /** @type {Kept} */ (shown.get(id)))
  return next
}

export async function loadEntries() {
  entries.value = new Map((await store.entries()).map((entry) => [entry.id, entry]))
}

export function tellOthers() {
  channel?.postMessage('changed')
}

/** A record new on this phone. @param {Visit | Observation} record */
export async function add(record) {
  put(mapOf(record.kind), record)
  return written(record.kind, record.id, () => store.put(record))
}

/**
 * Changes the body of a record; it will travel.
 * @template {WordKind} K @param {K} kind @param {string} id @param {(body: Kinds[K]['body']) => Body} step
 */
export function edit(kind, id, step) {
  return editRecord(kind, id, (record) => {
    const body = step(record.body)
    return body === record.body ? record : { ...record, body, unqueued: true, touched_at: Date.now() }
  })
}

/**
 * Changes a record as a whole: also what only this phone needs, such as its clock.
 * @template {WordKind} K @param {K} kind @param {string} id @param {Change<Kinds[K]>} step
 */
export async function editRecord(kind, id, step) {
  const map = mapOf(kind)
  const old = map.value.get(id)
  if (!old) return false
  const next = step(old)
  if (next === old) return true
  // The write sets out before the screen is drawn anew: on a slow phone drawing takes longer than writing.
  const writing = written(kind, id, () => (quick(kind, id)
    ? store.overwrite(kind, () => (map.value.get(id) === old ? next : map.value.get(id)))
    : store.change(kind, id, (record) => step(record ?? old))))
  put(map, next)
  const kept = await writing
  if (kept && next.unqueued) idle(kind, id)
  return kept
}

/** Whether what is on the screen is what is on the disk, so that it may be written without reading. @param {Kind} kind @param {string} id */
function quick(kind, id) {
  return kind === 'observation' && isAlone() && !behind.has(id)
}

/** Something else than a tap changes this record; `work` also reads it again. @template T @param {string} id @param {() => Promise<T>} work */
export async function meanwhile(id, work) {
  behind.set(id, (behind.get(id) ?? 0) + 1)
  try {
    return await work()
  } finally {
    if (behind.get(id) === 1) behind.delete(id)
    else behind.set(id, /** @type {number} */ (behind.get(id)) - 1)
  }
}

/**
 * True once it is on disk. Not kept: the screen goes back to what is, and says so.
 * @param {WordKind} kind @param {string} id @param {() => Promise<any>} work
 */
async function written(kind, id, work) {
  const mine = Symbol(id)
  latest.set(id, mine)
  for (const tapped of readings) tapped.add(id)
  try {
    const kept = await work()
    // What another tab wrote meanwhile is in it too; a newer tap here has the last word.
    if (kept?.body && latest.get(id) === mine && !isShown(kind, kept)) put(mapOf(kind), kept)
    trouble.value = trouble.value === 'full' ? null : trouble.value
    savedAt.value = Date.now()
    if (!types()) buzzSaved()
    if (!spoken.value) spoken.value = t('sync.saved')
    tellOthers()
    return true
  } catch (problem) {
    failed(problem)
    await restore(kind, id)
    return false
  } finally {
    if (latest.get(id) === mine) latest.delete(id)
  }
}

/** A keyboard has a feel of its own. */
const types = () => document.activeElement?.matches('textarea, input:not([type=radio], [type=checkbox])') ?? false

/** Drawing the same thing twice would cost a slow phone every tap twice. @param {Kind} kind @param {Kept} record */
function isShown(kind, record) {
  return JSON.stringify(mapOf(kind).value.get(record.id)) === JSON.stringify(record)
}

/** @param {Kind} kind @param {string} id */
async function restore(kind, id) {
  try {
    const record = await store.get(kind, id)
    if (record) put(mapOf(kind), record)
    else drop(mapOf(kind), id)
  } catch { /* nothing better is known than what is on the screen */ }
}

/** @param {any} problem */
export function failed(problem) {
  trouble.value = problem?.name === 'QuotaExceededError' ? 'full' : 'broken'
  console.warn('not kept:', problem?.name ?? problem)
}

/** @param {WordKind} kind @param {string} id */
function idle(kind, id) {
  clearTimeout(timers.get(id))
  timers.set(id, setTimeout(() => queue(kind, id), IDLE))
}

/** @param {string} id */
export function hold(id) {
  held.add(id)
}

/** @param {WordKind} kind @param {string} id */
export function release(kind, id) {
  held.delete(id)
  return queue(kind, id)
}

/**
 * Puts a record in line to be sent, in the same transaction that saves it. Practice never leaves the phone.
 * @param {WordKind} kind @param {string} id @param {{ leaving?: boolean }} [how]
 */
export async function queue(kind, id, { leaving = false } = {}) {
  clearTimeout(timers.get(id))
  if (held.has(id) && !leaving) return
  const record = mapOf(kind).value.get(id)
  const visit = visits.value.get(/** @type {string} */ (record?.visit_id))
  if (!record?.unqueued || visit?.body.practice) return
  if (kind === 'observation' && !hasContent(/** @type {Observation} */ (record).body) && !entries.value.has(id)) return
  try {
    let changed = false
    await meanwhile(id, async () => {
      const { record: kept, entry } = await store.changeAndQueue(kind, id,
        (old) => { changed = Boolean(old?.unqueued); return changed ? readyToTravel(/** @type {Visit | Observation} */ (old)) : old },
        (old, now) => (changed ? enqueue(old, now, Date.now()) : old))
      if (kept && !latest.has(id)) put(mapOf(kind), kept)
      if (entry) put(entries, entry)
    })
    tellOthers()
    onQueued()
  } catch (problem) {
    failed(problem)
  }
}

/** A finding off the map must have a name on the wire; while it is typed it may still be empty here. @param {Visit | Observation} record */
function readyToTravel(record) {
  const { body } = /** @type {Observation} */ (record)
  const nameless = record.kind === 'observation' && body.touchpoint_id === null && !body.label?.trim()
  if (!nameless) return { ...record, unqueued: false }
  const label = t('moment.at', { time: timeOfDay(body.observed_at, zoneOf(/** @type {Observation} */ (record).visit_id)) })
  return { ...record, body: { ...body, label }, given_label: label, unqueued: false }
}

/** On leaving, and on opening: whatever was noted and not yet put in line. */
export function queueAll() {
  const open = (/** @type {Signal<Map<string, any>>} */ map, /** @type {WordKind} */ kind) => [...map.value.values()].filter((record) => record.unqueued)
    .map(({ id }) => queue(kind, id, { leaving: true }))
  return Promise.all([...open(visits, 'visit'), ...open(observations, 'observation')])
}

/** @param {WordKind} kind @param {string} id */
export async function forget(kind, id) {
  for (const tapped of readings) tapped.add(id)
  drop(mapOf(kind), id)
  await store.remove(kind, id)
  tellOthers()
}
