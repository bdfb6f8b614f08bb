// Where things are hidden on a picture, and whether the picture is sharp. Numbers only: no canvas, no screen.
/** @import { Patch, Point, Size } from '../record/types.d.ts' */
/** @typedef {keyof typeof BRUSHES} Brush */
/** @typedef {ArrayLike<number> & Iterable<number>} Grey one value a pixel, row after row */

/**
 * Share of the picture's shorter side that one tap hides, and in how many blocks each way. A head is 0.24 m high; at arm's length (0.65 m)
 * a phone's camera sees 0.65 m on the shorter side of 4:3, so that a face takes 0.37 of it.
 */
export const BRUSHES = {
  small: { side: 0.13, blocks: 3 },
  face: { side: 0.4, blocks: 4 },
  large: { side: 0.62, blocks: 5 },
}
const AROUND = 0.2 // browsers find eyes to mouth; hair, chin and ears lie outside, and are known, too

/**
 * One tap: a patch around the point, moved inside so that nothing sticks out and no edge is left bare.
 * @param {Point} point @param {Brush} brush @param {Size} picture @returns {Patch}
 */
export function patchAt({ x, y }, brush, picture) {
  const { side, blocks } = BRUSHES[brush]
  const length = Math.round(side * Math.min(picture.width, picture.height))
  return {
    x: inside(x - length / 2, picture.width - length), y: inside(y - length / 2, picture.height - length),
    width: length, height: length, columns: blocks, rows: blocks,
  }
}

/** All of a face that the browser found, with what it is known by. @param {Point & Size} found @param {Size} picture @returns {Patch} */
export function patchAround(found, picture) {
  const x = inside(found.x - AROUND * found.width, picture.width)
  const y = inside(found.y - AROUND * found.height, picture.height)
  const { blocks } = BRUSHES.face
  return {
    x, y, columns: blocks, rows: blocks,
    width: inside(found.x + (1 + AROUND) * found.width, picture.width) - x, height: inside(found.y + (1 + AROUND) * found.height, picture.height) - y,
  }
}

/** @param {Patch} patch @param {Point} point */
export const covers = ({ x, y, width, height }, point) => point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height

/** @param {Patch} patch */
export const middleOf = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })

/**
 * Whether a finger that goes on has left the patch far enough for the next one.
 * @param {Patch} patch @param {Point} point
 */
export function farFrom(patch, { x, y }) {
  const middle = middleOf(patch)
  return Math.abs(x - middle.x) > patch.width / 2 || Math.abs(y - middle.y) > patch.height / 2
}

/**
 * A point of the screen as a point of the picture, which is fitted whole into `box`; null beside the picture.
 * @param {Size} picture @param {Point & Size} box @param {Point} point
 */
export function pointOn(picture, box, { x, y }) {
  const scale = Math.min(box.width / picture.width, box.height / picture.height)
  const at = {
    x: (x - box.x - (box.width - picture.width * scale) / 2) / scale,
    y: (y - box.y - (box.height - picture.height * scale) / 2) / scale,
  }
  return at.x >= 0 && at.y >= 0 && at.x <= picture.width && at.y <= picture.height ? at : null
}

const REACH = 4 // pixels each way that the comparison copy is smeared over
const DULL = 8 // spread of grey values below which there is nothing to judge: a wall, the sky
export const BLURRED = 0.5

/**
 * How blurred a grey picture is, 0 … 1; null when it shows too little to tell. A picture that smearing hardly changes
 * was smeared already: how much of the steps between neighbours survives. Either direction alone can spoil a picture.
 * @param {Size & { grey: Grey }} picture
 */
export function blurOf({ grey, width, height }) {
  if (spread(grey) < DULL) return null
  return Math.max(survives(grey, width, height, 1, width), survives(grey, height, width, width, 1))
}

/** @param {Grey} grey */
function spread(grey) {
  let [sum, squares] = [0, 0]
  for (const value of grey) { sum += value; squares += value * value }
  const mean = sum / grey.length
  return Math.sqrt(Math.max(0, squares / grey.length - mean * mean))
}

/**
 * Along rows of `length` pixels `step` apart; rows start `stride` apart.
 * @param {Grey} grey @param {number} length @param {number} rows @param {number} step @param {number} stride
 */
function survives(grey, length, rows, step, stride) {
  let [total, lost] = [0, 0]
  for (let row = 0; row < rows; row += 1) {
    const smeared = smear(grey, row * stride, length, step)
    for (let at = 1; at < length; at += 1) {
      const own = Math.abs(grey[row * stride + at * step] - grey[row * stride + (at - 1) * step])
      const left = Math.abs(smeared[at] - smeared[at - 1])
      total += own
      lost += Math.max(0, own - left)
    }
  }
  return total ? (total - lost) / total : 0
}

/**
 * One row, each pixel the mean of its neighbours on either side.
 * @param {Grey} grey @param {number} start @param {number} length @param {number} step
 */
function smear(grey, start, length, step) {
  const made = new Float32Array(length)
  const value = (/** @type {number} */ at) => grey[start + inside(at, length - 1) * step]
  let sum = 0
  for (let at = -REACH; at <= REACH; at += 1) sum += value(at)
  for (let at = 0; at < length; at += 1) {
    made[at] = sum / (2 * REACH + 1)
    sum += value(at + REACH + 1) - value(at - REACH)
  }
  return made
}

/** @param {number} value @param {number} most */
function inside(value, most) {
  return Math.max(0, Math.min(most, Math.round(value)))
}
