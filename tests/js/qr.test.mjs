import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { asPath, qr } from '../../static/js/phone/device/qr.js'

// Length in bytes, mask, and the fingerprint of what another encoder (segno 1.6) draws for the same text. Each length
// fills its version to the last byte, since padding is up to the encoder.
const DRAWN_ELSEWHERE = [
  [14, 1, '7747371db361bd361f90'],
  [26, 2, '09e4a06ca38a64d89181'],
  [42, 3, '83db035e3fe948fbce6d'],
  [62, 4, '6285d579210c2e793f9f'],
  [84, 5, 'f48e9c4f8e37c1b86da8'],
  [106, 6, '5963a17e303bda37f0ae'],
]
const address = (length) => 'https://shadowing.example/w/K7MP4R/'.padEnd(length, '~').slice(0, length)
const text = (rows) => rows.map((row) => row.map(Number).join('')).join('\n')

test('every version is drawn as another encoder draws it', () => {
  for (const [length, mask, expected] of DRAWN_ELSEWHERE) {
    const drawn = createHash('sha256').update(text(qr(address(length), mask))).digest('hex')
    assert.equal(drawn.slice(0, 20), expected, `${length} bytes`)
  }
})

test('the smallest version that holds the text is taken, and too long a text is refused', () => {
  assert.equal(qr('http://127.0.0.1:8000/w/K7MP4R').length, 29)
  assert.equal(qr('x'.repeat(106)).length, 41)
  assert.equal(qr('x'.repeat(107)), null)
})

test('the mask is chosen by what makes a code hard to read, and always the same', () => {
  const once = text(qr('https://shadowing.example/w/K7MP4R'))
  assert.equal(text(qr('https://shadowing.example/w/K7MP4R')), once)
  assert.ok([0, 1, 2, 3, 4, 5, 6, 7].some((mask) => text(qr('https://shadowing.example/w/K7MP4R', mask)) === once))
})

test('dark squares become runs of a path', () => {
  assert.equal(asPath([[true, true, false], [false, false, true]]), 'M0 0h2v1H0zM2 1h1v1H2z')
})
