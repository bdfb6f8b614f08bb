// Leaving and coming: who leaves is sealed, who comes is opened (sealing.js). In a piece of its own, fetched when somebody does.
/** @import { Api, Door, Person } from '../record/types.d.ts' */
import { openAll, sealAll } from '../device/sealing.js'
import { canFingerprint } from '../record/ids.js'
import { changeDoor, door, tellDoor } from './door.js'
import { failed, loadAll, queueAll, store, tellOthers } from './local_records.js'
import { go, route } from '../state/router.js'
import { carry, locked, person, picture, settle, spoken, toast } from '../state/signals.js'

/**
 * A chosen sign-out. First it is written down and shown that nobody is here; then all of it is sealed.
 * @param {Person} who @param {Api} api
 */
export async function leave(who, api) {
  await changeDoor((old) => ({
    ...old, pins: without(old.pins, who.id), locked: { id: who.id, name: who.name }, leaving: withOne(old.leaving, who.id),
    stale: old.stale ?? { session: old.session, id: who.id, owed: true },
  }))
  locked.value = door.value.locked
  person.value = null
  picture.value = null
  go('today', null, { replace: true })
  settle()
  toast.value = null
  spoken.value = ''
  tellDoor()
  await queueAll()
  await inTurn(() => sealThem(api))
}

/** What a kill cut short is done at the next start. @param {Api | null} api null: ask nobody */
export function sealLeft(api) {
  return inTurn(() => sealThem(api))
}

/** Tells the server of a sign-out that was chosen without a network. */
export async function payOwed() {
  if (!door.value.stale?.owed) return
  const answer = await fetch('/sign-out', { method: 'POST', redirect: 'manual' }).catch(() => null)
  if (answer?.type === 'opaqueredirect') await changeDoor((old) => ({ ...old, stale: old.stale && { ...old.stale, owed: false } }))
}

/** Somebody has signed in whom this phone did not show so far: whoever was here is sealed. @param {Person} user @param {string | null} session @param {Api} api */
export function comeIn(user, session, api) {
  return inTurn(async () => {
    await changePlaces(user)
    await changeDoor((old) => ({ ...old, session, stale: null, pins: tried(old.pins, user.id) }))
    await sealThem(null)
    await openHere(user.id, api)
  })
}

/** By PIN, while the cookie is still somebody else's. @param {Person} user @param {Api} api */
export function changeOver(user, api) {
  return inTurn(async () => {
    const before = person.value?.id ?? ''
    await changeDoor((old) => ({ ...old, stale: old.stale ?? { session: old.session, id: before, owed: false } }))
    await changePlaces(user)
    go('today', null, { replace: true })
    await sealThem(null)
    await openHere(user.id, api)
  })
}

/** Asked once; from then on it lies here as long as its person is signed in. @param {string} id @param {Api} api */
export async function learnKey(id, api) {
  if (door.value.keys[id] || !canFingerprint()) return
  await changeDoor((old) => old) // the phone's own number must be kept before anything hangs on it
  const answer = await api.phoneKey(door.value.phone)
  if (answer.is !== 'ok') return
  await changeDoor((old) => ({ ...old, keys: { ...old.keys, [id]: answer.body.key } }))
}

/** Over all tabs one after the other: nobody is sealed while they are being opened. @param {() => Promise<void>} work */
async function inTurn(work) {
  await (navigator.locks ? navigator.locks.request('shadowing-door', work) : work())
}

/**
 * Seals whoever has left, and drops their key unless a PIN may bring them back without a network. Where there is no key, because the
 * phone has not been online since it could seal, what they noted stays hidden until they come.
 * @param {Api | null} api
 */
async function sealThem(api) {
  for (const id of door.value.leaving) {
    if (api && !door.value.keys[id] && await isSession(id, api)) await learnKey(id, api)
    const key = door.value.keys[id]
    if (key && canFingerprint()) await sealAll(store, { person: id, phone: door.value.phone, key })
    await dropOwn(id)
    if (key) await forgetLeft(id)
  }
  await show()
}

/** Everything of this person that lies sealed here, as far as their key is known. @param {string} id @param {Api} api */
async function openHere(id, api) {
  await learnKey(id, api)
  const key = door.value.keys[id]
  if (key) await openAll(store, { person: id, phone: door.value.phone, key })
  await show()
}

async function show() {
  carry.value = /** @type {any} */ (await store.getMeta('carry')) ?? null
  await loadAll()
  tellOthers()
}

/** @param {Person} user */
async function changePlaces(user) {
  const before = person.value
  const other = before && before.id !== user.id ? before.id : null
  settle()
  if (other) await queueAll()
  await changeDoor((old) => ({ ...old, locked: null, leaving: withOne(old.leaving, other).filter((id) => id !== user.id) }))
  await store.setMeta('person', user).catch(failed)
  if (other && route.value.id) go('today', null, { replace: true }) // what is open there is not theirs
  picture.value = null
  locked.value = null
  person.value = user
  tellDoor()
}

/** @param {string} id @param {Api} api */
async function isSession(id, api) {
  const answer = await api.session()
  return answer.is === 'ok' && answer.body.user?.id === id
}

/** What could not be sealed of what was taken along names customers; it can be fetched again. @param {string} id */
async function dropOwn(id) {
  for (const name of ['carry', 'echo']) {
    if (/** @type {any} */ (await store.getMeta(name))?.for === id) await store.setMeta(name, null)
  }
}

/** @param {string} id */
function forgetLeft(id) {
  return changeDoor((old) => ({
    ...old, keys: old.pins[id] ? old.keys : without(old.keys, id), leaving: old.leaving.filter((one) => one !== id),
  }))
}

/** Who signs in may try their PIN again. @param {Door['pins']} pins @param {string} id */
function tried(pins, id) {
  return pins[id] ? { ...pins, [id]: { ...pins[id], tries: 0 } } : pins
}

/** @param {string[]} list @param {string | null} id */
function withOne(list, id) {
  return id ? [...new Set([...list, id])] : list
}

/** @template T @param {{ [id: string]: T }} all @param {string} id */
export function without(all, id) {
  return Object.fromEntries(Object.entries(all).filter(([one]) => one !== id))
}
