import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAll, sealAll } from '../../static/js/phone/device/sealing.js'
import { later, makePhone, ok, UUID } from './phone.mjs'

const KEY = Buffer.alloc(32, 7).toString('base64')
const OTHER = Buffer.alloc(32, 8).toString('base64')
const owner = (key = KEY, person = 'ann') => ({ person, phone: UUID(900), key })

/** A visit, two observations of which one has arrived, a photo, a draft that is not in line, and what was taken along. */
async function walked() {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2, { note: 'first and sent' })
  await phone.outbox.flush()
  await phone.edit('visit', 1, { customer_label: 'Ms Chen' })
  await phone.observe(3, { note: 'waited an hour' })
  await phone.photo(11, 3, 70_000)
  await phone.store.put({ id: UUID(4), kind: 'observation', maker: 'ann', visit_id: UUID(1), body: { note: 'draft' }, unqueued: true, touched_at: 1 })
  await phone.store.setMeta('carry', { for: 'ann', body: { plans: [{ customer_label: 'Mr Wu' }] } })
  return phone
}

async function dump({ store }) {
  return store.read(['visits', 'observations', 'photos', 'bytes', 'outbox', 'meta'], async (tx) => Object.fromEntries(
    await Promise.all([...tx.objectStoreNames].map(async (name) => [name, [await tx.objectStore(name).getAllKeys(), await tx.objectStore(name).getAll()]]))))
}

/** As it lies on the disk: bytes of a sealed unit, too. */
function raw(all) {
  return JSON.stringify(all, (_, value) => (value instanceof ArrayBuffer ? Buffer.from(value).toString('latin1') : value))
}

test('sealed, nothing of it can be read, and how many wait is known; opened, all is as it was', async () => {
  const phone = await walked()
  const before = await dump(phone)
  await sealAll(phone.store, owner())
  const text = raw(await dump(phone))
  for (const word of ['Ms Chen', 'Mr Wu', 'waited an hour', 'first and sent', 'draft', 'customer_label', 'utility']) assert.ok(!text.includes(word), word)
  const waiting = (await phone.store.sealedUnits()).filter(({ mark }) => mark === 'waits')
  assert.deepEqual(new Set(waiting.map(({ of }) => of)), new Set([UUID(1), UUID(3)]))
  assert.equal(await openAll(phone.store, owner()), 0)
  const { outbox, ...after } = await dump(phone)
  const { outbox: line, ...rest } = before
  assert.deepEqual(after, rest)
  assert.deepEqual(outbox[1].map(({ id, state, acked }) => [id, state, acked]), line[1].map(({ id, state, acked }) => [id, state, acked]))
})

test('what was sealed is sent once at the next sign-in, and may be changed before', async () => {
  const phone = await walked()
  await sealAll(phone.store, owner())
  await phone.outbox.flush()
  assert.ok(!phone.server.has(UUID(3)))
  await openAll(phone.store, owner())
  await phone.edit('observation', 3, { note: 'an hour and a half' })
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(3)).note, phone.server.get(UUID(3)).revision], ['an hour and a half', 2])
  assert.equal(phone.photos.get(UUID(11)), 70_000)
  assert.deepEqual([...new Set(Object.values(await phone.states()))], ['done'])
})

test('an answer that comes while it lies sealed is not missed: it is sent again and is the same', async () => {
  const phone = await walked()
  phone.answers.sync = [async () => { await sealAll(phone.store, owner()); return later()() }]
  await phone.outbox.flush()
  await openAll(phone.store, owner())
  phone.time += 600_000
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(3)).revision, phone.server.get(UUID(1)).revision], [1, 2])
  assert.deepEqual([...new Set(Object.values(await phone.states()))], ['done'])
})

test('the wrong key opens nothing and harms nothing', async () => {
  const phone = await walked()
  await sealAll(phone.store, owner())
  const before = raw(await dump(phone))
  assert.ok(await openAll(phone.store, owner(OTHER)) > 0)
  assert.equal(raw(await dump(phone)), before)
  assert.equal(await openAll(phone.store, owner()), 0)
})

test('another person’s records stay in the clear and are left alone by opening', async () => {
  const phone = await walked()
  await phone.observe(5, { note: 'of Bob' }, 'bob')
  await sealAll(phone.store, owner())
  assert.deepEqual((await phone.store.load()).observations.map(({ id }) => id), [UUID(5)])
  assert.equal(await openAll(phone.store, owner(KEY, 'bob')), 0)
  assert.ok((await phone.store.sealedUnits()).length > 0)
})

test('cut short between any two units, each is whole in the clear or whole and sealed; the next try finishes', async () => {
  for (let cut = 1; cut <= 6; cut += 1) {
    const phone = await walked()
    const ids = new Set([1, 2, 3, 4, 11].map(UUID))
    let writes = 0
    const dying = { ...phone.store, write: (...given) => { writes += 1; if (writes > cut) throw new Error('empty battery'); return phone.store.write(...given) } }
    await sealAll(dying, owner()).catch(() => {})
    const { visits, observations, photos } = await phone.store.load()
    const clear = [...visits, ...observations, ...photos].map(({ id }) => id)
    const sealed = (await phone.store.sealedUnits()).map(({ key }) => key.split(' ')[4])
    assert.deepEqual(new Set([...clear, ...sealed.filter((id) => ids.has(id))]), ids)
    assert.equal(clear.length + sealed.filter((id) => ids.has(id)).length, ids.size)
    await sealAll(phone.store, owner())
    assert.deepEqual((await phone.store.load()).observations, [])
    await openAll(phone.store, owner())
    await phone.outbox.flush()
    assert.deepEqual([...phone.server.keys()].sort(), [1, 2, 3].map(UUID))
  }
})

test('a change that falls between looking and sealing is sealed, too', async () => {
  const phone = await walked()
  let once = false
  const racing = { ...phone.store, write: async (...given) => {
    if (!once) { once = true; await phone.edit('observation', 3, { note: 'the last word' }) }
    return phone.store.write(...given)
  } }
  await sealAll(racing, owner())
  await openAll(phone.store, owner())
  assert.equal((await phone.store.get('observation', UUID(3))).body.note, 'the last word')
})

test('what another tab noted after it was sealed stays on top, and is sent after what the server knows', async () => {
  const phone = await walked()
  const { body, ...record } = await phone.store.get('observation', UUID(2))
  await sealAll(phone.store, owner())
  await phone.store.put({ ...record, touched_at: Date.now() + 1, body: { ...body, note: 'in another tab' } })
  await phone.store.changeAndQueue('observation', UUID(2), (old) => old, () => ({ id: UUID(2), kind: 'observation', maker: 'ann', state: 'queued', dirty: true, acked: 0 }))
  await openAll(phone.store, owner())
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(2)).note, phone.server.get(UUID(2)).revision], ['in another tab', 2])
})

test('what waits for a person’s word is not numbered by sealing', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [() => ok({ results: [{ id: UUID(2), status: 422, problem: { code: 'invalid' } }] })]
  await phone.outbox.flush()
  await sealAll(phone.store, owner())
  await openAll(phone.store, owner())
  assert.deepEqual([(await phone.entry(2)).state, (await phone.entry(2)).flight], ['rejected', null])
})
