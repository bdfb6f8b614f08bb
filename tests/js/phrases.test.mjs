import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phrasesFor } from '../../static/js/phone/record/phrases.js'

const touchpoint = { id: 't', phrases: [{ en: 'No sign', zh: '没有指示' }] }
const body = (note, more = {}) => ({ touchpoint_id: 't', note, ...more })

test('a line written twice at a place is offered there before the journey’s own', () => {
  const bodies = [body('Two windows shut\nLong queue'), body('Two windows shut'), body('Long queue'), body('Long queue'), body('once only')]
  assert.deepEqual(phrasesFor(touchpoint, bodies, 'en'), ['Long queue', 'Two windows shut', 'No sign'])
})

test('lines of other places, deleted ones, long ones and those already offered are not learnt', () => {
  const twice = (one) => [one, one]
  const bodies = [
    ...twice(body('elsewhere', { touchpoint_id: 'u' })), ...twice(body('gone', { deleted_at: 'x' })), ...twice(body('x'.repeat(61))),
    ...twice(body('没有指示')), ...twice(body(null)), body('same\nsame'),
  ]
  assert.deepEqual(phrasesFor(touchpoint, bodies, 'zh'), ['没有指示'])
  assert.deepEqual(phrasesFor(null, bodies, 'zh'), [])
})
