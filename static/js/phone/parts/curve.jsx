import { flatY, sideways, stretches } from '../record/curve.js'
import { Face } from './drawings.jsx'
import { named, t } from '../state/signals.js'

/** The emotion line of one visit, laid flat: stages as bands, highest and lowest point named, gaps dashed. */
export function Curve({ curve }) {
  const { places, bands, peak, trough, middle } = curve
  const { solid, dashed } = stretches(places)
  const spoken = places.filter((place) => place.felt)
    .map((place) => t('review.point', { name: named(place.touchpoint.name), word: t(`emotion.${place.emotion}`) })).join('; ')
  return (
    <svg class="curve" viewBox="0 0 358 178" role="img" aria-label={`${t('review.curve')}. ${spoken}`}>
      {bands.map((band, index) => <Band key={band.stage.id} band={band} shaded={index % 2 === 0} />)}
      <line class="curve-middle" x1="46" x2="341" y1={middle} y2={middle} />
      {[2, 0, -2].map((emotion) => <Face key={emotion} className="curve-face" emotion={emotion} x={2} y={flatY(emotion) - 10} size={20} />)}
      {solid.map((points, index) => <path key={index} class="curve-felt" d={sideways(points)} />)}
      {dashed.map((points, index) => <path key={index} class="curve-gap" d={sideways(points)} />)}
      {places.map((place) => <Point key={place.touchpoint.id} place={place} role={place === peak ? 'peak' : place === trough ? 'trough' : 'plain'} />)}
    </svg>
  )
}

function Band({ band, shaded }) {
  const name = named(band.stage.name) || t(`stage.${band.stage.kind}`)
  const room = Math.floor(band.width / 7)
  return (
    <>
      {shaded && <rect class="curve-band" x={band.x} y="0" width={band.width} height="178" rx="6" />}
      <text class="curve-stage" x={band.x + band.width / 2} y="17" text-anchor="middle">{short(name, room)}</text>
    </>
  )
}

function Point({ place, role }) {
  const { x, y, felt, touchpoint } = place
  if (!felt) return <circle class="curve-unseen" cx={x} cy={y} r="6" />
  if (role === 'plain') return <circle class="curve-dot" cx={x} cy={y} r="4.5" />
  const at = Math.min(310, Math.max(76, x))
  return (
    <>
      <circle class={`curve-${role}`} cx={x} cy={y} r="7" />
      <text class="curve-name" x={at} y={role === 'peak' ? y - 12 : y + 19} text-anchor="middle">{short(named(touchpoint.name), 22)}</text>
    </>
  )
}

function short(text, room) {
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1)).trimEnd()}…`
}
