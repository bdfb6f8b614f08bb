// The part of the store that seals and opens, fetched with sealing.js. What belongs to one id lies in up to three shelves and is
// taken as one unit, in one transaction, so that a kill leaves each unit whole: in the clear or sealed. Sealed units lie in
// `meta`, so that an older version of the app, put back, still opens the database and leaves them alone.
/** @import { Entry, Kept, SealedRow, SealedShelf, Store, Unit, Visit } from '../record/types.d.ts' */
/** @typedef {import('./store.js').Tx} Tx */

const SHELVES = /** @type {const} */ (['visits', 'observations', 'photos', 'outbox', 'bytes', 'meta'])
const RECORDS = /** @type {const} */ (['visits', 'observations', 'photos'])
/** Of one person alone, though no record: what was taken along names customers. */
const OWN = ['carry', 'echo']

/** @param {Store} store @returns {SealedShelf} */
export function sealedShelf({ read, write }) {
  return {
    unitsOf: (person) => read([...SHELVES], async (tx) => {
      const all = await Promise.all([...RECORDS, /** @type {const} */ ('outbox')].map((name) => tx.objectStore(name).getAll()))
      const own = await Promise.all(OWN.map(async (id) => ({ id, maker: (/** @type {any} */ (await tx.objectStore('meta').get(id)))?.for })))
      const mine = [...all.flat(), ...own].filter((one) => /** @type {Visit} */ (one).maker === person)
      return [...new Set(mine.map(({ id }) => id))]
    }),
    unit: (id) => read([...SHELVES], (tx) => unitIn(tx, id)),
    /** False when it changed since it was `seen`: then it is to be sealed anew. */
    sealUnit: (seen, row, mark) => write([...SHELVES], async (tx) => {
      const { id } = row
      if (asText(await unitIn(tx, id)) !== asText(seen)) return false
      await Promise.all(SHELVES.map((name) => tx.objectStore(name).delete(id)))
      await tx.objectStore('meta').put(row, ['sealed', row.person, mark, seen.entry?.observation_id ?? id, id].join(' '))
      return true
    }),
    /** What was noted in the clear after it had been sealed (by another tab) stays, on top of it. */
    openUnit: (key, unit) => write([...SHELVES], async (tx) => {
      const row = /** @type {SealedRow | undefined} */ (await tx.objectStore('meta').get(key))
      if (!row) return
      await tx.objectStore('meta').delete(key)
      await putBack(tx, row.id, merged(await unitIn(tx, row.id), unit))
    }),
  }
}

/** @param {Tx} tx @param {string} id @returns {Promise<Unit>} */
async function unitIn(tx, id) {
  const [visit, observation, photo, entry, bytes, meta] = /** @type {any[]} */ (
    await Promise.all(SHELVES.map((name) => tx.objectStore(name).get(id))))
  return { record: visit ?? observation ?? photo ?? null, entry: entry ?? null, meta: meta ?? null, data: bytes?.data ?? null }
}

/** Bytes never change under their id. @param {Unit} unit */
function asText({ data, ...facts }) {
  return JSON.stringify([facts, data?.byteLength])
}

/** @param {Unit} here @param {Unit} opened @returns {Unit} */
function merged(here, opened) {
  const later = here.record && touched(here.record) > touched(opened.record)
  const entry = opened.entry ?? here.entry
  return {
    record: later ? here.record : opened.record ?? here.record,
    entry: here.entry && opened.entry ? again(opened.entry) : entry,
    meta: opened.meta ?? here.meta, data: opened.data ?? here.data,
  }
}

/** @param {Kept | null} record */
function touched(record) {
  return /** @type {Visit | null} */ (record)?.touched_at ?? 0
}

/** What the server knows of it counts; that there is more to send, too. @param {Entry} entry @returns {Entry} */
function again(entry) {
  return { ...entry, dirty: true, state: entry.state === 'done' ? 'queued' : entry.state }
}

/** @param {Tx} tx @param {string} id @param {Unit} unit */
async function putBack(tx, id, { record, entry, meta, data }) {
  const shelf = record && /** @type {const} */ ({ visit: 'visits', observation: 'observations', photo: 'photos', sound: 'photos' })[record.kind]
  if (shelf) await /** @type {any} */ (tx.objectStore(shelf)).put(record)
  if (entry) await tx.objectStore('outbox').put(entry)
  if (data) await tx.objectStore('bytes').put({ id, data })
  if (meta) await tx.objectStore('meta').put(meta, id)
}
