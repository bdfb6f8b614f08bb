// From the picker to what is stored: one picture at a time, since a large one fills a phone's memory while it is open.
/** @import { Patch, Size } from '../record/types.d.ts' */
import { fitInto, pictureSize } from './jpeg.js'

const LONGEST = 1600
const QUALITY = 0.82
const MOST_PIXELS = 64_000_000
const COARSE = 24 // blocks on the longer side when everything is hidden: nobody can be told apart
const LOOKED_AT = 480 // sharpness is judged on a small copy: finer blur harms nobody's reading of the picture

/** Why a picture cannot be kept. Screens have a sentence for each. */
export class PhotoProblem extends Error {
  /** @param {'tooLarge' | 'unreadable' | 'cutOff'} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

/** @typedef {{ patches: Patch[], all: boolean }} Hidings */

/** @type {Promise<unknown>} */
let line = Promise.resolve()

/** Opens a picture upright, shrunk and on white; the canvas comes back, and whether it is cut off. Calls queue up behind each other. @param {Blob} file */
export function openPicture(file) {
  const turn = line.then(() => shrink(file))
  line = turn.catch(() => {})
  return turn
}

/** @param {Blob} file */
async function shrink(file) {
  const size = pictureSize(await file.slice(0, 512 * 1024).arrayBuffer())
  if (size && size.width * size.height > MOST_PIXELS) throw new PhotoProblem('tooLarge')
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null)
  if (!bitmap) return { canvas: onWhite(await readablePart(file, Boolean(size))), cut: true }
  try {
    return { canvas: onWhite(drawn(bitmap, bitmap.width, bitmap.height, LONGEST)), cut: false }
  } finally {
    bitmap.close()
  }
}

/**
 * Browsers refuse a cut-off picture as a bitmap and draw what there is of it in a page; the rest stays transparent.
 * @param {Blob} file @param {boolean} known whether its header tells a picture
 */
async function readablePart(file, known) {
  const image = new Image()
  image.src = URL.createObjectURL(file)
  try {
    await new Promise((resolve, reject) => { image.onload = resolve; image.onerror = reject })
    const canvas = drawn(image, image.naturalWidth, image.naturalHeight, LONGEST)
    const small = drawn(canvas, canvas.width, canvas.height, COARSE)
    if (penOf(small).getImageData(0, 0, small.width, small.height).data.some(Boolean)) return canvas
  } catch { /* Nothing at all: the same as nothing seen. */ } finally {
    URL.revokeObjectURL(image.src)
  }
  throw new PhotoProblem(known ? 'cutOff' : 'unreadable')
}

/** In the preview as in the store: transparent parts of a JPEG would be black. @param {HTMLCanvasElement} canvas */
function onWhite(canvas) {
  const context = penOf(canvas)
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.globalCompositeOperation = 'source-over'
  return canvas
}

/** Grey values of a small copy, for judging sharpness. @param {HTMLCanvasElement} canvas */
export function greyCopy(canvas) {
  const small = drawn(canvas, canvas.width, canvas.height, LOOKED_AT)
  const { width, height } = small
  const { data } = penOf(small).getImageData(0, 0, width, height)
  release(small)
  const grey = new Float32Array(width * height)
  for (let at = 0; at < grey.length; at += 1) {
    grey[at] = 0.3 * data[4 * at] + 0.59 * data[4 * at + 1] + 0.11 * data[4 * at + 2]
  }
  return { grey, width, height }
}

/**
 * Draws the picture onto `target` with its patches hidden, or all of it in coarse blocks. Patches are
 * in the picture's own pixels; what is under one is not in the result.
 * @param {HTMLCanvasElement} target @param {HTMLCanvasElement} canvas @param {Hidings} hidings
 */
export function paint(target, canvas, { patches, all }) {
  if (target.width !== canvas.width) target.width = canvas.width
  if (target.height !== canvas.height) target.height = canvas.height
  const context = penOf(target)
  context.drawImage(canvas, 0, 0)
  for (const patch of all ? [everything(canvas)] : patches) hide(context, canvas, patch)
  return target
}

/** @param {Size} picture @returns {Patch} */
function everything({ width, height }) {
  const blocks = fitInto(width, height, COARSE)
  return { x: 0, y: 0, width, height, columns: blocks.width, rows: blocks.height }
}

/**
 * The part again as a few large blocks, each of one colour: too few to know a face or read a name by.
 * @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} canvas @param {Patch} patch
 */
function hide(context, canvas, { x, y, width, height, columns, rows }) {
  const blocks = blank(columns, rows)
  const small = penOf(blocks)
  small.imageSmoothingQuality = 'high'
  small.drawImage(canvas, x, y, width, height, 0, 0, columns, rows)
  context.imageSmoothingEnabled = false
  context.drawImage(blocks, x, y, width, height)
  release(blocks)
}

/**
 * JPEG bytes without any of the camera's notes. Always JPEG: not every phone can write WebP.
 * @param {HTMLCanvasElement} canvas @param {Hidings} hidings
 */
export async function encode(canvas, hidings) {
  const painted = paint(blank(1, 1), canvas, hidings)
  const blob = await new Promise((/** @type {(made: Blob | null) => void} */ resolve) => { painted.toBlob(resolve, 'image/jpeg', QUALITY) })
  release(painted)
  if (!blob) throw new PhotoProblem('unreadable')
  return { data: await blob.arrayBuffer(), type: 'image/jpeg', width: canvas.width, height: canvas.height }
}

/** Gives the memory back at once instead of some time later. @param {HTMLCanvasElement | null} canvas */
export function release(canvas) {
  if (canvas) canvas.width = canvas.height = 0
}

/** The same, no larger than `most`. @param {CanvasImageSource} source @param {number} wide @param {number} high @param {number} most */
function drawn(source, wide, high, most) {
  const { width, height } = fitInto(wide, high, most)
  const canvas = blank(width, height)
  const context = penOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  return canvas
}

/** No browser refuses the plain one. @param {HTMLCanvasElement} canvas */
function penOf(canvas) {
  return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
}

/** @param {number} width @param {number} height */
function blank(width, height) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas
}
