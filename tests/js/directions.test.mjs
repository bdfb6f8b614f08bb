import assert from 'node:assert/strict'
import { test } from 'node:test'
import { h } from 'preact'
import '../../static/js/phone/parts/directions.js'
import { addWords, sentence } from '../../static/js/phone/record/words.js'

const HEBREW = 'שלום (3)'

test('a name stands in bdi, alone and among other words, and only there', () => {
  assert.equal(h('b', null, HEBREW).props.children.type, 'bdi')
  const [word, name] = h('p', null, 'Of ', HEBREW).props.children
  assert.deepEqual([word, name.type, name.props.children], ['Of ', 'bdi', HEBREW])
  assert.equal(h('b', null, 'Ana').props.children, 'Ana')
  assert.equal(h('b', null, 3).props.children, 3)
})

test('where no element may stand, text stays text', () => {
  for (const bare of ['option', 'text', 'title', 'bdi']) assert.equal(h(bare, null, HEBREW).props.children, HEBREW)
})

test('a sentence isolates what is set into it', () => {
  addWords('en', { came: '{name} came' })
  assert.equal(sentence('en', 'came', { name: HEBREW }), `\u2068${HEBREW}\u2069 came`)
  assert.equal(sentence('en', 'came', { name: 'Ana' }), 'Ana came')
})
