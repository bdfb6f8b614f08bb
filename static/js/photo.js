// From the picker to what is stored: one picture at a time, since a large one fills a phone's memory while it is open.
import { fitInto, pictureSize } from './jpeg.js'

const LONGEST = 1600
const QUALITY = 0.82
const MOST_PIXELS = 64_000_000
const COARSE = 24 // blocks on the longer side when everything is hidden: nobody can be told apart

/** Why a picture cannot be kept: 'too_large' or 'unreadable'. Screens have a sentence for each. */
export class PhotoProblem extends Error {
  constructor(reason) {
    super(reason)
    this.reason = reason
  }
}

let line = Promise.resolve()

/** Opens a picture upright and shrunk; the canvas comes back. Calls queue up behind each other. */
export function openPicture(file) {
  const turn = line.then(() => shrink(file))
  line = turn.catch(() => {})
  return turn
}

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

async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch {
    throw new PhotoProblem('unreadable')
  }
}

/** The whole picture in coarse blocks. The sharp one is not part of the result. */
export function hideAll(canvas) {
  const small = fitInto(canvas.width, canvas.height, COARSE)
  const blocks = draw(canvas, small.width, small.height, true)
  const hidden = draw(blocks, canvas.width, canvas.height, false)
  release(blocks)
  return hidden
}

/** JPEG bytes without any of the camera's notes. Always JPEG: not every phone can write WebP. */
export async function encode(canvas) {
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', QUALITY) })
  if (!blob) throw new PhotoProblem('unreadable')
  return { data: await blob.arrayBuffer(), type: 'image/jpeg', width: canvas.width, height: canvas.height }
}

/** Gives the memory back at once instead of some time later. */
export function release(canvas) {
  if (canvas) canvas.width = canvas.height = 0
}

function draw(source, width, height, smooth) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  context.imageSmoothingEnabled = smooth
  if (smooth) context.imageSmoothingQuality = 'high'
  context.drawImage(source, 0, 0, width, height)
  return canvas
}
