// The only module that knows IndexedDB. Writing means written: every write waits for its transaction, durability strict.
// Photos and voice notes lie as ArrayBuffer beside their type, never as Blob: some phones lose or refuse Blobs in IndexedDB.
/** @import { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb' */
/** @import { Entry, Kind, Kinds, Media, Medium, Meta, Observation, Outbox, Records } from '../record/types.d.ts' */
/** @import { Shelf, Shelves, Step, Store, Visit } from '../record/types.d.ts' */
import { openDB } from 'idb'

/** @typedef {StoreNames<Shelves>} Name */
/** @typedef {IDBPTransaction<Shelves, Name[], 'readwrite'>} Tx */
/** @typedef {<T>(stores: Name[], work: (tx: Tx) => Promise<T>) => Promise<T>} Work */

const VERSION = 1
const RESERVE = 1_048_576
const FACTS = /** @type {const} */ (['visits', 'observations', 'photos', 'outbox'])
const KEYED_BY_ID = /** @type {const} */ ([...FACTS, 'bytes'])
/** Photos and voice notes lie together: what has bytes beside its facts. */
export const STORE_OF = /** @type {const} */ ({ visit: 'visits', observation: 'observations', photo: 'photos', sound: 'photos' })

/**
 * Opens the phone's own database. `onReplaced` is called when a newer page wants to change its shape.
 * @param {{ name?: string, onReplaced?: () => void }} [given] @returns {Store}
 */
export function makeStore({ name = 'shadowing', onReplaced = () => {} } = {}) {
  /** @type {Promise<IDBPDatabase<Shelves>> | null} */
  let opening = null

  const open = () => /** @type {typeof openDB<Shelves>} */ (openDB)(name, VERSION, {
    upgrade(db) {
      for (const store of KEYED_BY_ID) db.createObjectStore(store, { keyPath: 'id' })
      db.createObjectStore('meta')
    },
    blocking: (_old, _new, event) => { /** @type {IDBDatabase} */ (event.target).close(); opening = null; onReplaced() },
    terminated: () => { opening = null },
  })

  const database = () => {
    opening ??= open().catch((problem) => { opening = null; throw problem })
    return opening
  }

  /**
   * The browser may close a connection behind our back; then one reopening, and the work is done again whole. On a full phone
   * the room kept free for words is given up for them, so that ratings and sending go on; pictures get none of it.
   * @template T @param {Name[]} stores @param {'readonly' | 'readwrite'} mode @param {(tx: Tx) => Promise<T>} work @returns {Promise<T>}
   */
  async function run(stores, mode, work) {
    try {
      return await attempt(await database(), stores, mode, work)
    } catch (problem) {
      const name = /** @type {Error | null} */ (problem)?.name
      if (name === 'InvalidStateError') opening = null
      else if (name !== 'QuotaExceededError' || stores.includes('bytes') || !await spendReserve()) throw problem
      return attempt(await database(), stores, mode, work)
    }
  }

  async function spendReserve() {
    return attempt(await database(), ['meta'], 'readwrite', async (tx) => {
      const kept = await tx.objectStore('meta').getKey('reserve')
      await tx.objectStore('meta').delete('reserve')
      return kept
    }).catch(() => null)
  }

  /** @type {Work} */
  const read = (stores, work) => run(stores, 'readonly', work)
  /** @type {Work} */
  const write = (stores, work) => run(stores, 'readwrite', work)
  return { ...records(read, write), ...media(read, write), ...outbox(read, write), ...meta(read, write), read, write }
}

/**
 * `work` may write where the mode says so; its type need not tell.
 * @template T @param {IDBPDatabase<Shelves>} db @param {Name[]} stores @param {'readonly' | 'readwrite'} mode
 * @param {(tx: Tx) => Promise<T>} work @returns {Promise<T>}
 */
async function attempt(db, stores, mode, work) {
  const tx = db.transaction(stores, mode, mode === 'readwrite' ? { durability: 'strict' } : undefined)
  const settledTx = tx.done.then(() => null, (problem) => problem)
  let result
  try {
    result = await work(/** @type {Tx} */ (tx))
  } catch (problem) {
    try { tx.abort() } catch { /* already aborted by the failure itself */ }
    await settledTx
    throw problem
  }
  const failure = await settledTx
  if (failure) throw failure
  return result
}

/**
 * The store that records of this kind lie in.
 * @template {Kind} K @param {Tx} tx @param {K} kind @returns {Shelf<Kinds[K]>}
 */
function shelfOf(tx, kind) {
  return /** @type {Shelf<Kinds[K]>} */ (tx.objectStore(STORE_OF[kind]))
}

