import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { downward, flatCurve, mapLayout, stretches } from '../../static/js/phone/record/curve.js'
import { dayRange, groundX, spread, sunAt } from '../../static/js/phone/record/day_arc.js'
import { checkSign, newCode, spaced } from '../../static/js/phone/record/codes.js'
import { contentDigest, fingerprint, newId } from '../../static/js/phone/record/ids.js'
import { fitInto, pictureSize } from '../../static/js/phone/device/jpeg.js'
import { clockFace, hoursMinutes, ofThisShift, parseClock, shortClock, stamp } from '../../static/js/phone/record/times.js'

test('ids are version 4 UUIDs and do not repeat', () => {
  const ids = new Set(Array.from({ length: 500 }, newId))
  assert.equal(ids.size, 500)
  for (const id of ids) assert.match(id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
})

test('a withdrawal code has six signs nobody can misread', () => {
  for (let round = 0; round < 200; round += 1) assert.match(newCode(), /^[2346789A-HJKMNP-RT-Z]{7}$/)
  assert.equal(checkSign('K7MP4R'), 'M') // tests/phone/withdrawal/test_codes.py has the same
  assert.equal(spaced('K7MP4RM'), 'K7M P4RM')
})

test('fingerprints are SHA-256, in hex for bodies and in base64 for the header', async () => {
  const hex = await fingerprint('K7MP4R')
  assert.match(hex, /^[\da-f]{64}$/)
  assert.equal(await fingerprint(new TextEncoder().encode('K7MP4R')), hex)
  assert.equal(contentDigest('00ff10'), 'sha-256=:AP8Q:')
})

test('moments carry their offset', () => {
  assert.match(stamp(0), /^19(70|69)-\d\d-\d\dT\d\d:\d\d:00\.000[+-]\d\d:\d\d$/)
  assert.equal(Date.parse(stamp(1_795_000_000_123)), 1_795_000_000_123)
})

test('clocks are written and read back', () => {
  assert.deepEqual([clockFace(402), clockFace(4002), shortClock(48), shortClock(402)], ['06:42', '1:06:42', '0:48', '6:42'])
  assert.deepEqual([parseClock('6:42'), parseClock('90'), parseClock('1：02'), parseClock('soon'), parseClock('')], [402, 90, 62, null, null])
  assert.deepEqual(hoursMinutes(4_320_000), { h: 1, min: 12 })
})

test('a JPEG tells its size before it is opened', () => {
  const header = new Uint8Array(40)
  header.set([0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xc0, 0, 11, 8, 0x17, 0xa0, 0x1f, 0x80, 3])
  assert.deepEqual(pictureSize(header.buffer), { width: 8064, height: 6048 })
  assert.equal(pictureSize(new Uint8Array(40).buffer), null)
  assert.equal(pictureSize(new ArrayBuffer(3)), null)
})

test('pictures shrink to 1600 and never grow', () => {
  const sizes = JSON.parse(readFileSync(new URL('../picture_sizes.json', import.meta.url), 'utf8')) // the server's tests read it, too
  for (const [[width, height], most, [wide, high]] of sizes) assert.deepEqual(fitInto(width, height, most), { width: wide, height: high })
})

test('the sun stands on its arc and the day widens for late visits', () => {
  const day = dayRange([9, 13.5])
  assert.deepEqual(day, { from: 8, to: 18 })
  assert.deepEqual(dayRange([6.5, 20.2]), { from: 6, to: 21 })
  assert.equal(groundX(13, day), 179)
  const { sun } = sunAt(13, day)
  assert.ok(Math.abs(sun.x - 179) < 0.1 && sun.y < 25)
  assert.deepEqual(spread([8, 30, 90]), [true, false, true])
})

test('the line is solid between neighbours felt, dashed across what was not', () => {
  const places = [1, 2, 3, 4].map((y) => ({ x: 0, y, felt: y !== 3 }))
  const { solid, dashed } = stretches(places)
  assert.deepEqual(solid.map((points) => points.map((one) => one.y)), [[1, 2]])
  assert.deepEqual(dashed.map((points) => points.map((one) => one.y)), [[2, 4]])
  assert.match(downward([{ x: 0, y: 0 }, { x: 10, y: 100 }]), /^M0 0C0 45 10 55 10 100$/)
})

test('peak and trough are named only where they differ', () => {
  const journey = { stages: [{ id: 'a', touchpoints: [{ id: '1' }, { id: '2' }, { id: '3' }] }] }
  const flat = flatCurve(journey, () => 1)
  assert.deepEqual([flat.peak, flat.trough], [null, null])
  const felt = { 1: -1, 2: 2 }
  const curve = flatCurve(journey, (id) => felt[id])
  assert.deepEqual([curve.peak.touchpoint.id, curve.trough.touchpoint.id, curve.last.touchpoint.id], ['2', '1', '2'])
  assert.equal(mapLayout(journey).height, 38 + 3 * 58)
})

test('a visit planned before midnight is still there after it, and one after midnight already before', () => {
  const at = (text) => new Date(text).getTime()
  assert.equal(ofThisShift('2026-11-25T23:10:00', at('2026-11-26T00:10:00'), undefined), true)
  assert.equal(ofThisShift('2026-11-26T00:10:00', at('2026-11-25T23:10:00')), true)
  assert.equal(ofThisShift('2026-11-25T15:00:00', at('2026-11-26T00:10:00')), false)
  assert.equal(ofThisShift('2026-11-26T08:20:00', at('2026-11-25T23:10:00')), false)
})
