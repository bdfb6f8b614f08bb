import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { servedForms } from '../../static/js/phone/record/served.js'
import { addWords, initials, listed, sentence } from '../../static/js/phone/record/words.js'
import laterEn from '../../static/js/phone/words/later_en.js'
import laterZh from '../../static/js/phone/words/later_zh.js'
import firstEn from '../../static/js/phone/words/en.js'
import firstZh from '../../static/js/phone/words/zh.js'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const [en, zh] = [{ ...firstEn, ...laterEn }, { ...firstZh, ...laterZh }]
addWords('en', en)
addWords('zh', zh)
const PERSON = ['one', 'many', 'the', 'possessive', 'One', 'The']
/** How the person served is called may stand in one language where the other says "they". */
const gaps = (text) => [...new Set([...text.matchAll(/\{(\w+)/g)].map((found) => found[1]))].filter((gap) => !PERSON.includes(gap)).sort()

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

test('no sentence says customer where the journey has another word', () => {
  const general = ['withdrawn.here'] // of no journey
  for (const [key, text] of Object.entries(en)) if (!general.includes(key)) assert.doesNotMatch(text, /customer/i, key)
  for (const [key, text] of Object.entries(zh)) if (!general.includes(key)) assert.doesNotMatch(text, /客户/, key)
})

test('every sentence about the person served is whole, for every pack and in both languages', () => {
  const folder = join(root, 'shadowing/journeys/packs')
  const words = JSON.parse(execFileSync('python3', ['-c', 'import json; from shadowing.core.vocabulary import SERVED; print(json.dumps(dict(SERVED)))'], { cwd: root }))
  const packs = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  assert.ok(packs.length > 10)
  const rendered = new Set()
  for (const { slug, served } of packs) {
    assert.ok(words[served], slug)
    for (const [language, table] of Object.entries({ en, zh })) {
      const forms = servedForms(language, words[served])
      for (const [key, text] of Object.entries(table)) {
        if (!PERSON.some((gap) => text.includes(`{${gap}}`))) continue
        const values = Object.fromEntries(gaps(text).map((gap) => [gap, 'x']))
        const said = sentence(language, key, { ...forms, ...values })
        const name = language === 'zh' ? words[served].zh : words[served].en.one
        assert.ok(said.toLowerCase().includes(name), `${slug} ${language} ${key}: ${said}`)
        assert.doesNotMatch(said, /[{}]|undefined|\ba [aeiou]|\. [a-z]| {2}/, `${slug} ${key}: ${said}`)
        rendered.add(key)
      }
    }
  }
  assert.ok(rendered.size > 15)
})

test('without a word of the journey it is the customer', () => {
  assert.equal(sentence('en', 'feels.anyone', servedForms('en', undefined)), 'The customer feels')
  assert.equal(sentence('zh', 'feels.anyone', servedForms('zh', null)), '客户的情绪')
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