/** @param {Work} read @param {Work} write @returns {Records} */
function records(read, write) {
  return {
    /** Everything but the pictures themselves. */
    load: () => read([...FACTS], async (tx) => {
      const all = await Promise.all(FACTS.map((name) => tx.objectStore(name).getAll()))
      const [visits, observations, photos, entries] = /** @type {[Visit[], Observation[], Medium[], Entry[]]} */ (all)
      return { visits, observations, photos, entries }
    }),
    get: (kind, id) => read([STORE_OF[kind]], (tx) => shelfOf(tx, kind).get(id)),
    /** Reads, changes and writes in one transaction, so that two open tabs cannot undo each other. */
    change: (kind, id, step) => write([STORE_OF[kind]], (tx) => changeIn(shelfOf(tx, kind), id, step)),
    /** Without reading first, and on its way to the disk before anything else is done: see alone.js for when that is safe. */
    overwrite: (kind, newest) => write([STORE_OF[kind]], async (tx) => {
      const record = newest()
      if (!record) return undefined // forgotten meanwhile
      const written = shelfOf(tx, kind).put(record)
      tx.commit?.()
      await written
      return record
    }),
    put: (record) => write([STORE_OF[record.kind]], (tx) => shelfOf(tx, record.kind).put(record)),
    remove: (kind, id) => write([STORE_OF[kind], 'outbox'], async (tx) => {
      await Promise.all([tx.objectStore(STORE_OF[kind]).delete(id), tx.objectStore('outbox').delete(id)])
    }),
    /** A visit with all that belongs to it, down to the pictures: the customer has taken it back. */
    eraseVisit: (id) => write([...KEYED_BY_ID], async (tx) => {
      await Promise.all(FACTS.map(async (name) => {
        const gone = (await tx.objectStore(name).getAll()).filter((one) => one.visit_id === id || one.id === id)
        await Promise.all(gone.map((one) => tx.objectStore(name).delete(one.id)))
        if (name === 'photos') await Promise.all(gone.map((one) => tx.objectStore('bytes').delete(one.id)))
      }))
    }),
    /** Save and queue are one transaction: what is queued is saved, what is saved cannot be forgotten. */
    changeAndQueue: (kind, id, step, queue) => write([STORE_OF[kind], 'outbox'], async (tx) => {
      const record = await changeIn(shelfOf(tx, kind), id, step)
      const entry = record && await changeIn(tx.objectStore('outbox'), id, (old) => queue(old, record))
      return { record, entry }
    }),
  }
}

/** @param {Work} read @param {Work} write @returns {Media} */
function media(read, write) {
  return {
    /** The bytes, their facts, the observation they belong to and their place in the outbox: all or nothing. */
    addMedium: (medium, data, step, queue) => write(['photos', 'bytes', 'observations', 'outbox'], async (tx) => {
      await tx.objectStore('bytes').put({ id: medium.id, data })
      await tx.objectStore('photos').put(medium)
      const record = await changeIn(tx.objectStore('observations'), medium.observation_id, step)
      const entry = await changeIn(tx.objectStore('outbox'), medium.id, (old) => queue(old, medium))
      return { record, entry }
    }),
    mediumBytes: (id) => read(['bytes'], async (tx) => (await tx.objectStore('bytes').get(id))?.data ?? null),
    removeMedium: (medium, step) => write(['photos', 'bytes', 'observations', 'outbox'], async (tx) => {
      await Promise.all(/** @type {const} */ (['photos', 'bytes', 'outbox']).map((name) => tx.objectStore(name).delete(medium.id)))
      return changeIn(tx.objectStore('observations'), medium.observation_id, step)
    }),
    /** Frees the room of what the server has confirmed; its facts stay. */
    dropBytes: (id) => write(['bytes', 'photos'], async (tx) => {
      await tx.objectStore('bytes').delete(id)
      await changeIn(tx.objectStore('photos'), id, (old) => old && { ...old, dropped: true })
    }),
  }
}

/** @param {Work} read @param {Work} write @returns {Outbox} */
function outbox(read, write) {
  return {
    entries: () => read(['outbox'], (tx) => tx.objectStore('outbox').getAll()),
    /** Changes entries with the content their records have at that very moment: one transaction, so that no tap falls
     *  between. What has lost its record has nothing to send. */
    takeOff: (list, step) => write(['visits', 'observations', 'outbox'], async (tx) => {
      const taken = await Promise.all(list.map(async ({ kind, id }) => {
        const record = await shelfOf(tx, kind).get(id)
        if (!record) return tx.objectStore('outbox').delete(id)
        return changeIn(tx.objectStore('outbox'), id, (old) => old && step(old, record.body))
      }))
      return taken.flatMap((entry) => entry ?? [])
    }),
    /** An entry taken away meanwhile (a photo removed while it was sent) stays away. */
    changeEntry: (id, step) => write(['outbox'], (tx) => changeIn(tx.objectStore('outbox'), id, (old) => old && step(old))),
    changeEntries: (ids, step) => write(['outbox'], (tx) => (
      Promise.all(ids.map((id) => changeIn(tx.objectStore('outbox'), id, (old) => old && step(old))))
    )),
  }
}

/** @param {Work} read @param {Work} write @returns {Meta} */
function meta(read, write) {
  return {
    getMeta: (key) => read(['meta'], (tx) => tx.objectStore('meta').get(key)),
    /** Room for words on a phone that gets full, taken while there is plenty. */
    keepReserve: () => write(['meta'], async (tx) => {
      if (await tx.objectStore('meta').getKey('reserve')) return
      const room = new Uint8Array(RESERVE)
      for (let at = 0; at < RESERVE; at += 65_536) crypto.getRandomValues(room.subarray(at, at + 65_536))
      await tx.objectStore('meta').put(room.buffer, 'reserve')
    }),
    changeMeta: (key, step) => write(['meta'], async (tx) => {
      const next = step(await tx.objectStore('meta').get(key))
      await tx.objectStore('meta').put(next, key)
      return next
    }),
    /** What lies sealed here (store_sealed.js), told by its keys: what was sealed is not read for that. */
    sealedUnits: () => read(['meta'], async (tx) => {
      const keys = await tx.objectStore('meta').getAllKeys(IDBKeyRange.bound('sealed ', 'sealed!'))
      return keys.map((key) => {
        const [, person, mark, of] = key.split(' ')
        return { key, person, mark, of }
      })
    }),
    setMeta: (key, value) => write(['meta'], (tx) => tx.objectStore('meta').put(value, key)),
  }
}

/** @template T @param {Shelf<T>} store @param {string} id @param {Step<T>} step */
async function changeIn(store, id, step) {
  const old = await store.get(id)
  const next = step(old)
  if (next === undefined || next === old) return old
  await store.put(next)
  return next
}
