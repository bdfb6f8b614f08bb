import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enqueue } from '../../static/js/phone/record/entries.js'
import { makeStore } from '../../static/js/phone/device/store.js'
import { makePhone, UUID } from './phone.mjs'

test('save and queue are one transaction: if queueing fails, nothing is half saved', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await assert.rejects(phone.store.changeAndQueue('observation', UUID(2),
    (record) => ({ ...record, body: { ...record.body, note: 'half' } }), () => { throw new Error('broken') }))
  assert.equal((await phone.store.get('observation', UUID(2))).body.note, null)
})

test('two tabs changing one record at the same time both count', async () => {
  const name = 'two-tabs'
  const [one, other] = [makeStore({ name }), makeStore({ name })]
  await one.put({ id: 'o', kind: 'observation', body: { note: null, quote: null } })
  const write = (store, part) => store.change('observation', 'o', (record) => ({ ...record, body: { ...record.body, ...part } }))
  await Promise.all([write(one, { note: 'a' }), write(other, { quote: 'b' })])
  assert.deepEqual((await one.get('observation', 'o')).body, { note: 'a', quote: 'b' })
})

test('a photo, its facts and its place in line arrive together; the bytes are plain', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 64)
  assert.ok(await phone.store.mediumBytes(UUID(11)) instanceof ArrayBuffer)
  const { photos, entries } = await phone.store.load()
  assert.deepEqual([photos.length, entries.length, 'data' in photos[0]], [1, 2, false])
  await phone.store.dropBytes(UUID(11))
  assert.equal(await phone.store.mediumBytes(UUID(11)), null)
})

test('a full phone is told by name and leaves what was there', async () => {
  const phone = makePhone()
  await phone.observe(2)
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') }
  try {
    await assert.rejects(phone.edit('observation', 2, { note: 'x' }), { name: 'QuotaExceededError' })
  } finally {
    IDBObjectStore.prototype.put = put
  }
  assert.equal((await phone.store.get('observation', UUID(2))).body.note, null)
})

test('a phone that gets full gives the room it kept free to words, never to pictures', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.store.keepReserve()
  const { put } = IDBObjectStore.prototype
  const { delete: remove } = IDBObjectStore.prototype
  let room = false
  IDBObjectStore.prototype.put = function full(...given) {
    if (!room) throw new DOMException('', 'QuotaExceededError')
    return put.apply(this, given)
  }
  IDBObjectStore.prototype.delete = function freeing(key) {
    room = room || (this.name === 'meta' && key === 'reserve')
    return remove.call(this, key)
  }
  try {
    await assert.rejects(phone.photo(11, 2, 10), { name: 'QuotaExceededError' })
    await phone.edit('observation', 2, { note: 'kept all the same' })
    room = false
    await assert.rejects(phone.edit('observation', 2, { note: 'no room at all' }), { name: 'QuotaExceededError' })
  } finally {
    Object.assign(IDBObjectStore.prototype, { put, delete: remove })
  }
  assert.equal((await phone.store.get('observation', UUID(2))).body.note, 'kept all the same')
})

test('a connection closed behind our back is opened again', async () => {
  let closed = 0
  const { transaction } = IDBDatabase.prototype
  const phone = makePhone()
  await phone.observe(2)
  IDBDatabase.prototype.transaction = function broken(...given) {
    closed += 1
    if (closed === 1) throw new DOMException('closing', 'InvalidStateError')
    return transaction.apply(this, given)
  }
  try {
    assert.equal((await phone.store.get('observation', UUID(2))).id, UUID(2))
  } finally {
    IDBDatabase.prototype.transaction = transaction
  }
  assert.equal(closed, 2)
})

test('an entry removed meanwhile stays removed', async () => {
  const phone = makePhone()
  await phone.store.changeEntry('gone', (entry) => enqueue(entry, { id: 'gone' }, 1))
  assert.equal((await phone.store.entries()).length, 0)
})

test('a visit that was taken back leaves nothing on the phone, others stay whole', async () => {
  const store = makeStore({ name: 'taken-back' })
  for (const [visit, observation, photo] of [['v1', 'o1', 'p1'], ['v2', 'o2', 'p2']]) {
    await store.put({ id: visit, kind: 'visit', visit_id: visit, body: {} })
    await store.put({ id: observation, kind: 'observation', visit_id: visit, body: { photos: [] } })
    await store.addMedium({ id: photo, kind: 'photo', visit_id: visit, observation_id: observation }, new ArrayBuffer(3),
      (record) => record, (old, made) => ({ id: made.id, kind: 'photo', visit_id: visit }))
    await store.changeAndQueue('visit', visit, (record) => record, () => ({ id: visit, kind: 'visit', visit_id: visit }))
  }

  await store.eraseVisit('v1')

  const left = await store.load()
  const ids = (list) => list.map((one) => one.id).sort()
  assert.deepEqual([ids(left.visits), ids(left.observations), ids(left.photos), ids(left.entries)], [['v2'], ['o2'], ['p2'], ['p2', 'v2']])
  assert.equal(await store.mediumBytes('p1'), null)
  assert.equal((await store.mediumBytes('p2')).byteLength, 3)
})
