import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passStep, startClock, stepBack } from '../../static/js/phone/record/clock.js'
import { clockOf, keyValue, kitOf, nextRow, phaseSeconds, transfers } from '../../static/js/phone/record/instruments.js'

const at = (seconds) => ({ wall: seconds * 1000, mono: seconds * 1000, life: 1 })

test('each channel has its kit; one of the organisation’s own is on the spot', () => {
  assert.deepEqual(['phone', 'app', 'kiosk', 'counter', 'tele-shop', null].map(kitOf), ['phone', 'screen', 'screen', 'spot', 'spot', 'spot'])
})

test('a call is menu, hold and talk; until somebody answers it is also a wait', () => {
  const through = passStep(startClock(at(0)), at(40), 'phone')
  const answered = passStep(through.clock, at(190), 'phone')
  const over = passStep(answered.clock, at(300), 'phone')
  assert.deepEqual([through.measure, answered.measure, over.measure], [{ menu: 40 }, { hold: 150, wait: 190 }, { talk: 110 }])
  assert.deepEqual(stepBack(answered.clock, 'phone').emptied, { hold: null, wait: null })
})

test('transfers count up and down, never below nought', () => {
  const once = transfers({ timings: { menu: 4 } }, 1)
  assert.deepEqual(once.timings, { menu: 4, transfers: 1 })
  assert.equal(transfers(transfers(once, -1), -1).timings.transfers, 0)
})

test('number keys write to the first empty row, feelings in their own scale', () => {
  assert.equal(nextRow({ utility: null, emotion: 0 }), 'utility')
  assert.equal(nextRow({ utility: 3, usability: 4, delight: 2, emotion: 0, expectation: null }), 'expectation')
  assert.equal(nextRow({ utility: 3, usability: 4, delight: 2, emotion: 0, expectation: 0 }), null)
  assert.deepEqual([keyValue('utility', '2'), keyValue('emotion', '1'), keyValue('expectation', '3')], [2, -2, 0])
  assert.deepEqual([keyValue('utility', '6'), keyValue('utility', 'a'), keyValue(null, '2'), keyValue('utility', '')], [null, null, null, null])
  assert.deepEqual([keyValue('mark', '2'), keyValue('tab', '3'), keyValue('serious', '1')], [null, null, null])
})

test('a three-step clock runs where somebody serves, else there is an answer or none', () => {
  const channels = ['counter', 'person', 'place', 'tele-shop', 'phone', 'web', 'app', 'msg', 'kiosk', 'advert', 'referral', 'post']
  assert.deepEqual(channels.map(clockOf), ['staff', 'staff', 'staff', 'staff', 'phone', ...Array(7).fill('answer')])
})

test('phases that stand side by side add up', () => {
  const timings = { notice: 48, wait: 402, service: 98, hold: 150 }
  assert.deepEqual(['notice', 'wait', 'service', 'hold', 'talk'].map((name) => phaseSeconds(name, timings)), [48, 354, 98, 150, null])
  assert.equal(phaseSeconds('wait', { wait: 20 }), 20)
})
