// Geometry of the emotion line: on the map it runs downward, on the review it lies flat. Numbers in, SVG paths out.
/** @import { Journey, Point, Stage, Touchpoint } from './types.d.ts' */

const MAP = { middle: 50, swing: 15, head: 38, row: 58, above: 0 }
const FLAT = { left: 46, width: 295, top: 52, bottom: 146 }

/**
 * Lays the journey out as the map draws it: heads of stages, rows of touchpoints, their heights in px.
 * Each entry has its `y`, the centre.
 * @param {Journey | null | undefined} journey @param {number} offMap
 */
export function mapLayout(journey, offMap = 0) {
  /** @type {({ kind: 'head', stage: Stage, y: number } | { kind: 'row', touchpoint: Touchpoint, y: number })[]} */
  const entries = []
  let y = 0
  for (const stage of journey?.stages ?? []) {
    entries.push({ kind: 'head', stage, y: y + MAP.head / 2 })
    y += MAP.head
    for (const touchpoint of stage.touchpoints) {
      entries.push({ kind: 'row', touchpoint, y: y + MAP.row / 2 })
      y += MAP.row
    }
  }
  return { entries, height: y, offMapFrom: y, total: y + (offMap ? MAP.head + offMap * MAP.row : 0) }
}

/** @param {number | null | undefined} emotion */
export function mapX(emotion) {
  return MAP.middle + MAP.swing * (emotion ?? 0)
}

/**
 * Path through points, curving only along the walk, so that it never swings beyond what was felt.
 * @param {Point[]} points
 */
export function downward(points) {
  return points.map(({ x, y }, index) => {
    if (index === 0) return `M${round(x)} ${round(y)}`
    const from = points[index - 1]
    const bend = (y - from.y) * 0.45
    return `C${round(from.x)} ${round(from.y + bend)} ${round(x)} ${round(y - bend)} ${round(x)} ${round(y)}`
  }).join('')
}

/** @param {Point[]} points */
export function sideways(points) {
  return points.map(({ x, y }, index) => {
    if (index === 0) return `M${round(x)} ${round(y)}`
    const from = points[index - 1]
    const bend = (x - from.x) * 0.45
    return `C${round(from.x + bend)} ${round(from.y)} ${round(x - bend)} ${round(y)} ${round(x)} ${round(y)}`
  }).join('')
}

/**
 * Cuts a row of places into stretches: solid between neighbours that were both felt, dashed across what was not.
 * @template {Point & { felt: boolean }} P @param {P[]} places
 */
export function stretches(places) {
  const felt = places.map((place, index) => ({ ...place, index })).filter((place) => place.felt)
  /** @type {(P & { index: number })[][]} */
  const solid = []
  /** @type {(P & { index: number })[][]} */
  const dashed = []
  for (let at = 1; at < felt.length; at += 1) {
    const pair = [felt[at - 1], felt[at]]
    if (felt[at].index === felt[at - 1].index + 1) {
      const last = solid[solid.length - 1]
      if (last && last[last.length - 1].index === felt[at - 1].index) last.push(felt[at])
      else solid.push(pair)
    } else dashed.push(pair)
  }
  return { solid, dashed }
}

/**
 * The flat curve of one visit: places along the journey, bands of its stages, peak and trough.
 * @param {Journey | null | undefined} journey @param {(touchpointId: string) => number | null | undefined} emotionOf
 */
export function flatCurve(journey, emotionOf) {
  const rows = (journey?.stages ?? []).flatMap((stage) => stage.touchpoints)
  const step = FLAT.width / Math.max(rows.length, 1)
  const places = rows.map((touchpoint, index) => {
    const emotion = emotionOf(touchpoint.id)
    const felt = emotion !== null && emotion !== undefined
    return { touchpoint, emotion, felt, x: FLAT.left + step * (index + 0.5), y: flatY(felt ? emotion : 0) }
  })
  return { places, bands: bands(journey, step), ...extremes(places), middle: flatY(0) }
}

/** @param {number} emotion */
export function flatY(emotion) {
  return FLAT.bottom - ((emotion + 2) / 4) * (FLAT.bottom - FLAT.top)
}

/** @param {Journey | null | undefined} journey @param {number} step */
function bands(journey, step) {
  let index = 0
  return (journey?.stages ?? []).map((stage) => {
    const x = FLAT.left + step * index
    index += stage.touchpoints.length
    return { stage, x, width: step * stage.touchpoints.length }
  })
}

/**
 * Highest and lowest are named only when they truly differ.
 * @template {{ felt: boolean, emotion: number | null | undefined }} P @param {P[]} places
 */
function extremes(places) {
  const felt = places.filter((place) => place.felt)
  const none = /** @type {P | null} */ (null)
  const height = (/** @type {P} */ place) => place.emotion ?? 0
  const peak = felt.reduce((best, place) => (!best || height(place) > height(best) ? place : best), none)
  const trough = felt.reduce((worst, place) => (!worst || height(place) < height(worst) ? place : worst), none)
  const differ = peak && trough && peak.emotion !== trough.emotion
  return { peak: differ ? peak : null, trough: differ ? trough : null, last: felt[felt.length - 1] ?? null }
}

/** @param {number} number */
function round(number) {
  return Math.round(number * 10) / 10
}
