// A short PIN for changing over on a shared phone without a network. It opens a screen, nothing else: what is sealed has a random
// key of its own. Only its salted PBKDF2 hash lies here, as long as its person is signed in; after five wrong tries the network is needed.
/** @import { Api, DoorPin, Person } from '../record/types.d.ts' */
import { changeDoor, door, tellDoor } from './door.js'
import { changeOver, learnKey, without } from './leaving.js'
import { person } from '../state/signals.js'

const TRIES = 5
const ROUNDS = 310_000

/** @param {string} pin */
export function isPin(pin) {
  return /^[0-9]{4,6}$/.test(pin)
}

/** Who may change over to here: signed in on this phone, with a PIN, and not the one before the screen. */
export function pinsOfOthers() {
  const { keys, pins } = door.value
  return Object.values(pins).filter(({ who }) => keys[who.id] && who.id !== person.value?.id)
}

/** @param {string} id */
export function triesLeft(id) {
  return Math.max(0, TRIES - (door.value.pins[id]?.tries ?? TRIES))
}

/** False when this person has no key here yet, so that coming back could open nothing. @param {Person} who @param {string} pin @param {Api} api */
export async function setPin(who, pin, api) {
  await learnKey(who.id, api)
  if (!door.value.keys[who.id]) return false
  const salt = asText(crypto.getRandomValues(new Uint8Array(16)))
  const kept = { who, salt, hash: await hashed(pin, salt, ROUNDS), rounds: ROUNDS, tries: 0 }
  await changeDoor((old) => ({ ...old, pins: { ...old.pins, [who.id]: kept } }))
  tellDoor()
  return true
}

/** @param {Person} who */
export async function dropPin(who) {
  await changeDoor((old) => ({ ...old, pins: without(old.pins, who.id) }))
  tellDoor()
}

/** True when it was right; then that person is here. A try counts before it is looked at. @param {string} id @param {string} pin @param {Api} api */
export async function enter(id, pin, api) {
  if (triesLeft(id) === 0) return false
  await count(id, (tries) => tries + 1)
  const { who, salt, hash, rounds } = door.value.pins[id]
  if (await hashed(pin, salt, rounds) !== hash) return false
  await count(id, () => 0)
  await changeOver(who, api)
  return true
}

/** @param {string} id @param {(tries: number) => number} step */
function count(id, step) {
  return changeDoor((old) => ({ ...old, pins: { ...old.pins, [id]: { ...old.pins[id], tries: step(old.pins[id].tries) } } }))
}

/** @param {string} pin @param {string} salt @param {number} rounds */
async function hashed(pin, salt, rounds) {
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: new TextEncoder().encode(salt), iterations: rounds }
  return asText(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)))
}

/** @param {Uint8Array} bytes */
function asText(bytes) {
  return btoa(String.fromCharCode(...bytes))
}
