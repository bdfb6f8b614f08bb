// The only module that knows fetch. Every answer becomes one of five plain outcomes:
//   { is: 'ok', status, body, etag }     the server has spoken JSON and means yes
//   { is: 'unchanged' }                  304
//   { is: 'signed_out' }                 401: nobody is signed in, or somebody else
//   { is: 'later', retryAfter }          no network, too slow, too busy, damaged under way, or not our server speaking
//   { is: 'refused', status, problem }   a lasting no, with the server's sentence

/** @import { Answer, Carry, Echo, Medium, Message, Problem, Receipt, Result, Session } from '../record/types.d.ts' */
import { contentDigest } from '../record/ids.js'

const QUICK = 10_000
const SLOW = 60_000
const BUSY = new Set([408, 425, 429])
const UNPACKED = new Set([400, 415])

/** @typedef {Omit<RequestInit, 'headers'> & { headers?: Record<string, string>, timeout?: number }} Call */

/** @param {{ fetch?: typeof globalThis.fetch, base?: string }} [given] */
export function makeApi({ fetch = globalThis.fetch.bind(globalThis), base = '/api/v1' } = {}) {
  /** @template T @param {string} path @param {Call} [how] @returns {Promise<Answer<T>>} */
  const call = (path, { timeout = QUICK, ...options } = {}) => request(fetch, base + path, timeout, options)
  return {
    /** @returns {Promise<Answer<Session>>} */
    session: () => call('/session'),
    /** @param {string | null} [etag] @returns {Promise<Answer<Carry>>} */
    carry: (etag) => call('/carry', { headers: etag ? { 'If-None-Match': etag } : {} }),
    /** @param {Message} body @param {string} maker @returns {Promise<Answer<{ results?: Result[] }>>} */
    sync: async (body, maker) => {
      const text = JSON.stringify(body)
      const post = { method: 'POST', timeout: SLOW }
      const headers = { 'Content-Type': 'application/json', ...ofPerson(maker) }
      const small = await packed(text)
      const answer = small && await call('/sync', { ...post, body: small, headers: { ...headers, 'Content-Encoding': 'gzip' } })
      // A server put back to an older version cannot unpack; that is no verdict on what was noted.
      return answer && !UNPACKED.has(answer.status ?? 0) ? answer : call('/sync', { ...post, body: text, headers })
    },
    /**
     * `medium`: the facts of a photo or a voice note.
     * @param {string} id @param {string | null} observation @param {ArrayBuffer} data @param {Medium} medium
     * @returns {Promise<Answer<{ marks?: string[] }>>}
     */
    putMedium: (id, observation, data, medium) => call(`/${medium.kind}s/${id}?observation=${observation}`, {
      method: 'PUT', timeout: SLOW, body: data, headers: { ...ofPerson(medium.maker), ...mediumHeaders(medium) },
    }),
    /** What this person's records are sealed with on this phone. @param {string} phone @returns {Promise<Answer<{ key: string }>>} */
    phoneKey: (phone) => call(`/phones/${phone}/key`, { method: 'PUT' }),
    /** @returns {Promise<Answer<Echo>>} */
    echo: () => call('/echo'),
    /** @param {string} visit @param {string} maker @returns {Promise<Answer<Receipt>>} */
    receipt: (visit, maker) => call(`/visits/${visit}/receipt`, { headers: ofPerson(maker) }),
  }
}

/**
 * @template T @param {typeof globalThis.fetch} fetch @param {string} address @param {number} timeout
 * @param {Call} options @returns {Promise<Answer<T>>}
 */
async function request(fetch, address, timeout, options) {
  let reply
  try {
    reply = await fetch(address, {
      // A redirect is a sign-in page or a hotel's welcome: never an acknowledgement.
      redirect: 'error', credentials: 'same-origin', cache: 'no-store',
      signal: AbortSignal.timeout(timeout), ...options, headers: { Accept: 'application/json', ...options.headers },
    })
    return await read(reply)
  } catch {
    return { is: 'later', retryAfter: 0 }
  }
}

/** @template T @param {Response} reply @returns {Promise<Answer<T>>} */
async function read(reply) {
  if (reply.status === 304) return { is: 'unchanged' }
  if (reply.status === 401) return { is: 'signed_out' }
  const type = reply.headers.get('content-type') ?? ''
  const body = /\bjson\b/.test(type) ? await reply.json() : null
  if (reply.ok && body !== null) return { is: 'ok', status: reply.status, body, etag: reply.headers.get('etag') }
  if (reply.ok || reply.status >= 500 || BUSY.has(reply.status) || !lasting(reply.status, body)) {
    return { is: 'later', retryAfter: seconds(reply.headers.get('retry-after')) }
  }
  return { is: 'refused', status: reply.status, problem: body ?? { status: reply.status } }
}

/**
 * A no counts only in our server's own words; 413 may come from the proxy before it, and trying again would not help.
 * @param {number} status @param {Problem | null} body
 */
function lasting(status, body) {
  return status === 413 || (body !== null && body.code !== 'bad_digest')
}

/**
 * Gzipped where the browser can: words shrink to an eighth, and a weak line is what phones have.
 * @param {string} text
 */
function packed(text) {
  if (typeof CompressionStream !== 'function') return null
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
}

/**
 * Whose records these are. Somebody else may have signed in since we asked; then the server answers 401.
 * @param {string} maker @returns {Record<string, string>}
 */
function ofPerson(maker) {
  return maker ? { 'Shadowing-Person': maker } : {}
}

/** @param {Medium} medium */
function mediumHeaders({ type, sha256 }) {
  return { 'Content-Type': type, ...(sha256 ? { 'Content-Digest': contentDigest(sha256) } : {}) }
}

/** Retry-After in seconds, given as a number or as a date. @param {string | null} header */
function seconds(header) {
  if (!header) return 0
  const number = Number(header)
  if (Number.isFinite(number)) return Math.max(0, number)
  return Math.max(0, (Date.parse(header) - Date.now()) / 1000) || 0
}
