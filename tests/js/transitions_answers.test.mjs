// The outbox's table of states, row by row: what is so, what happens, what it becomes. What the table calls "auth" is here
// a queued record and a line that says "signed out". Rows that need a real page (typing, pagehide, the open capture) are
// in tests/browser. This file: what the other end says, and what follows.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeApi } from '../../static/js/phone/device/api.js'
import { enqueue, isDue, keptMine, postponed, retried } from '../../static/js/phone/record/entries.js'
import { later, makePhone, ok, receive, UUID } from './phone.mjs'

const DAY = 24 * 3600 * 1000
const PROBLEM = { 'content-type': 'application/problem+json' }
const speaking = (status, body, headers = { 'content-type': 'application/json' }) => makeApi({
  fetch: async () => new Response(body, { status, headers }),
})

test('sending → queued: no network, too slow, too busy or broken; longer each time, never in step, at most five minutes', async () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    assert.equal((await speaking(status, '{}', PROBLEM).sync({})).is, 'later', String(status))
  }
  const entry = enqueue(null, { id: 'x', kind: 'visit', maker: 'ann' }, 0)
  const pauses = [0, 1, 4, 20].map((attempts) => [0, 1].map((luck) => postponed({ ...entry, attempts }, 0, { random: () => luck }).next_at))
  assert.deepEqual(pauses, [[1000, 2000], [2000, 4000], [16_000, 32_000], [150_000, 300_000]])
  assert.equal(postponed(entry, 0, { retryAfter: 600 }).next_at, 600_000)
})

test('sending → queued: the first outage ends the pass, so that order is kept and the rest is not worn out', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  await phone.photo(12, 2, 20)
  phone.answers.putMedium = later()
  assert.equal(await phone.outbox.flush(), 'later')
  assert.deepEqual([(await phone.entry(11)).attempts, (await phone.entry(12)).attempts], [1, 0])
})

test('queued: a clock set back does not hold what waits', () => {
  const entry = postponed(enqueue(null, { id: 'x', kind: 'visit', maker: 'ann' }, 0), 50 * DAY, { random: () => 1 })
  assert.equal(isDue(entry, 50 * DAY + 1999), false)
  assert.equal(isDue(entry, 50 * DAY + 2000), true)
  assert.equal(isDue(entry, 3 * DAY), true)
})

test('sending → signed out: 401 on words and on photos stops everything and blames nothing', async () => {
  assert.equal((await speaking(401, '{}', PROBLEM).sync({})).is, 'signed_out')
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  phone.answers.putMedium = [() => ({ is: 'signed_out' })]
  assert.equal(await phone.outbox.flush(), 'signed_out')
  const entry = await phone.entry(11)
  assert.deepEqual([entry.state, entry.attempts, entry.next_at], ['queued', 0, 0])
  assert.equal(await phone.outbox.flush(), 'idle')
})

test('a redirect, a hotel’s welcome or a proxy’s page is neither a yes nor a no', async () => {
  const html = { 'content-type': 'text/html' }
  for (const status of [200, 403, 404, 405, 511]) {
    assert.equal((await speaking(status, '<h1>Welcome</h1>', html).sync({})).is, 'later', String(status))
  }
  const redirecting = makeApi({ fetch: async (_address, { redirect }) => {
    if (redirect === 'error') throw new TypeError('redirected')
    return new Response('{}')
  } })
  assert.equal((await redirecting.sync({})).is, 'later')
})

test('bytes damaged under way go again; too large stays too large, whoever says so', async () => {
  assert.equal((await speaking(400, '{"code": "bad_digest"}', PROBLEM).putMedium('f', 'o', new ArrayBuffer(1), {})).is, 'later')
  assert.equal((await speaking(413, 'Too Large', { 'content-type': 'text/html' }).putMedium('f', 'o', new ArrayBuffer(1), {})).is, 'refused')
})

test('sending → queued: a 403 for a whole batch is about the request, not about the records', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.observe(3)
  phone.answers.sync = [() => ({ is: 'refused', status: 403, problem: { code: 'cross_site' } })]
  assert.equal(await phone.outbox.flush(), 'later')
  assert.deepEqual(await phone.states(), { 2: 'queued', 3: 'queued' })
  phone.time += 10_000
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'done', 3: 'done' })
})

test('sending → conflict: both versions are here, an edit meanwhile joins mine, a person chooses', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.outbox.flush()
  receive(phone, { ...phone.server.get(UUID(2)), revision: 2, base_revision: 1, note: 'theirs' })
  await phone.edit('observation', 2, { note: 'mine' })
  await phone.outbox.flush()
  const entry = await phone.entry(2)
  assert.deepEqual([entry.state, entry.current.body.note], ['conflict', 'theirs'])
  assert.equal((await phone.store.get('observation', UUID(2))).body.note, 'mine')
  await phone.edit('observation', 2, { note: 'mine, again' })
  await phone.outbox.flush()
  assert.equal((await phone.entry(2)).state, 'conflict', 'nothing goes before somebody has chosen')
  await phone.store.changeEntry(UUID(2), keptMine)
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [3, 'mine, again'])
})

test('sending → rejected: 413, 415 and 422 are shown with the server’s words, and the rest goes on', async () => {
  for (const status of [413, 415, 422]) {
    const phone = makePhone()
    await phone.observe(2)
    await phone.observe(3)
    await phone.photo(11, 3, 10)
    await phone.photo(12, 3, 20)
    const { sync } = phone.api
    const no = { is: 'refused', status, problem: { status, code: 'x', detail: 'A sentence.', errors: [{ path: 'note' }] } }
    phone.api.sync = (body) => (body.observations.some((one) => one.id === UUID(2)) ? no : sync(body))
    phone.answers.putMedium = [() => no]
    await phone.outbox.flush()
    assert.deepEqual(await phone.states(), { 2: 'rejected', 3: 'done', 11: 'rejected', 12: 'done' }, String(status))
    assert.equal((await phone.entry(2)).problem.errors[0].path, 'note')
  }
})

test('rejected → queued: Edit sends the new content, Try again the same; both start afresh', async () => {
  for (const way of ['edit', 'retry']) {
    const phone = makePhone()
    await phone.observe(2)
    phone.answers.sync = [() => ok({ results: [{ id: UUID(2), status: 422, problem: { code: 'invalid' } }] })]
    await phone.outbox.flush()
    if (way === 'edit') await phone.edit('observation', 2, { note: 'better' })
    else await phone.store.changeEntry(UUID(2), retried)
    const entry = await phone.entry(2)
    assert.deepEqual([entry.state, entry.attempts, entry.next_at, entry.problem], ['queued', 0, 0, null])
    await phone.outbox.flush()
    assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [1, way === 'edit' ? 'better' : null])
  }
})
