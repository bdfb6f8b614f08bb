import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf, whereabouts } from '../../static/js/phone/record/whereabouts.js'

const entry = (id, state, more = {}) => ({ id, kind: 'observation', state, observation_id: null, receipt_at: null, ...more })
const photo = (id, of, state, more = {}) => entry(id, state, { kind: 'photo', observation_id: of, ...more })

test('nothing has arrived before its receipt', () => {
  const places = [entry('a', 'queued'), entry('a', 'sending'), entry('a', 'done'), entry('a', 'done', { receipt_at: 7 })].map(placeOf)
  assert.deepEqual(places, ['here', 'moving', 'taken', 'held'])
  assert.deepEqual([entry('a', 'rejected'), entry('a', 'conflict')].map(placeOf), ['here', 'here'])
})

test('a record and its photos are one thing that waits', () => {
  const sum = whereabouts([entry('a', 'done'), photo('p', 'a', 'queued'), photo('q', 'a', 'done'), entry('b', 'conflict'), entry('v', 'done', { kind: 'visit' })])
  assert.deepEqual([sum.waits, sum.free, sum.photos, sum.photosGone, sum.moves, sum.mediaOnly, sum.held], [2, 1, 2, 1, false, false, false])
})

test('on its way only while it moves; all held only when each is', () => {
  assert.equal(whereabouts([entry('a', 'queued'), entry('b', 'sending')]).moves, true)
  assert.equal(whereabouts([entry('a', 'queued')]).moves, false)
  assert.equal(whereabouts([photo('p', 'a', 'queued'), entry('a', 'done')]).mediaOnly, true)
  assert.equal(whereabouts([entry('a', 'done', { receipt_at: 1 }), photo('p', 'a', 'done')]).held, false)
  assert.equal(whereabouts([entry('a', 'done', { receipt_at: 1 }), photo('p', 'a', 'done', { receipt_at: 2 })]).held, true)
  assert.equal(whereabouts([]).held, false)
})
