// The only module that knows IndexedDB. Writing means written: every write waits for its transaction, durability strict.
// Photos and voice notes lie as ArrayBuffer beside their type, never as Blob: some phones lose or refuse Blobs in IndexedDB.
import { openDB } from 'idb'

const VERSION = 1
const RESERVE = 1_048_576
const KEYED_BY_ID = ['visits', 'observations', 'photos', 'bytes', 'outbox']
/** Photos and voice notes lie together: what has bytes beside its facts. */
export const STORE_OF = { visit: 'visits', observation: 'observations', photo: 'photos', sound: 'photos' }

/** Opens the phone's own database. `onReplaced` is called when a newer page wants to change its shape. */
export function makeStore({ name = 'shadowing', onReplaced = () => {} } = {}) {
  let opening = null

  const open = () => openDB(name, VERSION, {
    upgrade(db) {
      for (const store of KEYED_BY_ID) db.createObjectStore(store, { keyPath: 'id' })
      db.createObjectStore('meta')
    },
    blocking: (_old, _new, event) => { event.target.close(); opening = null; onReplaced() },
    terminated: () => { opening = null },
  })

  const database = () => {
    opening ??= open().catch((problem) => { opening = null; throw problem })
    return opening
  }

  /**
   * The browser may close a connection behind our back; then one reopening, and the work is done again whole. On a full phone
   * the room kept free for words is given up for them, so that ratings and sending go on; pictures get none of it.
   */
  async function run(stores, mode, work) {
    try {
      return await attempt(await database(), stores, mode, work)
    } catch (problem) {
      if (problem?.name === 'InvalidStateError') opening = null
      else if (problem?.name !== 'QuotaExceededError' || stores.includes('bytes') || !await spendReserve()) throw problem
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

  const read = (stores, work) => run(stores, 'readonly', work)
  const write = (stores, work) => run(stores, 'readwrite', work)
  return { ...records(read, write), ...media(read, write), ...outbox(read, write), ...meta(read, write) }
}

async function attempt(db, stores, mode, work) {
  const tx = db.transaction(stores, mode, mode === 'readwrite' ? { durability: 'strict' } : undefined)
  const settledTx = tx.done.then(() => null, (problem) => problem)
  let result
  try {
    result = await work(tx)
  } catch (problem) {
    try { tx.abort() } catch { /* already aborted by the failure itself */ }
    await settledTx
    throw problem
  }
  const failure = await settledTx
  if (failure) throw failure
  return result
}

function records(read, write) {
  return {
    /** Everything but the pictures themselves. */
    load: () => read(['visits', 'observations', 'photos', 'outbox'], async (tx) => {
      const [visits, observations, pictures, entries] = await Promise.all(
        ['visits', 'observations', 'photos', 'outbox'].map((name) => tx.objectStore(name).getAll()),
      )
      return { visits, observations, photos: pictures, entries }
    }),
    get: (kind, id) => read([STORE_OF[kind]], (tx) => tx.objectStore(STORE_OF[kind]).get(id)),
    /** Reads, changes and writes in one transaction, so that two open tabs cannot undo each other. */
    change: (kind, id, step) => write([STORE_OF[kind]], (tx) => changeIn(tx.objectStore(STORE_OF[kind]), id, step)),
    /** Without reading first, and on its way to the disk before anything else is done: see alone.js for when that is safe. */
    overwrite: (kind, newest) => write([STORE_OF[kind]], async (tx) => {
      const record = newest()
      const written = tx.objectStore(STORE_OF[kind]).put(record)
      tx.commit?.()
      await written
      return record
    }),
    put: (record) => write([STORE_OF[record.kind]], (tx) => tx.objectStore(STORE_OF[record.kind]).put(record)),
    remove: (kind, id) => write([STORE_OF[kind], 'outbox'], async (tx) => {
      await Promise.all([tx.objectStore(STORE_OF[kind]).delete(id), tx.objectStore('outbox').delete(id)])
    }),
    /** A visit with all that belongs to it, down to the pictures: the customer has taken it back. */
    eraseVisit: (id) => write([...KEYED_BY_ID], async (tx) => {
      const of = async (name) => (await tx.objectStore(name).getAll()).filter((one) => one.visit_id === id || one.id === id)
      const [pictures, ...others] = await Promise.all(['photos', 'visits', 'observations', 'outbox'].map(of))
      const gone = (name, list) => list.map((one) => tx.objectStore(name).delete(one.id))
      await Promise.all([
        ...gone('bytes', pictures), ...gone('photos', pictures),
        ...['visits', 'observations', 'outbox'].flatMap((name, at) => gone(name, others[at])),
      ])
    }),
    /** Save and queue are one transaction: what is queued is saved, what is saved cannot be forgotten. */
    changeAndQueue: (kind, id, step, queue) => write([STORE_OF[kind], 'outbox'], async (tx) => {
      const record = await changeIn(tx.objectStore(STORE_OF[kind]), id, step)
      const entry = record && await changeIn(tx.objectStore('outbox'), id, (old) => queue(old, record))
      return { record, entry }
    }),
  }
}

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
      await Promise.all(['photos', 'bytes', 'outbox'].map((name) => tx.objectStore(name).delete(medium.id)))
      return changeIn(tx.objectStore('observations'), medium.observation_id, step)
    }),
    /** Frees the room of what the server has confirmed; its facts stay. */
    dropBytes: (id) => write(['bytes', 'photos'], async (tx) => {
      await tx.objectStore('bytes').delete(id)
      await changeIn(tx.objectStore('photos'), id, (old) => old && { ...old, dropped: true })
    }),
  }
}

function outbox(read, write) {
  return {
    entries: () => read(['outbox'], (tx) => tx.objectStore('outbox').getAll()),
    /** Changes entries with the content their records have at that very moment: one transaction, so that no tap falls
     *  between. What has lost its record has nothing to send. */
    takeOff: (list, step) => write(['visits', 'observations', 'outbox'], async (tx) => {
      const taken = await Promise.all(list.map(async ({ kind, id }) => {
        const record = await tx.objectStore(STORE_OF[kind]).get(id)
        if (!record) return tx.objectStore('outbox').delete(id)
        return changeIn(tx.objectStore('outbox'), id, (old) => old && step(old, record.body))
      }))
      return taken.filter(Boolean)
    }),
    /** An entry taken away meanwhile (a photo removed while it was sent) stays away. */
    changeEntry: (id, step) => write(['outbox'], (tx) => changeIn(tx.objectStore('outbox'), id, (old) => old && step(old))),
    changeEntries: (ids, step) => write(['outbox'], (tx) => (
      Promise.all(ids.map((id) => changeIn(tx.objectStore('outbox'), id, (old) => old && step(old))))
    )),
  }
}

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
    setMeta: (key, value) => write(['meta'], (tx) => tx.objectStore('meta').put(value, key)),
  }
}

async function changeIn(store, id, step) {
  const old = await store.get(id)
  const next = step(old)
  if (next === undefined || next === old) return old
  await store.put(next)
  return next
}
