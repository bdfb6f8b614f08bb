// Makes room on the phone, and only there where the server has confirmed twice, a week apart, what it holds.
/** @import { Store } from '../record/types.d.ts' */

/** Pictures that are safe make room; their facts stay. Nothing else is ever cleared by itself. Returns how many. @param {Store} store */
export async function tidy(store) {
  const { entries, photos } = await store.load()
  const settled = new Set(entries.filter((entry) => entry.state === 'done' && entry.settled_at).map((entry) => entry.id))
  const leaving = photos.filter((photo) => settled.has(photo.id) && !photo.dropped)
  for (const photo of leaving) await store.dropBytes(photo.id)
  return leaving.length
}
