// A phone for tests: a real store on a database in memory, a server made of functions, a clock moved by hand.
import 'fake-indexeddb/auto'
import { enqueue } from '../../static/js/phone/record/entries.js'
import { makeOutbox } from '../../static/js/phone/device/outbox.js'
import { makeObservation, makeVisit } from '../../static/js/phone/record/records.js'
import { makeStore } from '../../static/js/phone/device/store.js'

let phones = 0
const UUID = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export function makePhone({ person = 'ann', user = { id: person, name: 'Ann' }, lock = (work) => work() } = {}) {
  phones += 1
  const phone = {
    store: makeStore({ name: `phone-${phones}` }), time: 1_000_000, user, calls: [], server: new Map(), history: new Map(), photos: new Map(),
    answers: {}, news: [],
  }
  phone.now = () => phone.time
  phone.api = serverOf(phone)
  phone.outbox = makeOutbox({
    store: phone.store, api: phone.api, now: phone.now, random: () => 1, lock, report: (news) => phone.news.push(news),
  })
  phone.visit = (number = 1, maker = person) => save(phone, makeVisit({ id: UUID(number), maker, now: phone.time, journey_id: 'j' }))
  phone.observe = (number, more = {}, maker = person) => save(phone, makeObservation({
    id: UUID(number), maker, visit_id: UUID(1), touchpoint_id: 't', now: phone.time, ...more,
  }))
  phone.edit = (kind, number, part) => queue(phone, kind, UUID(number), (record) => ({ ...record, body: { ...record.body, ...part } }))
  phone.photo = (number, observation, bytes) => saveMedium(phone, 'photo', number, observation, bytes, person)
  phone.sound = (number, observation, bytes) => saveMedium(phone, 'sound', number, observation, bytes, person)
  phone.entry = async (number) => (await phone.store.entries()).find((entry) => entry.id === UUID(number))
  phone.states = async () => Object.fromEntries((await phone.store.entries()).map((entry) => [Number(entry.id.slice(-12)), entry.state]))
  return phone
}

async function save(phone, record) {
  await phone.store.put(record)
  return queue(phone, record.kind, record.id, (old) => old)
}

function queue(phone, kind, id, step) {
  return phone.store.changeAndQueue(kind, id, step, (old, record) => enqueue(old, record, phone.time))
}

function saveMedium(phone, kind, number, observation, bytes, maker) {
  const medium = {
    id: UUID(number), kind, observation_id: UUID(observation), visit_id: UUID(1), maker, bytes, type: 'any', sha256: null,
  }
  return phone.store.addMedium(medium, new ArrayBuffer(bytes), (old) => old, (old, made) => enqueue(old, made, phone.time))
}

/** Follows the rules of the wire: revisions, same again, conflicts. `answers` puts one reply in its place, once or always. */
function serverOf(phone) {
  const said = (name, usual) => {
    const answer = phone.answers[name]
    if (Array.isArray(answer)) return answer.length ? answer.shift()() : usual()
    return answer ? answer() : usual()
  }
  const call = (name, usual) => async (...given) => {
    phone.calls.push([name, ...given])
    return said(name, () => usual(...given))
  }
  return {
    session: call('session', () => ok({ user: phone.user, server_time: new Date(phone.time).toISOString() })),
    sync: call('sync', (body) => ok({ results: [...body.visits, ...body.observations].map((record) => receive(phone, record)) })),
    putMedium: call('putMedium', (id, observation, data) => { phone.photos.set(id, data.byteLength); return ok({ id }) }),
    receipt: call('receipt', () => ok({
      visit: { id: UUID(1) }, observations: [...phone.server.keys()].map((id) => ({ id })),
      photos: [...phone.photos.keys()].map((id) => ({ id })), missing_photos: [],
    })),
  }
}

export function receive(phone, record) {
  const { id, revision, base_revision } = record
  const known = phone.server.get(id)
  const same = known && JSON.stringify(known) === JSON.stringify(record)
  if (!known || same || (revision > known.revision && base_revision === known.revision)) {
    phone.server.set(id, record)
    phone.history.set(`${id} ${revision}`, JSON.stringify(record))
    return { id, status: known ? 200 : 201, revision, marks: [] }
  }
  const late = revision < known.revision && [undefined, JSON.stringify(record)].includes(phone.history.get(`${id} ${revision}`))
  if (late) return { id, status: 200, revision: known.revision, marks: [] }
  return { id, status: 409, problem: { code: 'conflict', current: { revision: known.revision, author: { id: 'ann' }, body: known } } }
}

export const ok = (body) => ({ is: 'ok', status: 200, body })
export const later = (retryAfter = 0) => () => ({ is: 'later', retryAfter })
export { UUID }
