// The outbox's table of states, row by row: what is so, what happens, what it becomes. What the table calls "auth" is here
// a queued record and a line that says "signed out". Rows that need a real page (typing, pagehide, the open capture) are
// in tests/browser. This file: on the way.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeApi } from '../../static/js/phone/device/api.js'
import { makeObservation, makeVisit } from '../../static/js/phone/record/records.js'
import { later, makePhone, UUID } from './phone.mjs'

const DAY = 24 * 3600 * 1000
const PROBLEM = { 'content-type': 'application/problem+json' }

test('draft → queued: capture belongs to whoever signed in last; without one nothing can be noted', async () => {
  assert.throws(() => makeVisit({ id: 'v', now: 0 }), /without its maker/)
  assert.throws(() => makeObservation({ id: 'o', visit_id: 'v', now: 0 }), /without its maker/)
  const phone = makePhone()
  await phone.store.put({ id: UUID(2), kind: 'observation', visit_id: UUID(1), body: {} })
  await assert.rejects(phone.edit('observation', 2, { note: 'whose?' }), /without its maker/)
  assert.deepEqual([(await phone.store.entries()).length, (await phone.store.get('observation', UUID(2))).body.note], [0, undefined])
})

test('queued → sending: written down with its content before a byte leaves', async () => {
  const phone = makePhone()
  await phone.observe(2, {})
  await phone.photo(11, 2, 10)
  const seen = []
  phone.answers.sync = async () => { seen.push(await phone.entry(2)); return { is: 'later', retryAfter: 0 } }
  await phone.outbox.flush()
  phone.answers.sync = undefined
  phone.answers.putMedium = async () => { seen.push(await phone.entry(11)); return { is: 'later', retryAfter: 0 } }
  phone.time += DAY
  await phone.outbox.flush()
  assert.deepEqual(seen.map((entry) => entry.state), ['sending', 'sending'])
  assert.deepEqual([seen[0].flight.revision, seen[0].flight.body.id], [1, UUID(2)])
})

test('queued → sending: a tap at the very moment of take-off is not forgotten', async () => {
  for (let moment = 0; moment < 30; moment += 1) {
    const phone = makePhone()
    await phone.observe(2)
    const flying = phone.outbox.flush()
    for (let turn = 0; turn < moment; turn += 1) await new Promise(setImmediate)
    await phone.edit('observation', 2, { note: `tap ${moment}` })
    await flying
    await phone.outbox.flush()
    assert.equal(phone.server.get(UUID(2)).note, `tap ${moment}`)
  }
})

test('queued, another person signed in: left alone, words, photos and receipts', async () => {
  const phone = makePhone({ person: 'ann', user: { id: 'bob' } })
  await phone.visit()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  assert.equal(await phone.outbox.flush(), 'idle')
  assert.deepEqual(phone.calls.map(([name]) => name), ['session'])
  assert.deepEqual(await phone.states(), { 1: 'queued', 2: 'queued', 11: 'queued' })
  phone.user = { id: 'ann' }
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 1: 'done', 2: 'done', 11: 'done' })
})

test('sending, another person signs in meanwhile: every request says whose records it carries', async () => {
  const seen = []
  const api = makeApi({ fetch: async (_address, { headers }) => {
    seen.push(headers['Shadowing-Person'])
    return new Response('{}', { status: 401, headers: PROBLEM })
  } })
  const answers = [await api.sync({}, 'ann'), await api.putMedium('f', 'o', new ArrayBuffer(1), { type: 'image/jpeg', maker: 'ann' }), await api.receipt('v', 'ann')]
  assert.deepEqual([seen, answers.map((one) => one.is)], [['ann', 'ann', 'ann'], ['signed_out', 'signed_out', 'signed_out']])
  const phone = makePhone()
  await phone.observe(2)
  await phone.outbox.flush()
  assert.deepEqual(['sync', 'receipt'].map((what) => phone.calls.find(([name]) => name === what)[2]), ['ann', 'ann'])
})

test('sending, words taken but the photo not: only the photo goes again', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  phone.answers.putMedium = [later()]
  await phone.outbox.flush()
  assert.deepEqual(await phone.states(), { 2: 'done', 11: 'queued' })
  phone.time += 10_000
  await phone.outbox.flush()
  assert.deepEqual(phone.calls.map(([name]) => name), ['session', 'sync', 'putMedium', 'session', 'putMedium', 'receipt'])
})

test('sending, sender dead: the next one sends the same again, and the server has it once', async () => {
  const phone = makePhone()
  await phone.observe(2)
  await phone.photo(11, 2, 10)
  const usual = { ...phone.api }
  const never = new Promise(() => {})
  phone.api.sync = async (...given) => { await usual.sync(...given); return never }
  phone.outbox.flush()
  while (!phone.server.has(UUID(2))) await new Promise(setImmediate)
  Object.assign(phone.api, usual)
  phone.api.putMedium = async (...given) => { await usual.putMedium(...given); return never }
  phone.outbox.flush()
  while (!phone.photos.has(UUID(11))) await new Promise(setImmediate)
  Object.assign(phone.api, usual)
  assert.equal((await phone.entry(11)).state, 'sending')
  await phone.outbox.flush()
  assert.deepEqual([await phone.states(), phone.server.get(UUID(2)).revision], [{ 2: 'done', 11: 'done' }, 1])
})

test('another sender holds the lock: nothing is touched', async () => {
  const phone = makePhone({ lock: () => 'busy' })
  await phone.observe(2)
  assert.equal(await phone.outbox.flush(), 'busy')
  assert.deepEqual([phone.calls, await phone.states()], [[], { 2: 'queued' }])
})
