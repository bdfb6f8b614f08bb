import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addWords, initials, listed, sentence } from '../../static/js/phone/record/words.js'
import laterEn from '../../static/js/phone/words/later_en.js'
import laterZh from '../../static/js/phone/words/later_zh.js'
import firstEn from '../../static/js/phone/words/en.js'
import firstZh from '../../static/js/phone/words/zh.js'

const [en, zh] = [{ ...firstEn, ...laterEn }, { ...firstZh, ...laterZh }]
addWords('en', en)
addWords('zh', zh)
const gaps = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1]))].sort()

test('both languages say the same things', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort())
})

test('both languages leave the same gaps, where a gap is not only there for the plural', () => {
  for (const [key, text] of Object.entries(en)) assert.deepEqual(gaps(zh[key]), gaps(text), key)
})

test('Chinese uses the house words', () => {
  for (const [key, text] of Object.entries(zh)) assert.doesNotMatch(text, /顾客|随访/, key)
})

test('no sentence blames or shouts', () => {
  for (const [key, text] of Object.entries(en)) assert.doesNotMatch(text, /\berror\b|invalid|failed to|!$/i, key)
})

test('numbers choose the word', () => {
  assert.equal(sentence('en', 'outbox.records', { n: 1 }), '1 record')
  assert.equal(sentence('en', 'outbox.records', { n: 3 }), '3 records')
  assert.equal(sentence('zh', 'outbox.records', { n: 3 }), '3 条')
})

test('a missing value leaves a gap, a missing key shows itself', () => {
  assert.equal(sentence('en', 'visit.capture', {}), 'Capture ')
  assert.equal(sentence('zh', 'no.such.key'), 'no.such.key')
})

test('initials suit both scripts', () => {
  assert.equal(initials('Jude Okafor'), 'JO')
  assert.equal(initials('欧阳林薇'), '林薇')
  assert.equal(initials(undefined), '')
})

test('a list of values has the comma of its language', () => {
  assert.equal(listed('en', ['Wait', 3]), 'Wait, 3')
  assert.equal(listed('zh', ['等候', 3]), '等候、3')
})
