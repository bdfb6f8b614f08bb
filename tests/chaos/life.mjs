// One life of the app on a phone: the real store, api and outbox, until it is killed between any two steps. What it was
// doing then never comes back; what is in the database stays.
import { makeApi } from '../../static/js/phone/device/api.js'
import { makeOutbox } from '../../static/js/phone/device/outbox.js'
import { makeStore } from '../../static/js/phone/device/store.js'

const PATIENT = 30_000

/** `phone`: name, now(), chance, credentials(), address, hurried (ms an answer may take), locks: shared over its lives. */
export function begin(phone) {
  const life = { dead: false, stepsLeft: Infinity, ends: null, died: null }
  life.died = new Promise((resolve) => { life.ends = () => { life.dead = true; resolve('died') } })
  const store = mortal(life, makeStore({ name: phone.name }))
  const api = makeApi({ fetch: (address, options) => ask(phone, life, address, options), base: `${phone.address}/api/v1` })
  const outbox = makeOutbox({ store, api, now: phone.now, random: phone.chance.next, lock: (work) => withLock(phone, life, work) })
  return { life, store, outbox }
}

/** Sends once; killed after so many steps (database or network), or never. What it ends with, or 'died'. */
export async function flush(one, steps = Infinity) {
  one.life.stepsLeft = steps
  const ended = await Promise.race([one.outbox.flush().catch(() => 'broken'), one.life.died])
  one.life.stepsLeft = Infinity
  return ended
}

const never = new Promise(() => {})

/** Counts down; dying may fall before a step is done or between its being done and its being known. */
function step(life) {
  life.stepsLeft -= 1
  if (life.stepsLeft <= 0) life.ends()
  return life.dead ? never : null
}

function mortal(life, store) {
  return Object.fromEntries(Object.entries(store).map(([name, work]) => [name, async (...given) => {
    await step(life)
    const result = await work(...given)
    await step(life)
    return result
  }]))
}

async function ask(phone, life, address, options) {
  await step(life)
  const patience = AbortSignal.timeout(phone.hurried || PATIENT)
  const killed = new AbortController()
  life.died.then(() => killed.abort())
  const signal = AbortSignal.any([patience, killed.signal])
  const asking = fetch(address, { ...options, signal, headers: { ...options.headers, ...phone.credentials(), Connection: 'close' } })
  if (life.stepsLeft === 2) setTimeout(life.ends, phone.chance.below(30)) // killed while the request is under way
  const answer = await asking
  await step(life)
  return answer
}

/** As navigator.locks: whoever dies lets go. Without locks (plain http) two tabs may send at once. */
async function withLock(phone, life, work) {
  if (!phone.locks) return work()
  if (phone.holder && !phone.holder.dead) return 'busy'
  phone.holder = life
  try {
    return await work()
  } finally {
    if (phone.holder === life) phone.holder = null
  }
}
