// One outbox entry per record, photo or voice note, and the steps it can take. Pure: an entry in, an entry out.
//
//   queued → sending → done | queued (later) | conflict | rejected;   rejected, conflict → queued by a person
//
// `flight` is the exact content of the last attempt whose fate is unknown. It is sent again unchanged until the server
// answers, and only then may newer content follow as the next revision: so the server never sees two contents under
// one number, and a lost reply never looks like a quarrel with oneself.

/** @import { Body, Current, Entry, EntryState, Kind, MediumEntry, Problem } from './types.d.ts' */

const MOST = 5 * 60_000
/** @type {EntryState[]} */
export const STATES = ['queued', 'sending', 'done', 'conflict', 'rejected']

/**
 * Puts a record in line, or marks the one already there as changed.
 * @param {Entry | undefined} old
 * @param {{ id: string, kind: Kind, maker: string, visit_id: string, observation_id?: string, bytes?: number }} record
 * @param {number} now @returns {Entry}
 */
export function enqueue(old, { id, kind, maker, visit_id, observation_id, bytes = 0 }, now) {
  if (!old) {
    if (!maker) throw new TypeError('a record without its maker') // it could go out under anybody's name
    return {
      id, kind, maker, visit_id, observation_id: observation_id ?? null, bytes, state: 'queued', dirty: true, acked: 0,
      flight: null, attempts: 0, next_at: 0, queued_at: now, sent_at: null, marks: [], problem: null, current: null,
    }
  }
  const state = old.state === 'sending' || old.state === 'conflict' ? old.state : 'queued'
  return { ...old, state, dirty: true, attempts: 0, next_at: 0, problem: null, queued_at: now }
}

/**
 * Its time has come. Where the clock was set back since the last try, that time means nothing and it goes at once.
 * @param {Entry} entry @param {number} now
 */
export function isDue(entry, now) {
  return entry.state === 'queued' && (entry.next_at <= now || now < (entry.tried_at ?? 0))
}

/**
 * Ready to go: the content under its revision, kept as long as the answer is unknown.
 * @param {Entry} entry @param {Body} body @returns {Entry}
 */
export function launch(entry, body) {
  const flight = entry.flight ?? { revision: entry.acked + 1, base_revision: entry.acked, body }
  return { ...entry, state: 'sending', flight, dirty: entry.flight ? entry.dirty : false }
}

/**
 * The server has it. A higher number in its answer is another phone's doing: we have not seen that version, so we go on
 * from our own number, and a later edit here meets it as two versions instead of covering it.
 * @param {Entry} entry @param {{ marks?: string[] }} answer @param {number} now @returns {Entry}
 */
export function accepted(entry, { marks }, now) {
  return {
    ...entry, state: entry.dirty ? 'queued' : 'done', acked: entry.flight?.revision ?? entry.acked, flight: null, attempts: 0,
    next_at: 0, sent_at: now, receipt_at: null, settled_at: null, marks: marks ?? [], problem: null, current: null,
  }
}

/**
 * Somebody else changed it too. Both versions are kept; a person chooses.
 * @param {Entry} entry @param {Current | undefined} current @param {Problem} [problem] @returns {Entry}
 */
export function quarrelled(entry, current, problem) {
  return { ...entry, state: 'conflict', flight: null, dirty: true, current, problem: problem ?? null }
}

/** @param {Entry} entry @param {Problem} [problem] @returns {Entry} */
export function rejected(entry, problem) {
  return { ...entry, state: 'rejected', flight: null, dirty: true, problem: problem ?? null }
}

/**
 * Not now: wait longer each time, never in step with other phones, and as long as the server asks.
 * @param {Entry} entry @param {number} now @param {{ retryAfter?: number, random?: () => number }} [how] @returns {Entry}
 */
export function postponed(entry, now, { retryAfter = 0, random = Math.random } = {}) {
  const attempts = entry.attempts + 1
  const pause = Math.min(MOST, 1000 * 2 ** attempts) * (0.5 + random() / 2)
  return { ...entry, state: 'queued', attempts, tried_at: now, next_at: now + Math.max(pause, retryAfter * 1000) }
}

/** Back in line without blame: the sender died, or sign-in is needed first. @param {Entry} entry @returns {Entry} */
export function requeued(entry) {
  return { ...entry, state: 'queued' }
}

/** @param {Entry} entry @returns {Entry} */
export function retried(entry) {
  return { ...entry, state: 'queued', dirty: true, attempts: 0, next_at: 0, problem: null }
}

/** Keep mine: my content goes again, on top of what the server holds now. @param {Entry} entry @returns {Entry} */
export function keptMine(entry) {
  return { ...retried(entry), acked: /** @type {Current} */ (entry.current).revision, flight: null, current: null }
}

/**
 * Keep theirs: the server's content becomes mine; nothing is left to send.
 * @param {Entry} entry @param {number} now @returns {Entry}
 */
export function keptTheirs(entry, now) {
  return {
    ...entry, state: 'done', dirty: false, acked: /** @type {Current} */ (entry.current).revision,
    flight: null, current: null, problem: null, sent_at: now, receipt_at: null, settled_at: null,
  }
}

/** What has bytes beside its facts, and goes after the words. @param {Entry} entry @returns {entry is MediumEntry} */
export function isMedium(entry) {
  return entry.kind === 'photo' || entry.kind === 'sound'
}

/** What waits, counted as people count: a record and its photos are one thing. @param {Entry[]} entries */
export function waiting(entries) {
  return new Set(entries.filter((one) => one.state !== 'done').map((one) => one.observation_id ?? one.id))
}

/** @param {Entry} entry */
export function needsPerson(entry) {
  return entry.state === 'conflict' || entry.state === 'rejected'
}
