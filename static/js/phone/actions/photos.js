// Photos: chosen, looked at, hidden or not, stored.
import { signal } from '@preact/signals'
import { fingerprint, newId } from '../record/ids.js'
import { BLURRED, blurOf, farFrom, patchAt } from '../device/redaction.js'
import { encode, greyCopy, openPicture, PhotoProblem, release } from '../device/photo.js'
import { keepMedium } from './media.js'
import { observations, picture, say, t } from '../state/signals.js'

export const opening = signal(false)
const line = []

/** From the picker. The list is copied first: the input forgets it while we wait. */
export function choose(event, observationId, camera = false) {
  const input = event.currentTarget
  const files = [...input.files]
  input.value = ''
  return chooseFiles(files, observationId, camera)
}

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

/** Taken again: what was looked at goes, what comes from the camera now takes its place. */
export function retake(event) {
  const { observationId, camera } = picture.value
  const [file] = event.currentTarget.files
  if (!file) return
  line.unshift({ file, observationId, camera })
  discard()
}

/** A tap begins a stroke; a finger that goes on makes it longer. */
export function hideAt(point, brush, { goesOn = false } = {}) {
  const shown = picture.value
  if (shown.all) return
  const strokes = [...shown.strokes]
  const last = goesOn ? strokes.pop() : []
  if (goesOn && !farFrom(last[last.length - 1], point)) return
  picture.value = { ...shown, strokes: [...strokes, [...last, patchAt(point, brush, shown.canvas)]] }
}

/** The last stroke is shown again: until the picture is stored nothing is lost. */
export function showLast() {
  const { strokes, all } = picture.value
  picture.value = all ? { ...picture.value, all: false } : { ...picture.value, strokes: strokes.slice(0, -1) }
}

export function hideAll() {
  picture.value = { ...picture.value, all: !picture.value.all }
}

export const hidings = ({ strokes, all }) => ({ patches: strokes.flat(), all })

/** Whether anything is hidden on the picture being looked at. */
export const hidesSomething = ({ strokes, all }) => all || strokes.length > 0

export function discard() {
  close()
  return showNext()
}

function close() {
  release(picture.value.canvas)
  picture.value = null
}

/** Stores what is shown, and only that: what was hidden is not in the bytes. */
export async function use(caption) {
  const shown = picture.value
  const { observationId, canvas } = shown
  const made = await encode(canvas, hidings(shown))
  const record = observations.value.get(observationId)
  const photo = {
    id: newId(), kind: 'photo', observation_id: observationId, visit_id: record.visit_id, maker: record.maker,
    sha256: await fingerprint(made.data), bytes: made.data.byteLength, caption: caption || null,
    hidden: hidesSomething(shown), type: made.type, width: made.width, height: made.height, taken_at: Date.now(),
  }
  close()
  await keepMedium(photo, made.data)
  await showNext()
}
