import { dayRange, groundX, spread, sunAt } from '../record/day_arc.js'
import { hourOf, timeOfDay } from '../record/times.js'
import { list, t, tick, zoneAt } from '../state/signals.js'

/** The day at a glance: the sun is now, the dots are visits, the first one filled. */
export function DayArc({ plans, zone }) {
  const marks = plans.map(({ starts_at, site_id }) => ({ hour: hourOf(starts_at, zoneAt(site_id)), text: timeOfDay(starts_at, zoneAt(site_id)) }))
  const range = dayRange(marks.map((mark) => mark.hour))
  const now = hourOf(tick.value, zone)
  const { sun, path } = sunAt(now, range)
  const times = list(marks.map((mark) => mark.text))
  const up = now >= range.from && now <= range.to
  return (
    <svg class="day" viewBox="0 0 358 96" role="img" aria-label={times ? t('today.day', { times }) : t('today.dayEmpty')}>
      <defs>
        <linearGradient id="day-arc" x1="0" x2="1">
          <stop offset="0" class="day-a" /><stop offset=".3" class="day-b" /><stop offset="1" class="day-c" />
        </linearGradient>
      </defs>
      <path class="day-way" d="M8 74C70 4 288 4 350 74" />
      <path d="M8 74C70 4 288 4 350 74Z" fill="url(#day-arc)" opacity=".5" />
      {now > range.from && <path class="day-come" d={path} />}
      <line class="day-ground" x1="0" x2="358" y1="74" y2="74" />
      {up && <circle class="day-sun" cx={sun.x} cy={sun.y} r="8.5" />}
      {marks.map((mark, index) => (
        <circle key={index} class={index === 0 ? 'day-visit first' : 'day-visit'} cx={groundX(mark.hour, range)} cy="74" r={index === 0 ? 7 : 6} />
      ))}
      <Labels marks={marks} range={range} />
    </svg>
  )
}

function Labels({ marks, range }) {
  const ends = [{ x: 22, at: 8, text: `${range.from}:00`, anchor: 'start' }, { x: 336, at: 350, text: `${range.to}:00`, anchor: 'end' }]
  const visits = marks.map((mark, index) => {
    const x = groundX(mark.hour, range)
    return { x, at: Math.min(334, Math.max(20, x)), text: mark.text, anchor: 'middle', first: index === 0 }
  })
  const all = [...visits, ...ends]
  const free = spread(all.map((label) => label.x))
  return (
    <g>{all.map((label, index) => free[index] && (
      <text key={index} class={label.first ? 'day-text first' : 'day-text'} x={label.at} y="92" text-anchor={label.anchor}>{label.text}</text>
    ))}</g>
  )
}
