// Sends what waits: words first in batches, then photos and voice notes one by one, smallest first. It is handed the
// store, the api and the clock, so that all of it runs in a test without a browser. One sender at a time, over all tabs,
// by a lock.
/** @import { Answer, Api, Change, Entry, Flight, MediumEntry, Message, News, Problem } from '../record/types.d.ts' */
/** @import { Result, Store, WordEntry, WordKind } from '../record/types.d.ts' */
import { accepted, isDue, isMedium, launch, postponed, quarrelled, rejected, requeued } from '../record/entries.js'
import { fetchReceipts } from './receipts.js'
import { stamp } from '../record/times.js'

const BATCH = 200

/** @typedef {{ store: Store, api: Api, now: () => number, random: () => number, report: (news: News) => void }} Deps */
/** @typedef {'idle' | 'later' | 'signed_out'} Ended */

/**
 * `now`: milliseconds. `lock(work)`: runs work unless another sender is at it. `report(news)`: how it goes, for screens.
 * @param {{
 *   store: Store, api: Api, now?: () => number, random?: () => number, report?: (news: News) => void,
 *   lock: (work: () => Promise<Ended>) => Promise<Ended | 'busy'>,
 * }} given
 */
export function makeOutbox({ store, api, now = Date.now, random = Math.random, lock, report = () => {} }) {
  const deps = { store, api, now, random, report }
  return {
    /** One pass over everything due. Returns how it ended. */
    flush: async () => {
      const ended = await lock(() => pass(deps))
      report({ is: ended })
      return ended
    },
  }
}

/** @param {Deps} deps @returns {Promise<Ended>} */
async function pass(deps) {
  const session = await deps.api.session()
  if (session.is !== 'ok') return 'later'
  const { user, server_time } = session.body
  if (!user) return 'signed_out'
  await deps.store.setMeta('skew', Date.parse(server_time) - deps.now())
  await reviveOrphans(deps)
  return await sendWords(deps, user.id) ?? await sendMedia(deps, user.id) ?? await fetchReceipts(deps, user.id) ?? 'idle'
}

/** "sending", seen while we hold the lock, means its sender died in the middle. @param {Deps} deps */
async function reviveOrphans({ store }) {
  const orphans = (await store.entries()).filter((entry) => entry.state === 'sending')
  if (orphans.length) await store.changeEntries(orphans.map((entry) => entry.id), requeued)
}

/**
 * Everything of this person that may go now. Records belong to their maker and never travel under another name.
 * @param {Deps} deps @param {string} person
 */
async function due({ store, now }, person) {
  return (await store.entries()).filter((entry) => entry.maker === person && isDue(entry, now()))
}

/** @param {Deps} deps @param {string} person */
async function sendWords(deps, person) {
  let size = BATCH
  for (;;) {
    const ready = (await due(deps, person)).filter((entry) => !isMedium(entry)).sort(visitsFirst).slice(0, size)
    if (ready.length === 0) return null
    deps.report({ is: 'sending', done: 0, of: ready.length })
    const stopped = await sendBatch(deps, ready, person)
    if (stopped === 'halve') size = Math.max(1, Math.floor(ready.length / 2))
    else if (stopped) return stopped
  }
}

/** @param {Entry} one @param {Entry} other */
function visitsFirst(one, other) {
  return (one.kind === 'visit' ? 0 : 1) - (other.kind === 'visit' ? 0 : 1) || one.queued_at - other.queued_at
}

/** @param {Deps} deps @param {WordEntry[]} ready @param {string} person */
async function sendBatch(deps, ready, person) {
  // Written down as sending, with their exact content, before a single byte leaves.
  const taken = await deps.store.takeOff(ready, (old, body) => (old.state === 'queued' ? launch(old, body) : old))
  const flying = taken.filter(isFlying)
  if (flying.length === 0) return null
  const answer = await deps.api.sync(asMessage(flying, deps.now()), person)
  if (answer.is === 'ok') return landAll(deps, flying, answer.body.results ?? [])
  if (answer.is === 'signed_out') {
    await deps.store.changeEntries(flying.map((entry) => entry.id), underWay(requeued))
    return 'signed_out'
  }
  if (answer.is === 'refused') return refusedBatch(deps, flying, answer)
  await postpone(deps, flying, answer.retryAfter)
  return 'later'
}

/** @typedef {Entry & { flight: Flight }} Flying */
/** @param {Entry} entry @returns {entry is Flying} */
function isFlying(entry) {
  return entry.state === 'sending' && entry.flight !== null
}

