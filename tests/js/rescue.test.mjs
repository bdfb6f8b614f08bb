import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enqueue } from '../../static/js/phone/record/entries.js'
import { makeRescue } from '../../static/js/phone/device/rescue.js'
import { later, makePhone, ok, receive, UUID } from './phone.mjs'

async function linesOf(phone) {
  const { blob } = await makeRescue({ store: phone.store, now: phone.now, from: 'http://here', people: { ann: 'Ann' } })
  return (await blob.text()).trimEnd().split('\n').map((one) => JSON.parse(one))
}

test('the file holds everything unsent, whole, under its maker, and says how much that is', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.observe(2, { note: '“排队” \u{1F6B6}' })
  await phone.observe(3, {}, 'bob')
  await phone.photo(11, 2, 100_000)
  const [head, ...rest] = await linesOf(phone)
  assert.deepEqual([head.format, head.version, head.lines, head.people], ['shadowing-rescue', 1, 4, { ann: 'Ann' }])
  assert.deepEqual(rest.map((one) => [Object.keys(one)[0], one.maker]),
    [['visit', 'ann'], ['observation', 'ann'], ['observation', 'bob'], ['photo', 'ann'], ['end', undefined]])
  assert.deepEqual([rest[0].visit.id, rest[0].visit.revision, rest[0].visit.base_revision], [UUID(1), 1, 0])
  assert.equal(Buffer.from(rest[3].data, 'base64').length, 100_000)
  assert.equal(rest[4].end, 5)
})

test('what has been sent is not in it; when nothing waits there is no file', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.outbox.flush()
  assert.equal((await makeRescue({ store: phone.store })).blob, null)
})

test('after the file was made, the phone still sends everything, and nothing quarrels with what was carried by hand', async () => {
  const phone = makePhone()
  await phone.observe(2)
  const lines = await linesOf(phone)
  await phone.edit('observation', 2, { note: 'noted after the file' })
  receive(phone, lines[1].observation)
  await phone.outbox.flush()
  assert.equal((await phone.entry(2)).state, 'done')
  assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [2, 'noted after the file'])
})

test('content whose fate is unknown goes first, what was noted since as the next number', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [later()]
  await phone.outbox.flush()
  await phone.edit('observation', 2, { note: 'since' })
  const lines = await linesOf(phone)
  assert.deepEqual(lines.slice(1, 3).map(({ observation }) => [observation.revision, observation.base_revision, observation.note]), [[1, 0, null], [2, 1, 'since']])
  for (const { observation } of lines.slice(1, 3)) receive(phone, observation)
  phone.time += 60_000
  await phone.outbox.flush()
  assert.deepEqual([(await phone.entry(2)).state, phone.server.get(UUID(2)).revision], ['done', 2])
})

test('what waits for a person’s word is in it too and may still be changed', async () => {
  const phone = makePhone()
  await phone.observe(2)
  phone.answers.sync = [() => ok({ results: [{ id: UUID(2), status: 422, problem: { code: 'invalid' } }] })]
  await phone.outbox.flush()
  assert.equal((await linesOf(phone))[1].observation.id, UUID(2))
  await phone.edit('observation', 2, { note: 'better' })
  await phone.outbox.flush()
  assert.deepEqual([phone.server.get(UUID(2)).revision, phone.server.get(UUID(2)).note], [1, 'better'])
})

test('acknowledged but never held by the server: still in the file', async () => {
  const phone = makePhone()
  await phone.visit()
  await phone.outbox.flush()
  await phone.store.changeEntry(UUID(1), (entry) => ({ ...entry, rested: true }))
  assert.equal((await linesOf(phone))[1].visit.id, UUID(1))
})

test('every length of picture comes back byte for byte', async () => {
  const phone = makePhone()
  await phone.observe(2)
  for (const [number, length] of [1, 2, 3, 32_765, 32_766, 32_767, 65_533].entries()) {
    const data = Uint8Array.from({ length }, (_, at) => (at * 31 + number) & 255).buffer
    const photo = { id: UUID(20 + number), kind: 'photo', observation_id: UUID(2), visit_id: UUID(1), maker: 'ann', bytes: length, type: 'image/jpeg', sha256: null }
    await phone.store.addMedium(photo, data, (old) => old, (old, made) => enqueue(old, made, 0))
    const line = (await linesOf(phone)).find((one) => one.photo?.id === photo.id)
    assert.ok(Buffer.from(line.data, 'base64').equals(Buffer.from(data)), String(length))
  }
})
