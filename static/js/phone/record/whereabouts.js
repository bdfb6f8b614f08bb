// Where things are: here, moving, taken by the server, held by it. One count for the receipt, the outbox, Me and the corner. Pure.
/** @import { Entry } from './types.d.ts' */
import { isMedium, needsPerson, waiting } from './entries.js'

/**
 * taken: the server has answered; held: its receipt has named it since. Nothing has arrived before that.
 * @typedef {'here' | 'moving' | 'taken' | 'held'} Place
 * @param {Entry} entry @returns {Place}
 */
export function placeOf(entry) {
  if (entry.state === 'sending') return 'moving'
  if (entry.state !== 'done') return 'here'
  return entry.receipt_at ? 'held' : 'taken'
}

/**
 * Counted as people count: a record with its photos and voice notes is one thing until nothing of it waits.
 * @param {Entry[]} entries
 */
export function whereabouts(entries) {
  const photos = entries.filter(({ kind }) => kind === 'photo')
  const open = entries.filter(({ state }) => state !== 'done')
  return {
    waits: waiting(entries).size,
    free: waiting(entries.filter((entry) => !needsPerson(entry))).size, // what goes without anybody deciding anything
    moves: open.some((entry) => placeOf(entry) === 'moving'),
    mediaOnly: open.length > 0 && open.every(isMedium),
    photos: photos.length,
    photosGone: photos.filter(({ state }) => state === 'done').length,
    held: entries.length > 0 && entries.every((entry) => placeOf(entry) === 'held'),
  }
}
