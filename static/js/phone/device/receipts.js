// What the server says it holds of a visit, compared with what this phone believes to have sent. Twice: once everything
// is out, and again a week later, before anything leaves the phone. Held means by number for words, by fingerprint for
// photos and voice notes.
/** @import { Api, Entry, Held, Receipt, Store } from '../record/types.d.ts' */
import { isMedium } from '../record/entries.js'

export const WEEK = 7 * 24 * 3600 * 1000
const MOST_RESENT = 3

/**
 * Asks for every visit whose time has come; what the server misses goes again.
 * @param {{ store: Store, api: Pick<Api, 'receipt'>, now: () => number }} deps @param {string} person
 */
export async function fetchReceipts({ store, api, now }, person) {
  for (const [id, asked] of wantingReceipt(await store.entries(), person, now())) {
    const answer = await api.receipt(id, person)
    if (answer.is === 'signed_out') return 'signed_out'
    if (answer.is === 'later') return 'later'
    if (answer.is === 'ok') await fileReceipt({ store, now }, id, asked, answer.body)
    if (answer.status === 404) await fileReceipt({ store, now }, id, asked, {}) // it knows nothing of this visit any more
  }
  return null
}

/** @param {Entry[]} entries @param {string} person @param {number} now @returns {[visitId: string, all: Entry[]][]} */
function wantingReceipt(entries, person, now) {
  const byVisit = Map.groupBy ? Map.groupBy(entries, (entry) => entry.visit_id) : grouped(entries)
  return [...byVisit].filter(([, all]) => (
    all.every((entry) => entry.state === 'done' && entry.maker === person) && all.some((entry) => wants(entry, now))
  ))
}

/** @param {Entry[]} entries */
function grouped(entries) {
  /** @type {Map<string, Entry[]>} */
  const groups = new Map()
  for (const entry of entries) groups.set(entry.visit_id, [...(groups.get(entry.visit_id) ?? []), entry])
  return groups
}

/** @param {Entry} entry @param {number} now */
function wants(entry, now) {
  if (entry.rested) return false
  return !entry.receipt_at || (!entry.settled_at && entry.receipt_at + WEEK <= now)
}

/**
 * `asked`: the visit's entries as they were when we asked. What has moved on since is not what the receipt speaks of.
 * @param {{ store: Store, now: () => number }} deps @param {string} visitId @param {Entry[]} asked @param {Receipt} receipt
 */
async function fileReceipt({ store, now }, visitId, asked, receipt) {
  const pictures = await Promise.all(asked.filter(isMedium).map((entry) => store.get(entry.kind, entry.id)))
  const prints = new Map(pictures.flatMap((photo) => (photo ? [[photo.id, photo.sha256]] : [])))
  const held = heldOf(receipt)
  const before = new Map(asked.map((entry) => [entry.id, entry.acked]))
  const withdrawn = asked.some((entry) => entry.marks?.includes('withdrawn'))
  await store.changeEntries([...before.keys()], (entry) => {
    if (entry.state !== 'done' || entry.acked !== before.get(entry.id)) return entry
    return isHeld(entry, held.get(entry.id), prints.get(entry.id)) || withdrawn
      ? confirmed(entry, now()) : sentAgain(entry, held.get(entry.id), now())
  })
  await store.change('visit', visitId, (visit) => visit && { ...visit, receipt: { ...receipt, at: now() } })
}

/** @param {Receipt} receipt */
function heldOf(receipt) {
  const { visit, observations = [], photos = [], sounds = [] } = receipt
  const all = [...(visit ? [visit] : []), ...observations, ...photos, ...sounds]
  return new Map(all.map((one) => [one.id, one]))
}

/** @param {Entry} entry @param {number} at @returns {Entry} */
function confirmed(entry, at) {
  if (!entry.receipt_at) return { ...entry, receipt_at: at }
  return entry.receipt_at + WEEK <= at ? { ...entry, settled_at: at } : entry
}

/**
 * An older number is an older content (a server put back from its backup); other bytes are another picture.
 * @param {Entry} entry @param {Held | undefined} held @param {string | null | undefined} print
 */
function isHeld(entry, held, print) {
  if (!held) return false
  if (isMedium(entry)) return !print || !held.sha256 || held.sha256 === print
  return !(Number(held.revision) < entry.acked)
}

/**
 * Acknowledged, yet not held: it goes again under the next number, on top of what is held, a few times, so that nothing
 * spins for ever. After that it rests without a receipt, and so never leaves the phone.
 * @param {Entry} entry @param {Held | undefined} held @param {number} at @returns {Entry}
 */
function sentAgain(entry, held, at) {
  if (entry.settled_at) return entry
  const resent = (entry.resent ?? 0) + 1
  if (resent > MOST_RESENT) return { ...entry, receipt_at: null, rested: true }
  const acked = held?.revision ?? entry.acked
  return { ...entry, state: 'queued', dirty: true, acked, resent, receipt_at: null, tried_at: at, next_at: at + 60_000 }
}
