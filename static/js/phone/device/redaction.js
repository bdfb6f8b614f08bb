// Where things are hidden on a picture, and whether the picture is sharp. Numbers only: no canvas, no screen.
/** @import { Patch, Point, Size } from '../record/types.d.ts' */
/** @typedef {keyof typeof BRUSHES} Brush */
/** @typedef {ArrayLike<number> & Iterable<number>} Grey one value a pixel, row after row */

/** Share of the picture's shorter side that one tap hides, and in how many blocks. */
export const BRUSHES = {
  name: { width: 0.09, height: 0.05, columns: 3, rows: 2 },
  face: { width: 0.17, height: 0.17, columns: 4, rows: 4 },
  person: { width: 0.36, height: 0.9, columns: 4, rows: 10 },
}

/**
 * One tap: a patch around the point, moved inside so that nothing sticks out and no edge is left bare.
 * @param {Point} point @param {Brush} brush @param {Size} picture @returns {Patch}
 */
export function patchAt({ x, y }, brush, picture) {
  const { width: wide, height: high, columns, rows } = BRUSHES[brush]
  const shorter = Math.min(picture.width, picture.height)
  const [width, height] = [Math.min(picture.width, wide * shorter), Math.min(picture.height, high * shorter)].map(Math.round)
  // A person is tapped on the face: the patch hangs down from there.
  const above = brush === 'person' ? 0.12 * height : height / 2
  return {
    x: inside(x - width / 2, picture.width - width), y: inside(y - above, picture.height - height),
    width, height, columns, rows,
  }
}

/**
 * Whether a finger that goes on has left the patch far enough for the next one.
 * @param {Patch} patch @param {Point} point
 */
export function farFrom(patch, { x, y }) {
  const middle = { x: patch.x + patch.width / 2, y: patch.y + patch.height / 2 }
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
