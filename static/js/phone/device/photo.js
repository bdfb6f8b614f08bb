// From the picker to what is stored: one picture at a time, since a large one fills a phone's memory while it is open.
/** @import { Patch, Size } from '../record/types.d.ts' */
import { fitInto, pictureSize } from './jpeg.js'

const LONGEST = 1600
const QUALITY = 0.82
const MOST_PIXELS = 64_000_000
const COARSE = 24 // blocks on the longer side when everything is hidden: nobody can be told apart
const LOOKED_AT = 480 // sharpness is judged on a small copy: finer blur harms nobody's reading of the picture

/** Why a picture cannot be kept: 'too_large' or 'unreadable'. Screens have a sentence for each. */
export class PhotoProblem extends Error {
  /** @param {'too_large' | 'unreadable'} reason */
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

/** @typedef {{ patches: Patch[], all: boolean }} Hidings */

/** @type {Promise<unknown>} */
let line = Promise.resolve()

/** Opens a picture upright and shrunk; the canvas comes back. Calls queue up behind each other. @param {Blob} file */
export function openPicture(file) {
  const turn = line.then(() => shrink(file))
  line = turn.catch(() => {})
  return turn
}

/** @param {Blob} file */
async function shrink(file) {
  const size = pictureSize(await file.slice(0, 512 * 1024).arrayBuffer())
  if (size && size.width * size.height > MOST_PIXELS) throw new PhotoProblem('too_large')
  const bitmap = await decode(file)
  try {
    const { width, height } = fitInto(bitmap.width, bitmap.height, LONGEST)
    return draw(bitmap, width, height, true)
  } finally {
    bitmap.close?.()
  }
}

/** @param {Blob} file */
async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PhotoProblem('unreadable')
  }
}

/** Grey values of a small copy, for judging sharpness. @param {HTMLCanvasElement} canvas */
export function greyCopy(canvas) {
  const { width, height } = fitInto(canvas.width, canvas.height, LOOKED_AT)
  const small = draw(canvas, width, height, true)
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

/** @param {CanvasImageSource} source @param {number} width @param {number} height @param {boolean} smooth */
function draw(source, width, height, smooth) {
  const canvas = blank(width, height)
  const context = penOf(canvas)
  context.imageSmoothingEnabled = smooth
  if (smooth) context.imageSmoothingQuality = 'high'
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
