// One simulated day of one phone with a bad network, a bad server and a bad battery. Reads its world from standard input,
// prints what the phone holds and was told at the end: { seed, records, photos, … }. Everything follows from the seed.
import 'fake-indexeddb/auto'
import { tidy } from '../../static/js/phone/device/free_space.js'
import { makeChance } from './chance.mjs'
import { begin, flush } from './life.mjs'
import { makePerson } from './person.mjs'

const HOUR = 3600_000
const EVENTS = {
  observe: 18, tap: 16, photograph: 12, changeVisit: 4, startVisit: 2, takePhotoBack: 2, bury: 1, slip: 1, send: 18, killed: 6,
  twoTabs: 4, time: 8, clockSet: 2, expired: 2, signedIn: 3, otherPerson: 2, elsewhere: 3, settle: 2, full: 1, room: 5, tidy: 2,
}
const JUMPS = [-365 * 24, -24, -1, 1, 24, 20 * 24, 365 * 24]

const world = JSON.parse(await text(process.stdin))
const chance = makeChance(world.seed)
let offset = 0
let time = Date.UTC(2026, 10, 20, 8)
const phone = {
  name: `phone-${world.seed}`, address: world.address, chance, now: () => time + offset, credentials: () => bearer(), hurried: 600,
  locks: chance.happens(0.9), holder: null,
}
const memory = { records: [], photos: [], refused: 0, conflicts: 0, withOneself: [], mended: 0, deaths: 0, events: {} }
let cookie = 'olga'
let one = begin(phone)
const day = {
  chance, now: phone.now, memory, who: world.people.olga.id,
  world: { ...world, picture: Uint8Array.from(Buffer.from(world.picture, 'base64')) }, get store() { return one.store },
}
const person = makePerson(day)
const { put } = IDBObjectStore.prototype

const happenings = {
  ...person,
  send: () => flush(one),
  async killed() {
    if (await flush(one, chance.between(1, 60)) !== 'died') one.life.ends()
    await reopen()
  },
  async twoTabs() {
    const other = begin(phone)
    const typing = person.tap()
    await Promise.all([flush(one), flush(other, chance.happens(0.3) ? chance.between(1, 40) : Infinity), typing])
    other.life.ends()
  },
  time() { time += chance.between(1, 90) * 60_000 },
  clockSet() { offset = chance.pick([0, ...JUMPS]) * HOUR },
  /** The session ends: sometimes while something is under way. */
  async expired() { await under(() => { cookie = null }) },
  async signedIn() { await under(() => { cookie = 'olga' }); day.who = world.people.olga.id },
  /** Somebody else signs in on this phone, notes something, and may do so while the first one's records are being sent. */
  async otherPerson() {
    await under(() => { cookie = 'otto' })
    day.who = world.people.otto.id
    await person.observe()
  },
  /** The same person on another phone, straight to the server. */
  elsewhere: () => changeElsewhere(chance.pick(person.own('observation'))),
  full() { IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError') } },
  room() { IDBObjectStore.prototype.put = put },
  tidy: () => tidy(one.store).catch(() => {}),
}

for (let left = chance.between(60, 110); left > 0; left -= 1) {
  const event = chance.weighted(EVENTS)
  memory.events[event] = (memory.events[event] ?? 0) + 1
  await happenings[event]()
  time += chance.between(1, 120) * 1000
}
await evening()
process.stdout.write(JSON.stringify(await testimony()))
process.exit(0)

function bearer() {
  return cookie ? { Authorization: `Bearer ${world.people[cookie].token}` } : {}
}

/** Something happens now, or in the middle of sending. */
async function under(change) {
  if (chance.happens(0.5)) { change(); return }
  const sending = flush(one)
  const soon = setTimeout(change, chance.below(25))
  await sending
  clearTimeout(soon)
  change()
}

async function reopen() {
  memory.deaths += 1
  one = begin(phone)
  await person.queueLeft()
}

async function changeElsewhere(record) {
  const entry = record && (await one.store.entries()).find(({ id }) => id === record.id)
  if (!entry || entry.state !== 'done') return
  const { body } = await one.store.get('observation', record.id)
  const other = { ...body, note: `elsewhere ${chance.below(1e6)}`, revision: entry.acked + 1, base_revision: entry.acked }
  memory.records.find(({ id }) => id === record.id).elsewhere = true
  const who = Object.values(world.people).find(({ id }) => id === record.maker)
  await fetch(`${world.server}/api/v1/observations/${record.id}`, {
    method: 'PUT', body: JSON.stringify(other), headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${who.token}` },
  }).catch(() => {}) // the server may be gone
}

/** The weather clears, both people come by and sign in, everything goes out; a week later the phone tidies up. */
async function evening() {
  happenings.room()
  one.life.ends()
  phone.locks = true
  phone.hurried = 0
  await fetch(`${world.address}/__calm`, { method: 'POST' })
  offset = 0
  await reopen()
  for (const name of ['olga', 'otto']) {
    cookie = name
    day.who = world.people[name].id
    for (const record of memory.records) if (record.elsewhere && record.maker === day.who) await person.edit(record, (body) => ({ ...body, mark: 'idea' }))
    await sendEverything()
  }
  await tidy(one.store)
  time += 400 * 24 * HOUR // beyond any clock that was set
  for (const name of ['olga', 'otto']) {
    cookie = name
    await flush(one)
  }
  await tidy(one.store)
}

async function sendEverything() {
  for (let round = 0; round < 25; round += 1) {
    await person.queueLeft()
    await flush(one)
    await person.settle()
    time += HOUR
    const open = (await one.store.entries()).filter((entry) => entry.maker === day.who && (entry.state !== 'done' || !entry.receipt_at))
    if (open.length === 0) return
  }
}

async function testimony() {
  const { visits, observations, photos, entries } = await one.store.load()
  const bytes = await Promise.all(photos.map(async ({ id }) => [id, Boolean(await one.store.mediumBytes(id))]))
  return {
    seed: world.seed, ...memory, locks: phone.locks, here: [...visits, ...observations].map(({ id, kind, maker, body }) => ({ id, kind, maker, body })),
    photosHere: photos.map(({ id, sha256, dropped }) => ({ id, sha256, dropped: Boolean(dropped) })), bytesHere: Object.fromEntries(bytes),
    entries: entries.map(({ id, kind, state, maker, receipt_at, settled_at, rested, problem }) => ({ id, kind, state, maker, receipt_at, settled_at, rested, problem })),
  }
}

async function text(stream) {
  let all = ''
  for await (const part of stream) all += part
  return all
}
