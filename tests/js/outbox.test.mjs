import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptMine, keptTheirs, retried, waiting } from '../../static/js/phone/record/entries.js'
import { later, makePhone, ok, receive, UUID } from './phone.mjs'

const named = (phone, name) => phone.calls.filter(([call]) => call === name)

test('words go first in one batch, then photos and voice notes one by one, smallest first, then the receipt', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 900)
  await phone.photo(12, 2, 100)
  await phone.sound(13, 2, 500)
  assert.equal(await phone.outbox.flush(), 'idle')
  assert.deepEqual(phone.calls.map(([name]) => name), ['session', 'sync', 'putMedium', 'putMedium', 'putMedium', 'receipt'])
  assert.deepEqual(named(phone, 'putMedium').map(([, id, , , { kind }]) => [id, kind]),
    [[UUID(12), 'photo'], [UUID(13), 'sound'], [UUID(11), 'photo']])
  assert.deepEqual(await phone.states(), { 1: 'done', 2: 'done', 11: 'done', 12: 'done', 13: 'done' })
  assert.ok((await phone.store.get('visit', UUID(1))).receipt.at)
})

test('no network: everything waits, longer each time, and nothing is sent twice meanwhile', async () => {
  const phone = makePhone()
  await phone.visit()
  phone.answers.sync = later()
  assert.equal(await phone.outbox.flush(), 'later')
  const first = await phone.entry(1)
  assert.deepEqual([first.state, first.attempts, first.next_at], ['queued', 1, phone.time + 2000])
  await phone.outbox.flush()
  assert.equal(named(phone, 'sync').length, 1, 'not due yet')
  phone.time += 2000
  await phone.outbox.flush()
  assert.equal((await phone.entry(1)).next_at, phone.time + 4000)
})

test('the pause has an end, and the server’s wish counts more', async () => {
  const phone = makePhone()
  await phone.visit()
  phone.answers.sync = later(900)
  await phone.outbox.flush()
  assert.equal((await phone.entry(1)).next_at, phone.time + 900_000)
  for (let round = 0; round < 12; round += 1) {
    phone.answers.sync = later()
    phone.time += 1_000_000
    await phone.outbox.flush()
  }
  assert.equal((await phone.entry(1)).next_at, phone.time + 300_000)
})

test('a reply lost after the server stored it: the same content goes again under the same number', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [() => { receive(phone, phone.calls.at(-1)[1].observations[0]); return { is: 'later', retryAfter: 0 } }]
  await phone.outbox.flush()
  await phone.edit('observation', 2, { note: 'added meanwhile' })
  await phone.outbox.flush()
  const sent = named(phone, 'sync').map(([, body]) => [body.observations[0].revision, body.observations[0].base_revision, body.observations[0].note])
  assert.deepEqual(sent, [[1, 0, null], [1, 0, null], [2, 1, 'added meanwhile']])
  assert.equal((await phone.entry(2)).state, 'done')
  assert.equal(phone.server.get(UUID(2)).note, 'added meanwhile')
})

test('edits before any attempt stay revision 1', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.edit('observation', 2, { note: 'one' })
  await phone.edit('observation', 2, { note: 'two' })
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [1, 'two'])
})

test('an edit while a record is under way follows as the next revision', async () => {
  const phone = makePhone()
  await phone.observe(2)
  const { sync } = phone.api
  let edited = false
  phone.api.sync = async (body) => {
    if (!edited) { edited = true; await phone.edit('observation', 2, { note: 'late' }) }
    return sync(body)
  }
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [2, 'late'])
})

test('"sending" found under the lock means its sender died', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.store.changeEntry(UUID(2), (entry) => ({ ...entry, state: 'sending' }))
  await phone.outbox.flush()
  assert.equal((await phone.entry(2)).state, 'done')
})

test('signed out: sending stops, records stay, signing in again sends them', async () => {
  const phone = makePhone()
  await phone.visit()
  phone.user = null
  assert.equal(await phone.outbox.flush(), 'signed_out')
  phone.user = { id: 'ann' }
  phone.answers.sync = [() => ({ is: 'signed_out' })]
  assert.equal(await phone.outbox.flush(), 'signed_out')
  const entry = await phone.entry(1)
  assert.deepEqual([entry.state, entry.attempts], ['queued', 0])
  assert.equal(await phone.outbox.flush(), 'idle')
})

