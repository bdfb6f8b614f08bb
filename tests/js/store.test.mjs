import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enqueue } from '../../static/js/entries.js'
import { makeStore } from '../../static/js/store.js'
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
  assert.ok(await phone.store.photoBytes(UUID(11)) instanceof ArrayBuffer)
  const { photos, entries } = await phone.store.load()
  assert.deepEqual([photos.length, entries.length, 'data' in photos[0]], [1, 2, false])
  await phone.store.dropBytes(UUID(11))
  assert.equal(await phone.store.photoBytes(UUID(11)), null)
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
