import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  asksIfStill, between, goAway, leaveClock, nextStep, overStandard, passStep, phase, shownSeconds, startClock, stepBack,
  stillWaiting,
} from '../../static/js/phone/record/clock.js'

const at = (seconds) => ({ wall: 1_000_000 + seconds * 1000 })

test('three steps yield three measures: until noticed, until served, the service itself', () => {
  const opened = startClock(at(0))
  const noticed = passStep(opened, at(48))
  const served = passStep(noticed.clock, at(402))
  const done = passStep(served.clock, at(500))
  assert.deepEqual([noticed.measure, served.measure, done.measure], [{ notice: 48 }, { wait: 402 }, { service: 98 }])
  assert.equal(nextStep(done.clock), null)
  assert.equal(passStep(done.clock, at(600)).measure, null)
})

test('the big digits show the wait, then the service', () => {
  const waiting = passStep(startClock(at(0)), at(10)).clock
  assert.equal(shownSeconds(waiting, at(70)), 70)
  const served = passStep(waiting, at(100)).clock
  assert.equal(shownSeconds(served, at(130)), 30)
  assert.deepEqual([phase(startClock(at(0))), phase(waiting), phase(served)], ['notice', 'wait', 'service'])
})

test('time never goes backwards', () => {
  assert.equal(between(at(0), at(90)), 90)
  assert.equal(between(at(90), at(0)), 0)
})

test('a step taken back empties its measure, the last one first', () => {
  const served = passStep(passStep(startClock(at(0)), at(5)).clock, at(9)).clock
  const once = stepBack(served)
  assert.deepEqual(once.emptied, { wait: null })
  assert.deepEqual(stepBack(once.clock).emptied, { notice: null })
  assert.equal(stepBack(startClock(at(0))).emptied, null)
})

test('leaving stops a clock nobody passed on, and invents no measure', () => {
  const left = leaveClock(startClock(at(0)), at(20))
  assert.equal(nextStep(left), null)
  assert.equal(shownSeconds(left, at(999)), 20)
})

test('over the standard counts the wait only, and only beyond it', () => {
  const clock = startClock(at(0))
  assert.equal(overStandard(clock, {}, 300, at(299)), 0)
  assert.equal(overStandard(clock, {}, 300, at(402)), 102)
  assert.equal(overStandard(clock, {}, null, at(9999)), 0)
  const served = passStep(passStep(clock, at(1)).clock, at(310)).clock
  assert.equal(overStandard(served, { wait: 310 }, 300, at(5000)), 10)
})

test('where nobody serves there is one step, and it can be taken back', () => {
  const answered = passStep(startClock(at(0)), at(130), 'answer')
  assert.deepEqual([answered.measure, nextStep(answered.clock)], [{ wait: 130 }, null])
  const back = stepBack(answered.clock, 'answer')
  assert.deepEqual([back.emptied, back.clock], [{ wait: null }, startClock(at(0))])
})

test('after a long while elsewhere it is asked whether they still wait; nothing is made up', () => {
  const away = goAway(startClock(at(0)), at(60))
  assert.deepEqual([asksIfStill(away, at(100)), asksIfStill(away, at(400)), asksIfStill(startClock(at(0)), at(400))], [false, true, false])
  const still = stillWaiting(away, true)
  assert.deepEqual([asksIfStill(still, at(400)), shownSeconds(still, at(400))], [false, 400])
  const gone = stillWaiting(away, false)
  assert.deepEqual([nextStep(gone), passStep(gone, at(500)).measure, shownSeconds(gone, at(500))], [null, null, 60])
})

test('a clock that has stopped is not left behind', () => {
  const done = ['a', 'b', 'c'].reduce((clock, _, n) => passStep(clock, at(n + 1)).clock, startClock(at(0)))
  assert.equal(goAway(done, at(9)), done)
  assert.equal(goAway(null, at(9)), null)
})
