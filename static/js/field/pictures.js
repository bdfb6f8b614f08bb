// Photos: chosen, looked at, hidden or not, stored, taken back.
import { signal } from '@preact/signals'
import { enqueue } from '../entries.js'
import { fingerprint, newId } from '../ids.js'
import { encode, hideAll, openPicture, PhotoProblem, release } from '../photo.js'
import { addPhoto, removePhoto } from '../records.js'
import { failed, loadAll, queue, store, tellOthers } from './keep.js'
import { observations, picture, photos, say, spoken, t, visits } from './state.js'

export const opening = signal(false)
const addresses = new Map() // object URLs of stored pictures
const line = []

/** From the picker. The list is copied first: the input forgets it while we wait. */
export async function choose(event, observationId) {
  const input = event.currentTarget
  line.push(...[...input.files].map((file) => ({ file, observationId })))
  input.value = ''
  if (!picture.value && !opening.value) await showNext()
}

async function showNext() {
  const next = line.shift()
  if (!next) return
  opening.value = true
  try {
    const canvas = await openPicture(next.file)
    picture.value = { observationId: next.observationId, canvas, hidden: null, at: Date.now(), url: await preview(canvas) }
  } catch (problem) {
    say(t(problem instanceof PhotoProblem && problem.reason === 'too_large' ? 'photo.tooLarge' : 'photo.unreadable'))
  } finally {
    opening.value = false
  }
}

async function preview(canvas) {
  const blob = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/jpeg', 0.7) })
  return URL.createObjectURL(blob)
}

/** Hides the whole picture, or shows it again while it is not stored. */
export async function toggleHidden() {
  const shown = picture.value
  URL.revokeObjectURL(shown.url)
  const hidden = shown.hidden ? null : hideAll(shown.canvas)
  release(shown.hidden)
  picture.value = { ...shown, hidden, url: await preview(hidden ?? shown.canvas) }
}

export function discard() {
  close()
  return showNext()
}

function close() {
  const { canvas, hidden, url } = picture.value
  URL.revokeObjectURL(url)
  release(canvas)
  release(hidden)
  picture.value = null
}

/** Stores what is shown, and only that. */
export async function use(caption) {
  const { observationId, canvas, hidden } = picture.value
  const made = await encode(hidden ?? canvas)
  const record = observations.value.get(observationId)
  const photo = {
    id: newId(), kind: 'photo', observation_id: observationId, visit_id: record.visit_id, maker: record.maker,
    sha256: await fingerprint(made.data), bytes: made.data.byteLength, caption: caption || null, hidden: Boolean(hidden),
    type: made.type, width: made.width, height: made.height, taken_at: Date.now(),
  }
  close()
  await keep(photo, made.data)
  await showNext()
}

async function keep(photo, data) {
  const practice = visits.value.get(photo.visit_id)?.body.practice
  const wire = { id: photo.id, sha256: photo.sha256, bytes: photo.bytes, caption: photo.caption }
  try {
    await store.addPhoto(photo, data,
      (record) => ({ ...record, body: addPhoto(record.body, wire), unqueued: true }),
      (old, made) => (practice ? old : enqueue(old, made, Date.now())))
    await loadAll()
    spoken.value = t('photo.kept')
    tellOthers()
    setTimeout(() => queue('observation', photo.observation_id), 3000)
  } catch (problem) {
    if (problem?.name === 'QuotaExceededError') say(t('photo.full'))
    else failed(problem)
  }
}

export async function takeBack(photo) {
  const data = await store.photoBytes(photo.id)
  await store.removePhoto(photo, (record) => ({ ...record, body: removePhoto(record.body, photo.id), unqueued: true }))
  await loadAll()
  tellOthers()
  say(t('photo.removed'), data && (() => putBack(photo, data)), () => queue('observation', photo.observation_id))
}

/** Undo: the same picture under a new id, since the old one is already announced as removed. */
function putBack(photo, data) {
  return keep({ ...photo, id: newId() }, data)
}

/** The address of a stored picture for an img; fetched once. */
export async function addressOf(id) {
  if (!addresses.has(id)) {
    const data = await store.photoBytes(id)
    const type = photos.value.get(id)?.type ?? 'image/jpeg'
    if (data) addresses.set(id, URL.createObjectURL(new Blob([data], { type })))
  }
  return addresses.get(id) ?? null
}
