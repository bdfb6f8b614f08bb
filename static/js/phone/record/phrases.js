// Phrases offered as chips: those of the journey, and those this person writes again and again. Pure.
/** @import { Language, ObservationBody, Touchpoint } from './types.d.ts' */

const SHORT = 60
const MOST = 6
const HABIT = 2 // written this often, it is a habit

/**
 * Lines this person wrote at least twice at this touchpoint, the most frequent first, then the journey's own.
 * @param {Touchpoint | null | undefined} touchpoint @param {Iterable<ObservationBody>} bodies @param {Language} language
 */
export function phrasesFor(touchpoint, bodies, language) {
  const counts = new Map()
  for (const body of bodies) {
    if (body.touchpoint_id !== touchpoint?.id || body.deleted_at) continue
    for (const line of new Set(linesOf(body.note))) counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const given = (touchpoint?.phrases ?? []).flatMap((words) => words[language] || words.en || words.zh || [])
  const learnt = [...counts].filter(([line, n]) => n >= HABIT && !given.includes(line)).sort((one, other) => other[1] - one[1])
  return [...learnt.map(([line]) => line).slice(0, MOST), ...given]
}

/** @param {string | null} note */
function linesOf(note) {
  return (note ?? '').split('\n').map((line) => line.trim()).filter((line) => line && line.length <= SHORT)
}
