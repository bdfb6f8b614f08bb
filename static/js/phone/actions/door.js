// Who may look: what this phone knows of the people who have signed in on it. A chosen sign-out locks it at once, also without a
// network; a session that ran out never does (DECISIONS 44).
/** @import { Door, Person } from '../record/types.d.ts' */
import { signal } from '@preact/signals'
import { newId } from '../record/ids.js'
import { failed, loadAll, store } from './local_records.js'
import { locked, person } from '../state/signals.js'

/** Set by a sign-out on the server's pages, which cannot reach the phone's database (static/js/desk/leaving.js). */
const LEFT = 'shadowing.left'
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('shadowing-door') : null
/** @returns {Door} */
const fresh = () => ({ phone: newId(), session: null, keys: {}, pins: {}, locked: null, leaving: [], stale: null })

export const door = signal(fresh())

/** Reads who is here and who has left; nothing is shown before. */
export async function readDoor() {
  const [kept, who] = await Promise.all([store.getMeta('door'), store.getMeta('person')])
  door.value = /** @type {Door | null} */ (kept) ?? door.value
  locked.value = door.value.locked
  person.value = locked.value ? null : /** @type {Person | null} */ (who) ?? null
}

/** What cannot be written down still holds until the page is closed. @param {(old: Door) => Door} step */
export async function changeDoor(step) {
  try {
    door.value = await store.changeMeta('door', (/** @type {Door | undefined} */ old) => step(old ?? door.value))
  } catch (problem) {
    failed(problem)
    door.value = step(door.value)
  }
}

/** In other tabs it is shut and opened at the same time. */
export function tellDoor() {
  channel?.postMessage('changed')
}

/** `leave` is called when somebody signed out on one of the server's pages. @param {() => unknown} leave */
export function watchDoor(leave) {
  channel?.addEventListener('message', () => { readDoor().then(loadAll).catch(() => {}) })
  addEventListener('storage', ({ key, newValue }) => { if (key === LEFT && newValue) leave() })
}

/** Whether somebody signed out on one of the server's pages since; said once. */
export function leftElsewhere() {
  try {
    const left = localStorage.getItem(LEFT)
    localStorage.removeItem(LEFT)
    return Boolean(left)
  } catch {
    return false
  }
}

/**
 * Whether the server still names whoever has left here, by the session of before: that lets nobody in.
 * @param {Person} user @param {string | null} [session] missing from an older server
 */
export function isStale(user, session) {
  const { stale } = door.value
  if (!stale || user.id === person.value?.id) return false
  return session && stale.session ? session === stale.session : stale.owed && user.id === stale.id
}
