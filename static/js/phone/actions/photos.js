// Photos: chosen, looked at, hidden or not, stored.
/** @import { Brush } from '../device/redaction.js' */
/** @import { Medium, Observation, Patch, Picture, Point } from '../record/types.d.ts' */
/** @typedef {{ currentTarget: HTMLInputElement }} Picked an event of the picker */
/** @typedef {{ file: File, observationId: string, camera: boolean }} Waiting */
import { signal } from '@preact/signals'
import { fingerprint, newId } from '../record/ids.js'
import { facesOn } from '../device/faces.js'
import { BLURRED, blurOf, covers, farFrom, middleOf, patchAt } from '../device/redaction.js'
import { encode, greyCopy, openPicture, PhotoProblem, release } from '../device/photo.js'
import { keepMedium } from './media.js'
import { observations, picture, say, t } from '../state/signals.js'

export const opening = signal(false)
/** @type {Waiting[]} */
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

/** The next picture that can be opened takes the place of what was looked at: several in a row never leave the camera. */
async function showNext() {
  const seen = picture.value
  opening.value = true
  let shown = null
  while (line.length > 0 && !shown) shown = await opened(/** @type {Waiting} */ (line.shift()))
  opening.value = false
  picture.value = shown
  release(seen && seen.canvas)
  if (shown) proposeFaces(shown.canvas)
}

/** @param {Waiting} next @returns {Promise<Picture | null>} */
async function opened({ file, observationId, camera }) {
  try {
    const { canvas, cut } = await openPicture(file)
    const blur = blurOf(greyCopy(canvas))
    return { observationId, camera, canvas, strokes: [], all: false, past: [], faces: [], settled: false, cut, blurred: blur !== null && blur > BLURRED, at: Date.now() }
  } catch (problem) {
    say(t(`photo.${problem instanceof PhotoProblem ? problem.reason : 'unreadable'}`))
    return null
  }
}

/** Where the browser finds faces they are marked, and hidden by a tap like any other. @param {HTMLCanvasElement} canvas */
async function proposeFaces(canvas) {
  const faces = await facesOn(canvas)
  if (picture.value?.canvas === canvas && faces.length > 0) picture.value = { ...picture.value, faces }
}

/** Taken again: what was looked at goes, what comes from the camera now takes its place. @param {Picked} event */
export function retake(event) {
  const { observationId, camera } = /** @type {Picture} */ (picture.value)
  if (putFirst(event, observationId, camera)) discard()
}

/** Kept, and the next one from the camera looked at at once. @param {Picked} event @param {string} caption */
export async function useAndTakeNext(event, caption) {
  if (putFirst(event, /** @type {Picture} */ (picture.value).observationId, true)) await use(caption)
}

/** @param {Picked} event @param {string} observationId @param {boolean} camera */
function putFirst({ currentTarget }, observationId, camera) {
  const [file] = /** @type {FileList} */ (currentTarget.files)
  if (file) line.unshift({ file, observationId, camera })
  currentTarget.value = ''
  return file
}

/** A tap begins a stroke; a finger that goes on makes it longer. @param {Point} point @param {Brush} brush @param {{ goesOn?: boolean }} [how] */
export function hideAt(point, brush, { goesOn = false } = {}) {
  const shown = /** @type {Picture} */ (picture.value)
  const { strokes, canvas, all, settled } = shown
  if (all || settled) return
  if (!goesOn) change({ strokes: [...strokes, [facesLeft(shown).find((face) => covers(face, point)) ?? patchAt(point, brush, canvas)]] })
  const last = goesOn && strokes.at(-1)
  if (last && farFrom(last[last.length - 1], point)) picture.value = { ...shown, strokes: [...strokes.slice(0, -1), [...last, patchAt(point, brush, canvas)]] }
}

/** What was hidden here is shown again: until the picture is stored nothing is lost. @param {Point} point */
export function revealAt(point) {
  const { strokes, all } = /** @type {Picture} */ (picture.value)
  const left = strokes.filter((stroke) => !stroke.some((patch) => covers(patch, point)))
  if (all) change({ all: false })
  else if (left.length < strokes.length) change({ strokes: left })
}

export function hideAll() {
  change({ all: !/** @type {Picture} */ (picture.value).all })
}

/** One step, which `undo` takes back. @param {Partial<Picture>} what */
function change(what) {
  const shown = /** @type {Picture} */ (picture.value)
  const { strokes, all, past, settled } = shown
  if (!settled) picture.value = { ...shown, ...what, past: [...past, { strokes, all }] }
}

/** The last step is taken back, and only that: what was hidden before it stays hidden. */
export function undo() {
  const shown = /** @type {Picture} */ (picture.value)
  const last = shown.past.at(-1)
  if (last && !shown.settled) picture.value = { ...shown, ...last, past: shown.past.slice(0, -1) }
}

/** @param {Picture} picture */
export const hidings = ({ strokes, all }) => ({ patches: strokes.flat(), all })

/** Whether anything is hidden on the picture being looked at. @param {Picture} picture */
export const hidesSomething = ({ strokes, all }) => all || strokes.length > 0

/** Faces the browser found that nothing hides yet. @param {Picture} picture */
export const facesLeft = ({ faces, strokes, all }) => (
  all ? [] : faces.filter((face) => !strokes.flat().some((patch) => covers(patch, middleOf(face))))
)

export const discard = showNext

/** Stores what is shown, and only that: what was hidden is not in the bytes. @param {string | null} caption */
export async function use(caption) {
  const shown = /** @type {Picture} */ (picture.value)
  const { observationId, canvas } = shown
  picture.value = { ...shown, settled: true } // a tap from now on would hide on the screen and not in the bytes
  const made = await encode(canvas, hidings(shown))
  const record = /** @type {Observation} */ (observations.value.get(observationId))
  /** @type {Medium} */
  const photo = {
    id: newId(), kind: 'photo', observation_id: observationId, visit_id: record.visit_id, maker: record.maker,
    sha256: await fingerprint(made.data), bytes: made.data.byteLength, caption: caption || null,
    hidden: hidesSomething(shown), type: made.type, width: made.width, height: made.height, taken_at: Date.now(),
  }
  await keepMedium(photo, made.data)
  await showNext()
}
