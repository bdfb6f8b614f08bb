// The outbox's table of states, row by row: what is so, what happens, what it becomes. What the table calls "auth" is here
// a queued record and a line that says "signed out". Rows that need a real page (typing, pagehide, the open capture) are
// in tests/browser. This file: after the last answer, until a picture may leave the phone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accepted, enqueue } from '../../static/js/phone/record/entries.js'
import { tidy } from '../../static/js/phone/device/free_space.js'
import { later, makePhone, ok, receive, UUID } from './phone.mjs'

const DAY = 24 * 3600 * 1000

test('sending → done: the picture stays until the server has confirmed it twice, a week apart', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 64)
  const here = async () => Boolean(await phone.store.mediumBytes(UUID(11)))
  await phone.outbox.flush()
  assert.deepEqual([await tidy(phone.store), await here()], [0, true], 'a receipt of today is not enough')
  phone.time += 7 * DAY - 1
  await phone.outbox.flush()
  assert.deepEqual([await tidy(phone.store), await here()], [0, true], 'nor is one of six days')
  phone.time += 1
  phone.answers.receipt = later()
  await phone.outbox.flush()
  assert.deepEqual([await tidy(phone.store), await here()], [0, true], 'nor a week without asking again')
  phone.answers.receipt = undefined
  await phone.outbox.flush()
  assert.deepEqual([await tidy(phone.store), await here()], [1, false])
  assert.equal((await phone.store.get('photo', UUID(11))).dropped, true)
  assert.ok((await phone.store.get('observation', UUID(2))).body, 'what was noted stays')
  assert.equal(await tidy(phone.store), 0)
})

test('done, but the server lost it within the week (put back from a backup): everything goes again by itself', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 64)
  await phone.outbox.flush()
  phone.server.clear()
  phone.photos.clear()
  phone.time += 8 * DAY
  phone.answers.receipt = [() => ({ is: 'refused', status: 404, problem: { code: 'not_found' } })]
  await phone.outbox.flush()
  assert.equal(await tidy(phone.store), 0)
  phone.time += 61_000
  await phone.outbox.flush()
  assert.deepEqual([phone.server.size, phone.photos.size, await phone.states()], [2, 1, { 1: 'done', 2: 'done', 11: 'done' }])
  assert.ok((await phone.entry(11)).receipt_at)
})

test('done, wrongly said to be lost, and changed since: what goes again can never quarrel with itself', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  phone.answers.receipt = [() => ({ is: 'refused', status: 404, problem: { code: 'not_found' } })]
  await phone.outbox.flush()
  await phone.edit('observation', 2, { note: 'since' })
  phone.time += 61_000
  await phone.outbox.flush()
  assert.deepEqual([await phone.states(), phone.server.get(UUID(2)).note], [{ 1: 'done', 2: 'done' }, 'since'])
})

test('done, told by a receipt of before a newer answer: it speaks of something else', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.receipt = [async () => {
    await phone.edit('observation', 2, { note: 'since' })
    await phone.store.changeEntry(UUID(2), (entry) => ({ ...entry, state: 'done', dirty: false, acked: 2 }))
    return ok({ visit: null, observations: [{ id: UUID(2), revision: 1 }], photos: [] })
  }]
  await phone.outbox.flush()
  const entry = await phone.entry(2)
  assert.deepEqual([entry.state, entry.acked, entry.receipt_at], ['done', 2, null])
})

test('done: a receipt names the bytes and the number; others’ bytes or an older number are no receipt', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 64)
  await phone.store.change('photo', UUID(11), (photo) => ({ ...photo, sha256: 'aa' }))
  await phone.edit('observation', 2, {})
  const holding = (sha256, revision) => () => ok({
    visit: { id: UUID(1), revision: 1 }, observations: [{ id: UUID(2), revision }], photos: [{ id: UUID(11), sha256 }],
  })
  phone.answers.receipt = holding('bb', 0)
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 1: 'done', 2: 'queued', 11: 'queued' })
  phone.answers.receipt = holding('aa', 1)
  phone.time += 61_000
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 1: 'done', 2: 'done', 11: 'done' })
  assert.ok((await phone.entry(2)).receipt_at && (await phone.entry(11)).receipt_at)
})

test('done, never held: after a few times it rests, without a receipt, and never leaves the phone', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  phone.answers.receipt = () => ok({ visit: { id: UUID(1) }, observations: [{ id: UUID(2) }], photos: [] })
  for (let round = 0; round < 40; round += 1) {
    await phone.outbox.flush()
    await tidy(phone.store)
    phone.time += DAY
  }
  assert.equal((await phone.entry(11)).receipt_at, null)
  assert.ok(await phone.store.mediumBytes(UUID(11)))
})

test('done: a version that came from another phone meanwhile is never built upon unseen', async () => {
  const flying = { ...enqueue(null, { id: 'x', kind: 'visit', maker: 'ann' }, 0), flight: { revision: 1, base_revision: 0, body: {} } }
  assert.equal(accepted(flying, { revision: 2 }, 5).acked, 1)
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [() => {
    const first = phone.calls.at(-1)[1].observations[0]
    receive(phone, first)
    receive(phone, { ...first, revision: 2, base_revision: 1, note: 'theirs' })
    return { is: 'later', retryAfter: 0 }
  }, () => ok({ results: [{ id: UUID(2), status: 200, revision: 2, marks: [] }] })]
  await phone.outbox.flush()
  phone.time += 10_000
  await phone.outbox.flush()
  await phone.edit('observation', 2, { note: 'mine' })
  await phone.outbox.flush()
  assert.deepEqual([(await phone.entry(2)).state, phone.server.get(UUID(2)).note], ['conflict', 'theirs'])
})