/**
 * With the time on this phone, so that the server can tell by how much its clock is wrong.
 * @param {Flying[]} flying @param {number} now @returns {Message}
 */
function asMessage(flying, now) {
  const wire = (/** @type {Flying} */ { id, flight }) => ({
    ...flight.body, id, revision: flight.revision, base_revision: flight.base_revision,
  })
  const of = (/** @type {WordKind} */ kind) => flying.filter((entry) => entry.kind === kind).map(wire)
  return { sent_at: stamp(now), visits: of('visit'), observations: of('observation') }
}

/** @param {Deps} deps @param {Flying[]} flying @param {Result[]} results */
async function landAll({ store, now, random }, flying, results) {
  const answers = new Map(results.map((result) => [result.id, result]))
  const flown = new Map(flying.map((entry) => [entry.id, entry.flight.revision]))
  await store.changeEntries([...flown.keys()], (old) => (
    old.flight?.revision === flown.get(old.id) ? landed(old, answers.get(old.id), now(), random) : old
  ))
  return null
}

/** @param {Entry} entry @param {Result | undefined} result @param {number} now @param {() => number} random */
function landed(entry, result, now, random) {
  if (!result || result.status >= 500) return postponed(entry, now, { random })
  if (result.status === 200 || result.status === 201) return accepted(entry, result, now)
  if (result.status === 409) return quarrelled(entry, result.problem?.current ?? result.current, result.problem)
  return rejected(entry, result.problem ?? { status: result.status })
}

/**
 * A whole batch refused: one record in it may be to blame, so look for it by halves; the rest must not wait.
 * @param {Deps} deps @param {Flying[]} flying @param {{ status: number, problem: Problem }} answer
 * @returns {Promise<'halve' | 'later' | null>}
 */
async function refusedBatch(deps, flying, { status, problem }) {
  if (status === 403) {
    await postpone(deps, flying, 0)
    return 'later'
  }
  if (flying.length > 1) {
    await deps.store.changeEntries(flying.map((entry) => entry.id), underWay(requeued))
    return 'halve'
  }
  await deps.store.changeEntry(flying[0].id, underWay((old) => rejected(old, problem)))
  return null
}

/** @param {Deps} deps @param {Flying[]} flying @param {number} [retryAfter] */
async function postpone({ store, now, random }, flying, retryAfter) {
  await store.changeEntries(
    flying.map((entry) => entry.id), underWay((old) => postponed(old, now(), { retryAfter, random })),
  )
}

/**
 * Where a browser has no locks, another tab may have been quicker; what it has written down stands.
 * @param {Change<Entry>} step @returns {Change<Entry>}
 */
function underWay(step) {
  return (entry) => (entry.state === 'sending' ? step(entry) : entry)
}

/** @param {Deps} deps @param {string} person */
async function sendMedia(deps, person) {
  const ready = (await due(deps, person)).filter(isMedium).sort((one, other) => one.bytes - other.bytes)
  for (const [index, entry] of ready.entries()) {
    deps.report({ is: 'sending', done: index, of: ready.length })
    const stopped = await sendMedium(deps, entry)
    if (stopped) return stopped
  }
  return null
}

/** @param {Deps} deps @param {MediumEntry} entry */
async function sendMedium({ store, api, now, random }, entry) {
  const [medium, data] = await Promise.all([store.get(entry.kind, entry.id), store.mediumBytes(entry.id)])
  if (!medium || !data) {
    await store.changeEntry(entry.id, (old) => rejected(old, { code: `${entry.kind}_gone` }))
    return null
  }
  await store.changeEntry(entry.id, (old) => ({ ...old, state: 'sending', dirty: false }))
  const answer = await api.putMedium(entry.id, entry.observation_id, data, medium)
  const [step, ended] = mediumLanded(answer, now(), random)
  await store.changeEntry(entry.id, underWay(step))
  return ended
}

/**
 * @param {Answer<{ marks?: string[] }>} answer @param {number} now @param {() => number} random
 * @returns {[step: Change<Entry>, ended: 'signed_out' | 'later' | null]}
 */
function mediumLanded(answer, now, random) {
  if (answer.is === 'signed_out') return [requeued, 'signed_out']
  if (answer.is === 'later') return [(old) => postponed(old, now, { retryAfter: answer.retryAfter, random }), 'later']
  if (answer.is === 'ok') return [(old) => accepted(old, answer.body, now), null]
  return [(old) => rejected(old, answer.problem), null]
}
