// Seals what one person noted, and opens it again: WebCrypto, AES-256-GCM, a unit at a time (store_sealed.js). A sealed unit
// says of itself only whose it is, on which phone, under which id and whether it waits; shadowing/phone/sync/rescue_sealed.py
// opens it, too. Inside: four bytes say how long the JSON is that follows; then the bytes of the photo or voice note.
/** @import { Entry, SealedMark, SealedRow, Store, Unit } from '../record/types.d.ts' */
import { isMedium, launch, needsPerson } from '../record/entries.js'
import { sealedShelf } from './store_sealed.js'

/** `phone`: its own UUID; `key`: 32 bytes in base64. @typedef {{ person: string, phone: string, key: string }} Owner */

/** Everything of this person. What other work changes meanwhile is sealed as it is then. @param {Store} store @param {Owner} owner */
export async function sealAll(store, owner) {
  const [key, shelf] = [await imported(owner.key), sealedShelf(store)]
  for (const id of await shelf.unitsOf(owner.person)) {
    let done = false
    while (!done) {
      const unit = await shelf.unit(id)
      done = isEmpty(unit) || await shelf.sealUnit(unit, await seal(unit, id, owner, key), markOf(unit.entry))
    }
  }
}

/** Returns how many could not be opened with this key; they stay as they are. @param {Store} store @param {Owner} owner */
export async function openAll(store, owner) {
  const [key, shelf] = [await imported(owner.key), sealedShelf(store)]
  let shut = 0
  for (const one of await store.sealedUnits()) {
    if (one.person !== owner.person) continue
    const row = /** @type {SealedRow | undefined} */ (await store.getMeta(one.key))
    const unit = row && await open(row, key)
    if (unit) await shelf.openUnit(one.key, unit)
    else if (row) shut += 1
  }
  return shut
}

/** @param {string} base64 */
function imported(base64) {
  const raw = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** @param {Unit} unit */
function isEmpty({ record, entry, meta, data }) {
  return !record && !entry && !meta && !data
}

/** @param {Entry | null} entry @returns {SealedMark} */
function markOf(entry) {
  if (!entry) return 'rest'
  return entry.state === 'done' ? (entry.rested ? 'rested' : 'rest') : 'waits'
}

/** @param {Unit} unit @param {string} id @param {Owner} owner @param {CryptoKey} key @returns {Promise<SealedRow>} */
async function seal({ record, entry, meta, data }, id, { person, phone }, key) {
  const facts = new TextEncoder().encode(JSON.stringify({ record, entry: pinned({ record, entry }), meta }))
  const plain = new Uint8Array(4 + facts.length + (data?.byteLength ?? 0))
  new DataView(plain.buffer).setUint32(0, facts.length)
  plain.set(facts, 4)
  if (data) plain.set(new Uint8Array(data), 4 + facts.length)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: whose(phone, person, id) }, key, plain)
  return { phone, person, id, iv: iv.buffer, data: sealed }
}

/**
 * A rescue file may carry what is sealed to the server while this phone cannot look into it. So its number is given to this
 * content now, and to no other later, as when a rescue file is made (rescue.js).
 * @param {Pick<Unit, 'record' | 'entry'>} unit
 */
function pinned({ record, entry }) {
  if (!entry || !record || markOf(entry) === 'rest' || isMedium(entry) || needsPerson(entry) || entry.flight) return entry
  return { ...launch(entry, /** @type {any} */ (record).body), state: entry.state }
}

/** @param {SealedRow} row @param {CryptoKey} key @returns {Promise<Unit | null>} */
async function open({ phone, person, id, iv, data }, key) {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: whose(phone, person, id) }, key, data)
    const end = 4 + new DataView(plain).getUint32(0)
    const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, end - 4)))
    return { ...facts, data: plain.byteLength > end ? plain.slice(end) : null }
  } catch {
    return null
  }
}

/** @param {string} phone @param {string} person @param {string} id */
function whose(phone, person, id) {
  return new TextEncoder().encode(`${phone}/${person}/${id}`)
}
