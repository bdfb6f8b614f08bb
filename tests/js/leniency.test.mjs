import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf, readEye } from '../../static/js/phone/record/leniency.js'

test('only an interval that leaves nought out says milder or harsher', () => {
  assert.deepEqual(readEye({ value: 0.16, low: 0.04, high: 0.28 }), { points: 4, how: 'milder', low: 1, high: 7, value: 4 })
  assert.equal(readEye({ value: -0.3, low: -0.5, high: -0.1 }).how, 'harsher')
  assert.equal(readEye({ value: 0.1, low: -0.1, high: 0.3 }).how, 'same')
})

test('the bar has its middle at nought and ends where it ends', () => {
  assert.deepEqual([0, 10, -10, 99].map(placeOf), [50, 75, 25, 100])
})
