// Who comes and who has gone, as far as it must be known before anything is shown; the work itself is leaving.js.
/** @import { Api, Person } from '../record/types.d.ts' */
import { canFingerprint } from '../record/ids.js'
import { changeDoor, door, leftElsewhere, readDoor } from './door.js'
import { locked, person, sealed } from '../state/signals.js'

const work = () => import('./leaving.js')

/** Before anything is shown: a sign-out chosen elsewhere, and sealing that was cut short. @param {Api} api */
export async function settleDoor(api) {
  await readDoor()
  const gone = leftElsewhere()
  if (gone && person.value) await chosenElsewhere(api)
  else if (door.value.leaving.some((id) => door.value.keys[id])) await work().then(({ sealLeft }) => sealLeft(null)).catch(later)
}

/** Signed out by choice on one of the server's pages. @param {Api} api */
export async function chosenElsewhere(api) {
  const who = person.value
  if (who) await work().then(({ leave }) => leave(who, api)).catch(later)
}

/** The server still knows a session that was left here. @param {Api} api */
export async function tellServer(api) {
  if (!door.value.stale?.owed) return
  await work().then(async ({ payOwed, sealLeft }) => { await sealLeft(api); await payOwed() }).catch(later)
}

/**
 * Somebody is signed in. Whoever was here before is sealed, and what lies sealed of this one is opened; that their key is known
 * before they leave can wait.
 * @param {Person} user @param {string | null} session @param {Api} api
 */
export async function arrive(user, session, api) {
  const stranger = person.value ? person.value.id !== user.id : Boolean(locked.value)
  if (stranger || door.value.stale || sealed.value.has(user.id)) await work().then(({ comeIn }) => comeIn(user, session, api)).catch(later)
  else if (door.value.session !== session) await changeDoor((old) => ({ ...old, session }))
  if (!door.value.keys[user.id] && canFingerprint()) work().then(({ learnKey }) => learnKey(user.id, api)).catch(later)
}

/** Nothing is lost by it: it is tried again at the next chance. @param {Error | null} problem */
function later(problem) {
  console.warn('door:', problem?.name ?? problem)
}
