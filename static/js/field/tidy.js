// Makes room on the phone, and only there where the server has confirmed what it holds.
import { store } from './keep.js'
import { photos, put } from './state.js'

const WEEK = 7 * 24 * 3600 * 1000

/** Pictures the server has confirmed a week ago make room. Nothing else is ever cleared by itself. */
export async function tidy(entries, now = Date.now()) {
  for (const entry of entries) {
    const photo = photos.value.get(entry.id)
    if (entry.kind !== 'photo' || entry.state !== 'done' || !photo || photo.dropped) continue
    if (!entry.receipt_at || entry.receipt_at + WEEK > now) continue
    await store.dropBytes(entry.id)
    put(photos, await store.change('photo', entry.id, (old) => ({ ...old, dropped: true })))
  }
}
