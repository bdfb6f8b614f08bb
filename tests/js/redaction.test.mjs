import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLURRED, blurOf, BRUSHES, farFrom, patchAround, patchAt, pointOn } from '../../static/js/phone/device/redaction.js'

const picture = { width: 1600, height: 1200 }

test('a tap hides a patch around it, as large as the brush', () => {
  const patch = patchAt({ x: 800, y: 600 }, 'face', picture)
  assert.deepEqual(patch, { x: 560, y: 360, width: 480, height: 480, columns: 4, rows: 4 })
  const [small, face, large] = ['small', 'face', 'large'].map((brush) => patchAt({ x: 800, y: 600 }, brush, picture).width)
  assert.ok(small < face && face < large)
})

test('a face at arm’s length lies whole under one tap of the brush that is ready, in 4:3 and 3:4', () => {
  const head = 0.24 / 0.65 // a head's height of what a phone's camera sees at 0.65 m, on the shorter side
  for (const size of [picture, { width: 1200, height: 1600 }]) {
    const { width, height } = patchAt({ x: 600, y: 600 }, 'face', size)
    assert.ok(Math.min(width, height) >= head * 1200)
  }
})

test('no patch sticks out of the picture, wherever one taps', () => {
  for (const brush of Object.keys(BRUSHES)) {
    for (const [x, y] of [[0, 0], [1600, 0], [0, 1200], [1600, 1200], [3, 700]]) {
      const patch = patchAt({ x, y }, brush, picture)
      assert.ok(patch.x >= 0 && patch.y >= 0 && patch.x + patch.width <= 1600 && patch.y + patch.height <= 1200, brush)
      assert.ok(patch.x <= x && x <= patch.x + patch.width && patch.y <= y && y <= patch.y + patch.height, brush)
    }
  }
  const small = patchAt({ x: 5, y: 5 }, 'large', { width: 40, height: 30 })
  assert.ok(small.width <= 40 && small.height <= 30)
})

test('a block is never as small as a face’s features', () => {
  for (const { side, blocks } of Object.values(BRUSHES)) assert.ok(side / blocks >= 0.025)
})

test('around a face that was found lie hair, chin and ears, and nothing outside the picture', () => {
  assert.deepEqual(patchAround({ x: 500, y: 400, width: 100, height: 200 }, picture), { x: 480, y: 360, width: 140, height: 280, columns: 4, rows: 4 })
  const corner = patchAround({ x: -10, y: 1100, width: 200, height: 200 }, picture)
  assert.deepEqual([corner.x, corner.y, corner.width, corner.height], [0, 1060, 230, 140])
})

test('painting on lays the next patch only where the last one ends', () => {
  const patch = patchAt({ x: 800, y: 600 }, 'face', picture)
  assert.equal(farFrom(patch, { x: 850, y: 650 }), false)
  assert.equal(farFrom(patch, { x: 1050, y: 600 }), true)
})

test('a tap on the screen is found on the picture, which is fitted whole', () => {
  const wide = { x: 10, y: 100, width: 400, height: 600 } // the picture stands in it with bars above and below
  assert.deepEqual(pointOn(picture, wide, { x: 10, y: 250 }), { x: 0, y: 0 })
  assert.deepEqual(pointOn(picture, wide, { x: 210, y: 400 }), { x: 800, y: 600 })
  assert.equal(pointOn(picture, wide, { x: 210, y: 200 }), null)
})

test('a picture and the same one smeared are told apart, a wall is not judged', () => {
  const sharp = checks(160, 120, 40)
  assert.ok(blurOf(sharp) < BLURRED)
  assert.ok(blurOf(smeared(sharp, 8, 8)) > BLURRED)
  assert.ok(blurOf(smeared(sharp, 8, 0)) > BLURRED, 'moved sideways only')
  assert.equal(blurOf({ grey: new Float32Array(160 * 120).fill(230), width: 160, height: 120 }), null)
})

function checks(width, height, size) {
  const grey = Float32Array.from({ length: width * height }, (_, at) => (
    (Math.floor((at % width) / size) + Math.floor(at / width / size)) % 2 ? 220 : 30
  ))
  return { grey, width, height }
}

function smeared({ grey, width, height }, across, down) {
  const once = grey.map((_, at) => meanOf(grey, at, across, 1, at - (at % width), at - (at % width) + width))
  return { grey: once.map((_, at) => meanOf(once, at, down, width, 0, once.length)), width, height }
}

function meanOf(grey, at, reach, step, from, to) {
  const near = []
  for (let k = -reach; k <= reach; k += 1) if (at + k * step >= from && at + k * step < to) near.push(grey[at + k * step])
  return near.reduce((sum, value) => sum + value, 0) / near.length
}
