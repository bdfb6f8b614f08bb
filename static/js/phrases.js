// Phrases offered as chips: those of the journey, and those this person writes again and again. Pure.

const SHORT = 60
const MOST = 6
const HABIT = 2 // written this often, it is a habit

/** Lines this person wrote at least twice at this touchpoint, the most frequent first, then the journey's own. */
export function phrasesFor(touchpoint, bodies, language) {
  const counts = new Map()
  for (const body of bodies) {
    if (body.touchpoint_id !== touchpoint?.id || body.deleted_at) continue
    for (const line of new Set(linesOf(body.note))) counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const given = (touchpoint?.phrases ?? []).map((words) => words[language] || words.en || words.zh).filter(Boolean)
  const learnt = [...counts].filter(([line, n]) => n >= HABIT && !given.includes(line)).sort((one, other) => other[1] - one[1])
  return [...learnt.map(([line]) => line).slice(0, MOST), ...given]
}

function linesOf(note) {
  return (note ?? '').split('\n').map((line) => line.trim()).filter((line) => line && line.length <= SHORT)
}
