// What has bytes: photos and voice notes. Stored whole with the observation they belong to, taken back, found again.
/** @import { Medium, MediumKind, ObservationBody } from '../record/types.d.ts' */
import { enqueue } from '../record/entries.js'
import { newId } from '../record/ids.js'
import { addPhoto, addSound, removePhoto, removeSound } from '../record/records.js'
import { failed, loadAll, meanwhile, queue, store, tellOthers } from './local_records.js'
import { photos, say, spoken, t, visits } from '../state/signals.js'

/** @type {Map<string, string>} */
const addresses = new Map() // object URLs of what is stored
const QUIET = 3000 // its observation follows when nobody has changed his mind
/**
 * @type {{ [kind in MediumKind]: {
 *   words: string, add: (body: ObservationBody, note: any) => ObservationBody, remove: (body: ObservationBody, id: string) => ObservationBody,
 *   wire: (medium: Medium) => Partial<Medium>,
 * } }}
 */
const KINDS = {
  photo: { words: 'photo', add: addPhoto, remove: removePhoto, wire: ({ caption }) => ({ caption }) },
  sound: { words: 'voice', add: addSound, remove: removeSound, wire: ({ seconds }) => ({ seconds }) },
}

/** True once it is on disk; then the way back stays open for a moment. @param {Medium} medium @param {ArrayBuffer} data @returns {Promise<boolean>} */
export async function keepMedium(medium, data) {
  const { words, add, wire } = KINDS[medium.kind]
  const practice = visits.value.get(medium.visit_id)?.body.practice
  const entry = { id: medium.id, sha256: medium.sha256, bytes: medium.bytes, ...wire(medium) }
  try {
    await meanwhile(medium.observation_id, async () => {
      await store.addMedium(medium, data,
        (/** @type {any} */ record) => ({ ...record, body: add(record.body, entry), unqueued: true }),
        (old, made) => (practice ? old : enqueue(old, made, Date.now())))
      await loadAll()
    })
    spoken.value = t(`${words}.kept`)
    tellOthers()
    setTimeout(() => queue('observation', medium.observation_id), QUIET)
    say(t(`${words}.kept`), () => takeBack(medium))
    return true
  } catch (problem) {
    if (/** @type {Error | null} */ (problem)?.name === 'QuotaExceededError') say(t(`${words}.full`))
    else failed(problem)
    return false
  }
}

/** @param {Medium} medium */
export async function takeBack(medium) {
  const { words, remove } = KINDS[medium.kind]
  const data = await store.mediumBytes(medium.id)
  await meanwhile(medium.observation_id, async () => {
    await store.removeMedium(medium, (/** @type {any} */ record) => ({ ...record, body: remove(record.body, medium.id), unqueued: true }))
    await loadAll()
  })
  tellOthers()
  // Undo brings it under a new id, since the old one is already announced as removed.
  const putBack = data && (() => keepMedium({ ...medium, id: newId() }, data))
  say(t(`${words}.removed`), putBack, () => queue('observation', medium.observation_id))
}

/** The address of something stored, for an img or audio; fetched once. @param {string} id */
export async function addressOf(id) {
  if (!addresses.has(id)) {
    const data = await store.mediumBytes(id)
    const type = photos.value.get(id)?.type ?? 'image/jpeg'
    if (data) addresses.set(id, URL.createObjectURL(new Blob([data], { type })))
  }
  return addresses.get(id) ?? null
}
