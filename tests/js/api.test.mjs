import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { makeApi } from '../../static/js/phone/device/api.js'

function answering(status, body, headers = {}) {
  const seen = []
  const fetch = async (address, options) => {
    seen.push({ address, ...options })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return new Response(status === 304 ? null : text, { status, headers: { 'content-type': 'application/json', ...headers } })
  }
  return { api: makeApi({ fetch }), seen }
}

test('only JSON counts as an acknowledgement: a sign-in page or a hotel’s welcome does not', async () => {
  const html = answering(200, '<h1>Welcome</h1>', { 'content-type': 'text/html' })
  assert.equal((await html.api.sync({})).is, 'later')
  const good = answering(200, { results: [] })
  assert.deepEqual((await good.api.sync({})).body, { results: [] })
  assert.equal(good.seen[0].redirect, 'error')
})

test('each status becomes one of five outcomes', async () => {
  const outcome = async (status, headers) => (await answering(status, { detail: 'x' }, headers).api.session()).is
  assert.deepEqual(await Promise.all([200, 304, 401, 403, 409, 413, 422, 429, 500, 503].map((status) => outcome(status))),
    ['ok', 'unchanged', 'signed_out', 'refused', 'refused', 'refused', 'refused', 'later', 'later', 'later'])
})

test('the server’s wish to wait is heard, and its sentence is kept', async () => {
  assert.equal((await answering(503, {}, { 'retry-after': '120' }).api.session()).retryAfter, 120)
  const refused = await answering(422, { code: 'invalid', detail: 'Write 1 to 5.' }, { 'content-type': 'application/problem+json' }).api.sync({})
  assert.deepEqual([refused.status, refused.problem.detail], [422, 'Write 1 to 5.'])
})

test('no network is not an exception', async () => {
  const api = makeApi({ fetch: async () => { throw new TypeError('Failed to fetch') } })
  assert.deepEqual(await api.session(), { is: 'later', retryAfter: 0 })
})

test('a photo and a voice note travel with their fingerprint, the carry with its tag', async () => {
  const { api, seen } = answering(201, {})
  await api.putMedium('f', 'o', new ArrayBuffer(3), { kind: 'photo', type: 'image/jpeg', sha256: '00ff' })
  assert.equal(seen[0].address, '/api/v1/photos/f?observation=o')
  assert.equal(seen[0].headers['Content-Digest'], 'sha-256=:AP8=:')
  await api.putMedium('s', 'o', new ArrayBuffer(3), { kind: 'sound', type: 'audio/webm', sha256: '00ff' })
  assert.deepEqual([seen[1].address, seen[1].headers['Content-Type']], ['/api/v1/sounds/s?observation=o', 'audio/webm'])
  await api.carry('"7"')
  assert.equal(seen[2].headers['If-None-Match'], '"7"')
})

test('words travel gzipped, and plain to a server that cannot unpack them', async () => {
  const { api, seen } = answering(200, { results: [] })
  await api.sync({ visits: ['字'.repeat(500)] }, '7')
  const { body, headers } = seen[0]
  assert.deepEqual([headers['Content-Encoding'], headers['Shadowing-Person'], seen.length], ['gzip', '7', 1])
  assert.deepEqual(JSON.parse(gunzipSync(Buffer.from(body))), { visits: ['字'.repeat(500)] })
  for (const status of [400, 415]) {
    const older = answering(status, { code: 'not_json' })
    await older.api.sync({ visits: [] })
    assert.deepEqual(older.seen.map((one) => [one.headers['Content-Encoding'], typeof one.body]), [['gzip', 'object'], [undefined, 'string']])
  }
})