test('records belong to their maker and never travel under another name', async () => {
  const phone = makePhone()
  await phone.observe(2, {}, 'bob')
  await phone.observe(3)
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'queued', 3: 'done' })
  assert.equal(phone.server.has(UUID(2)), false)
})

test('one record refused does not hold up the rest', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.observe(3)
  phone.answers.sync = [() => ok({ results: [
    { id: UUID(2), status: 422, problem: { code: 'invalid', detail: 'Write 1 to 5.' } }, { id: UUID(3), status: 201, revision: 1 },
  ] })]
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'rejected', 3: 'done' })
  assert.equal((await phone.entry(2)).problem.detail, 'Write 1 to 5.')
  await phone.store.changeEntry(UUID(2), retried)
  await phone.outbox.flush()
  assert.equal((await phone.entry(2)).state, 'done')
})

test('a batch refused as a whole is searched by halves', async () => {
  const phone = makePhone()
  for (const number of [2, 3, 4, 5]) await phone.observe(number)
  const { sync } = phone.api
  phone.api.sync = (body) => (body.observations.some((one) => one.id === UUID(4))
    ? { is: 'refused', status: 413, problem: { detail: 'Too large.' } } : sync(body))
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'done', 3: 'done', 4: 'rejected', 5: 'done' })
})

test('two versions: both are kept, and either choice settles it', async () => {
  for (const [choice, note] of [[keptMine, 'mine'], [(entry) => keptTheirs(entry, 1), 'theirs']]) {
    const phone = makePhone()
    await phone.observe(2)
    await phone.outbox.flush()
    for (const revision of [2, 3, 4]) receive(phone, { ...phone.server.get(UUID(2)), revision, base_revision: revision - 1, note: 'theirs' })
    await phone.edit('observation', 2, { note: 'mine' })
    await phone.outbox.flush()
    const entry = await phone.entry(2)
    assert.deepEqual([entry.state, entry.current.body.note, entry.current.revision], ['conflict', 'theirs', 4])
    assert.equal((await phone.store.get('observation', UUID(2))).body.note, 'mine')
    await phone.store.changeEntry(UUID(2), choice)
    await phone.outbox.flush()
    assert.equal((await phone.entry(2)).state, 'done')
    assert.equal(phone.server.get(UUID(2)).note, note)
  }
})

test('a photo refused is shown, the others go; a photo interrupted waits alone', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  await phone.photo(12, 2, 20)
  phone.answers.putMedium = [() => ({ is: 'refused', status: 415, problem: { detail: 'Not a picture.' } })]
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'done', 11: 'rejected', 12: 'done' })
  await phone.photo(13, 2, 30)
  phone.answers.putMedium = later()
  assert.equal(await phone.outbox.flush(), 'later')
  assert.equal((await phone.entry(2)).state, 'done')
  assert.equal(waiting(await phone.store.entries()).size, 1, 'a record and its photos are one thing that waits')
})

test('what the receipt does not list goes again, a few times, and then rests', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  phone.answers.receipt = () => ok({ visit: { id: UUID(1) }, observations: [{ id: UUID(2) }], photos: [] })
  for (let round = 0; round < 6; round += 1) {
    await phone.outbox.flush()
    phone.time += 120_000
  }
  assert.equal(named(phone, 'putMedium').length, 4)
  assert.ok((await phone.entry(2)).receipt_at)
})

test('marks of the server stay with the record', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [() => ok({ results: [{ id: UUID(2), status: 201, revision: 1, marks: ['journey_changed'] }] })]
  await phone.outbox.flush()
  assert.deepEqual((await phone.entry(2)).marks, ['journey_changed'])
})

test('more than 200 records go in several batches', async () => {
  const phone = makePhone()
  for (let number = 100; number < 305; number += 1) await phone.observe(number)
  await phone.outbox.flush()
  assert.deepEqual(named(phone, 'sync').map(([, body]) => body.observations.length), [200, 5])
})
