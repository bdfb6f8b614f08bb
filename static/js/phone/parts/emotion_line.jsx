import { downward, mapX, stretches } from '../record/curve.js'
import { Face } from './drawings.jsx'

const given = (value) => value !== null && value !== undefined

/** The path is the feeling: left is worse, right is better. Drawn beside the list, in the list's own measures. */
export function EmotionLine({ layout, byTouchpoint, current, behind, offMap }) {
  const rows = layout.entries.map((entry, index) => ({ ...entry, index })).filter((entry) => entry.kind === 'row')
  const places = rows.map(({ touchpoint, y, index }) => {
    const record = byTouchpoint.get(touchpoint.id)
    const emotion = record?.body.emotion
    const now = current?.body.touchpoint_id === touchpoint.id
    return { x: now ? 50 : mapX(emotion), y, emotion, felt: given(emotion) && !now, now, done: Boolean(record), behind: index < behind }
  })
  const { solid, dashed } = stretches(places)
  const lastFelt = places.filter((place) => place.felt).pop()
  const now = places.find((place) => place.now)
  return (
    <svg class="line" width="104" height={layout.total} viewBox={`0 0 104 ${layout.total}`} aria-hidden="true">
      <line class="line-middle" x1="50" x2="50" y1="30" y2={layout.height - 26} />
      {solid.map((points, index) => <path key={index} class="line-felt" d={downward(points)} />)}
      {dashed.map((points, index) => <path key={index} class="line-gap" d={downward(points)} />)}
      {lastFelt && now && now.y > lastFelt.y && <path class="line-gap" d={downward([lastFelt, now])} />}
      {places.map((place) => <Node key={place.y} place={place} />)}
      {offMap.map((record, index) => <Node key={record.id} place={offMapPlace(record, layout.offMapFrom + 38 + 58 * (index + 0.5))} />)}
    </svg>
  )
}

function offMapPlace(record, y) {
  const { emotion } = record.body
  return { x: mapX(emotion), y, emotion, felt: given(emotion), done: true }
}

function Node({ place }) {
  const { x, y } = place
  if (place.now) return <><circle class="node-halo" cx={x} cy={y} r="19" /><circle class="node-now" cx={x} cy={y} r="11" /></>
  if (place.felt) return <Face className="node-face" emotion={place.emotion} x={x - 14} y={y - 14} size={28} />
  if (place.done) return <circle class="node-seen" cx={x} cy={y} r="8" />
  return <circle class={place.behind ? 'node-missed' : 'node-todo'} cx={x} cy={y} r={place.behind ? 10 : 8} />
}
