import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeSteady } from '../../static/js/phone/record/steady.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A phone whose clocks are moved by hand; `settled` outlives `reopen`, as on a phone. */
function phone() {
  const one = { wall: 1_000_000_000, mono: 500, settled: { shift: 0, server: null } }
  one.reopen = () => {
    one.mono = 5
    one.steady = makeSteady({ look: () => ({ wall: one.wall, mono: one.mono }), settled: one.settled, keep: (settled) => { one.settled = settled } })
  }
  one.wait = (seconds) => {
    for (let left = seconds; left > 0; left -= 1) {
      one.wall += 1000
      one.mono += 1000
      one.steady.now()
    }
  }
  one.sleep = (milliseconds) => {
    one.steady.viewed(true)
    one.wait(2)
    one.wall += milliseconds
    one.wait(1)
    one.steady.viewed(false)
  }
  one.set = (milliseconds) => { one.wall += milliseconds }
  one.since = (start) => Math.round((one.steady.now() - start) / 1000)
  one.reopen()
  return one
}

test('twenty minutes locked are twenty minutes of waiting', () => {
  const one = phone()
  const start = one.steady.now()
  one.wait(5)
  one.sleep(20 * MINUTE)
  assert.equal(one.since(start), 5 + 3 + 20 * 60)
})

test('a clock set back or forth while one looks at it changes no wait', () => {
  for (const by of [-HOUR, HOUR, -40, 700]) {
    const one = phone()
    const start = one.steady.now()
    one.wait(30)
    one.set(by)
    one.wait(30)
    assert.equal(one.since(start), 60)
  }
})

test('a sleep and a clock set by hand, in either order', () => {
  for (const by of [-HOUR, HOUR]) {
    const one = phone()
    const start = one.steady.now()
    one.sleep(20 * MINUTE)
    one.wait(1)
    one.set(by)
    one.wait(1)
    one.sleep(10 * MINUTE)
    assert.equal(one.since(start), 30 * 60 + 8)
  }
})

test('set back in the dark, with a tick in between, is no sleep', () => {
  const one = phone()
  const start = one.steady.now()
  one.steady.viewed(true)
  one.wall += 20 * MINUTE
  one.wait(1)
  one.set(-HOUR)
  one.wait(1)
  one.steady.viewed(false)
  assert.equal(one.since(start), 20 * 60 + 2)
})

test('the server says which it was when the phone cannot know', () => {
  const one = phone()
  const server = one.wall + 7000 // never ours to the second
  const start = one.steady.now()
  one.steady.heard(server)
  one.sleep(HOUR) // in truth somebody set the clock in the settings, where the app is out of view
  one.steady.heard(server + 3000)
  assert.equal(one.since(start), 3)
  one.wall += 20 * MINUTE // and a laptop closed without a word
  one.wait(1)
  one.steady.heard(server + 4000 + 20 * MINUTE)
  assert.equal(one.since(start), 4 + 20 * 60)
})

test('an answer a few seconds late changes nothing', () => {
  const one = phone()
  const start = one.steady.now()
  one.steady.heard(one.wall)
  one.wait(60)
  one.steady.heard(one.wall - 2500)
  assert.equal(one.since(start), 60)
})

test('a wait goes on after the app was killed, also when the clock had been set before', () => {
  const one = phone()
  const start = one.steady.now()
  one.wait(10)
  one.set(HOUR)
  one.wait(10)
  one.wall += 5 * MINUTE
  one.reopen()
  one.wait(10)
  assert.equal(one.since(start), 5 * 60 + 30)
})

test('a clock set while the app was closed is found out by the server', () => {
  const one = phone()
  const server = one.wall
  const start = one.steady.now()
  one.steady.heard(server)
  one.set(HOUR)
  one.wall += 5 * MINUTE
  one.reopen()
  one.steady.heard(server + 5 * MINUTE)
  assert.equal(one.since(start), 5 * 60)
})
