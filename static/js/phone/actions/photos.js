// Photos: chosen, looked at, hidden or not, stored.
/** @import { Brush } from '../device/redaction.js' */
/** @import { Medium, Observation, Patch, Picture, Point } from '../record/types.d.ts' */
/** @typedef {{ currentTarget: HTMLInputElement }} Picked an event of the picker */
import { signal } from '@preact/signals'
import { fingerprint, newId } from '../record/ids.js'
import { BLURRED, blurOf, farFrom, patchAt } from '../device/redaction.js'
import { encode, greyCopy, openPicture, PhotoProblem, release } from '../device/photo.js'
import { keepMedium } from './media.js'
import { observations, picture, say, t } from '../state/signals.js'

export const opening = signal(false)
/** @type {{ file: File, observationId: string, camera: boolean }[]} */
const line = []

/** From the picker. The list is copied first: the input forgets it while we wait. @param {Picked} event @param {string} observationId */
export function choose(event, observationId, camera = false) {
  const input = event.currentTarget
  const files = [.../** @type {FileList} */ (input.files)]
  input.value = ''
  return chooseFiles(files, observationId, camera)
}

/** @param {Iterable<File>} files @param {string} observationId */
export async function chooseFiles(files, observationId, camera = false) {
  line.push(...[...files].map((file) => ({ file, observationId, camera })))
  if (!picture.value && !opening.value) await showNext()
}

async function showNext() {
  const next = line.shift()
  if (!next) return
  opening.value = true
  try {
    const canvas = await openPicture(next.file)
    const blur = blurOf(greyCopy(canvas))
    picture.value = { ...next, file: null, canvas, strokes: [], all: false, blurred: blur !== null && blur > BLURRED, at: Date.now() }
  } catch (problem) {
    say(t(problem instanceof PhotoProblem && problem.reason === 'too_large' ? 'photo.tooLarge' : 'photo.unreadable'))
  } finally {
    opening.value = false
  }
}

/** Taken again: what was looked at goes, what comes from the camera now takes its place. @param {Picked} event */
export function retake(event) {
  const { observationId, camera } = /** @type {Picture} */ (picture.value)
  const [file] = /** @type {FileList} */ (event.currentTarget.files)
  if (!file) return
  line.unshift({ file, observationId, camera })
  discard()
}

/** A tap begins a stroke; a finger that goes on makes it longer. @param {Point} point @param {Brush} brush @param {{ goesOn?: boolean }} [how] */
export function hideAt(point, brush, { goesOn = false } = {}) {
  const shown = /** @type {Picture} */ (picture.value)
  if (shown.all) return
  const strokes = [...shown.strokes]
  const last = /** @type {Patch[]} */ (goesOn ? strokes.pop() : [])
  if (goesOn && !farFrom(last[last.length - 1], point)) return
  picture.value = { ...shown, strokes: [...strokes, [...last, patchAt(point, brush, shown.canvas)]] }
}

/** The last stroke is shown again: until the picture is stored nothing is lost. */
export function showLast() {
  const { strokes, all } = /** @type {Picture} */ (picture.value)
  picture.value = all ? { .../** @type {Picture} */ (picture.value), all: false } : { .../** @type {Picture} */ (picture.value), strokes: strokes.slice(0, -1) }
}

export function hideAll() {
  picture.value = { .../** @type {Picture} */ (picture.value), all: !/** @type {Picture} */ (picture.value).all }
}

/** @param {Picture} picture */
export const hidings = ({ strokes, all }) => ({ patches: strokes.flat(), all })

/** Whether anything is hidden on the picture being looked at. @param {Picture} picture */
export const hidesSomething = ({ strokes, all }) => all || strokes.length > 0

export function discard() {
  close()
  return showNext()
}

function close() {
  release(/** @type {Picture} */ (picture.value).canvas)
  picture.value = null
}

/** Stores what is shown, and only that: what was hidden is not in the bytes. @param {string | null} caption */
export async function use(caption) {
  const shown = /** @type {Picture} */ (picture.value)
  const { observationId, canvas } = shown
  const made = await encode(canvas, hidings(shown))
  const record = /** @type {Observation} */ (observations.value.get(observationId))
  /** @type {Medium} */
  const photo = {
    id: newId(), kind: 'photo', observation_id: observationId, visit_id: record.visit_id, maker: record.maker,
    sha256: await fingerprint(made.data), bytes: made.data.byteLength, caption: caption || null,
    hidden: hidesSomething(shown), type: made.type, width: made.width, height: made.height, taken_at: Date.now(),
  }
  close()
  await keepMedium(photo, made.data)
  await showNext()
}
