// When to send, and who is signed in. The sending itself is outbox.js.
/** @import { Body, Carried, Current, Entry, News, Person, Store, WordEntry } from '../record/types.d.ts' */
import { makeApi } from '../device/api.js'
import { steady } from '../device/steady.js'
import { keptMine, keptTheirs, retried } from '../record/entries.js'
import { replaced } from '../record/content.js'
import { failed, loadAll, loadEntries, meanwhile, queueAll, store, tellOthers } from './local_records.js'
import { settings } from '../state/settings.js'
import { carry, entries, line, myEntries, online, people, person, put, skew } from '../state/signals.js'
import { arrive, chosenElsewhere, tellServer } from './arrivals.js'
import { isStale } from './door.js'
import { eraseTakenBack } from './withdrawn.js'

const ROUND = 30_000
const PROMPT = 3000 // an answer that took longer says little about what time it is
export const api = makeApi()
/** @type {Promise<ReturnType<typeof import('../device/outbox.js').makeOutbox>> | null} */
let outbox = null
/** @type {ReturnType<typeof setTimeout> | 0} */
let again = 0
/** @type {ReturnType<typeof setTimeout> | null} */
let reading = null
let touched = false
/** @type {Promise<unknown> | null} */
let running = null
let wanted = false

/** One sender over all tabs; where locks are missing, at least one in this tab. @template T @param {() => Promise<T>} work @returns {Promise<T | 'busy'>} */
function lock(work) {
  if (!navigator.locks) return work()
  return navigator.locks.request('shadowing-outbox', { ifAvailable: true }, (held) => (held ? work() : 'busy'))
}

/** What waits is read anew at most once a second: with a thousand photos on their way, reading is the work. @param {News} news */
function report(news) {
  line.value = news
  reading ??= setTimeout(() => { reading = null; if (touched) loadEntries().catch(() => {}) }, 1000)
}

/** The store as the sender sees it. What it has not touched need not be read again: most tries find no network. @returns {Store} */
function noting() {
  const watched = /** @type {const} */ (['changeEntry', 'changeEntries', 'takeOff', 'change', 'remove'])
  return { ...store, ...Object.fromEntries(watched.map((name) => [name, (/** @type {unknown[]} */ ...given) => { touched = true; return /** @type {any} */ (store)[name](...given) }])) }
}

/** Sends what is due. Called often; runs once at a time, and once more when something came in between. */
export async function flush() {
  if (running) { wanted = true; return running }
  running = sender().then((ready) => ready.flush()).catch(() => 'later').then(finished)
  return running
}

function sender() {
  outbox ??= import('./outbox_lazy.js').then(({ makeOutbox }) => makeOutbox({ store: noting(), api, lock, report }))
  outbox.catch(() => { outbox = null })
  return outbox
}

/** @param {unknown} ended @returns {Promise<unknown>} */
async function finished(ended) {
  running = null
  if (ended === 'later') line.value = { is: 'later' }
  if (touched) {
    touched = false
    await loadAll().catch(() => {})
    tellOthers()
  }
  skew.value = /** @type {number | null} */ (await store.getMeta('skew').catch(() => null) ?? null)
  clearTimeout(again)
  const open = myEntries.value.filter((entry) => entry.state === 'queued' || entry.state === 'sending')
  if (wanted) { wanted = false; return flush() }
  if (open.length && ended !== 'signed_out') {
    const next = Math.min(...open.map((entry) => entry.next_at)) - Date.now()
    again = setTimeout(flush, Math.min(ROUND, Math.max(1000, next)))
  }
  return ended
}

/** Once a day is enough: pictures the server has confirmed twice make room. */
export async function makeRoom() {
  const { tidy } = await import('./outbox_lazy.js')
  if (await tidy(store)) await loadAll()
}

/** By hand: nothing waits any longer, whatever was tried before. */
export async function sendNow() {
  const waiting = myEntries.value.filter((entry) => entry.state === 'queued').map((entry) => entry.id)
  await store.changeEntries(waiting, (entry) => ({ ...entry, next_at: 0 }))
  await learnWho()
  return flush()
}

/** The occasions on which a phone should try. */
export function watchForChances() {
  addEventListener('online', () => { online.value = true; learnWho().then(flush) })
  addEventListener('offline', () => { online.value = false })
  addEventListener('pagehide', () => { queueAll() })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') queueAll()
    else learnWho().then(flush)
  })
}

/** Asks the server who is signed in and fetches what a visit needs. Without a network all stays as it was. */
export async function learnWho() {
  const asked = steady.now()
  const answer = await api.session()
  if (answer.is !== 'ok') return
  const { user, server_time, session = null, left } = answer.body
  if (steady.now() - asked < PROMPT) steady.heard(Date.parse(server_time))
  skew.value = Date.parse(server_time) - Date.now()
  if (!user || isStale(user, session)) {
    line.value = { is: 'signed_out' }
    if (left && left === person.value?.id) await chosenElsewhere(api)
    else if (user) await tellServer(api)
    return
  }
  if (line.value.is === 'signed_out') line.value = { is: 'idle' }
  await become(user, session)
  if (settings.value.untold) await (await import('./language.js')).tellLanguage()
  await fetchCarry()
}

/** @param {Person} user @param {string | null} session */
async function become(user, session) {
  await arrive(user, session, api)
  person.value = user
  people.value = { ...people.value, [user.id]: user.name }
  await remember('person', user)
  await remember('people', people.value)
}

/** true: new or unchanged. */
export async function fetchCarry() {
  const known = carry.value?.for === person.value?.id ? carry.value : null
  const answer = await api.carry(known?.etag)
  if (answer.is === 'unchanged') await eraseTakenBack(/** @type {Carried} */ (known).body.withdrawn)
  if (answer.is !== 'ok') return answer.is === 'unchanged'
  carry.value = { body: answer.body, etag: answer.etag, at: Date.now(), for: person.value?.id }
  await remember('carry', carry.value)
  await eraseTakenBack(answer.body.withdrawn)
  return true
}

/** What cannot be written down is still shown; the screen says that this browser keeps nothing. @param {string} key @param {unknown} value */
function remember(key, value) {
  return store.setMeta(key, value).catch(failed)
}

/** By hand, from the receipt: compares once more what the server holds. @param {string} visitId */
export async function checkReceipt(visitId) {
  const ids = myEntries.value.filter((entry) => entry.visit_id === visitId).map((entry) => entry.id)
  await store.changeEntries(ids, (entry) => ({ ...entry, receipt_at: null, settled_at: null, rested: false, resent: 0 }))
  return flush()
}

/** @param {string} id */
export async function retry(id) {
  put(entries, /** @type {Entry} */ (await store.changeEntry(id, retried)))
  return flush()
}

/** @param {string} id */
export async function keepMine(id) {
  put(entries, /** @type {Entry} */ (await store.changeEntry(id, keptMine)))
  return flush()
}

/** The other version becomes what this phone shows; the server keeps both. @param {string} id */
export async function keepTheirs(id) {
  const { kind, current } = /** @type {WordEntry} */ (entries.value.get(id))
  await meanwhile(id, async () => {
    await store.change(kind, id, (/** @type {any} */ record) => ({ ...record, body: replaced(record.body, /** @type {Body} */ (/** @type {Current} */ (current).body)), unqueued: false }))
    await store.changeEntry(id, (entry) => keptTheirs(entry, Date.now()))
    await loadAll()
  })
}
