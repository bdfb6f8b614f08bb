// The arc of the day on Today: where the sun stands, where the visits lie.
/** @import { Point } from './types.d.ts' */

const START = { x: 8, y: 74 }
const LEFT = { x: 70, y: 4 }
const RIGHT = { x: 288, y: 4 }
const END = { x: 350, y: 74 }

/** Working hours, widened by visits outside them. Hours are fractions of a day's 24. @param {number[]} hours */
export function dayRange(hours) {
  return { from: Math.floor(Math.min(8, ...hours)), to: Math.ceil(Math.max(18, ...hours)) }
}

/** Where an hour lies on the ground line. @param {number} hour @param {{ from: number, to: number }} range */
export function groundX(hour, { from, to }) {
  const share = Math.min(1, Math.max(0, (hour - from) / (to - from)))
  return START.x + share * (END.x - START.x)
}

/**
 * The sun above its hour, and the path it has come along.
 * @param {number} hour @param {{ from: number, to: number }} range
 */
export function sunAt(hour, range) {
  const x = groundX(hour, range)
  const t = solve(x)
  const [a, b, c] = [mix(START, LEFT, t), mix(LEFT, RIGHT, t), mix(RIGHT, END, t)]
  const [d, e] = [mix(a, b, t), mix(b, c, t)]
  const sun = mix(d, e, t)
  return { sun, path: `M${at(START)}C${at(a)} ${at(d)} ${at(sun)}` }
}

/** Labels that would print over each other are left out, later ones first. @param {number[]} xs */
export function spread(xs, least = 48) {
  /** @type {number[]} */
  const kept = []
  return xs.map((x) => {
    const free = kept.every((other) => Math.abs(other - x) >= least)
    if (free) kept.push(x)
    return free
  })
}

/** @param {number} x */
function solve(x) {
  let [low, high] = [0, 1]
  for (let round = 0; round < 30; round += 1) {
    const middle = (low + high) / 2
    if (bezier(middle) < x) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** @param {number} t */
function bezier(t) {
  const u = 1 - t
  return u ** 3 * START.x + 3 * u * u * t * LEFT.x + 3 * u * t * t * RIGHT.x + t ** 3 * END.x
}

/** @param {Point} from @param {Point} to @param {number} t */
function mix(from, to, t) {
  return { x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t }
}

/** @param {Point} point */
function at({ x, y }) {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
}
