// How my eye compares, from points on 1 to 5 to a sentence and a bar. Pure.

const POINTS = 25 // a step of 1 to 5, as pages print it
const WIDEST = 20 // points shown to either side

/**
 * { points, how: 'same' | 'milder' | 'harsher', low, high } in printed points.
 * @param {{ value: number, low: number, high: number }} eye
 */
export function readEye({ value, low, high }) {
  const how = low > 0 ? 'milder' : high < 0 ? 'harsher' : 'same'
  const round = (/** @type {number} */ points) => Math.round(points * POINTS)
  return { points: Math.abs(round(value)), how, low: round(low), high: round(high), value: round(value) }
}

/** A place on the bar, 0 to 100; what is farther off stands at the edge. @param {number} points */
export function placeOf(points) {
  return 50 + 50 * Math.max(-1, Math.min(1, points / WIDEST))
}
