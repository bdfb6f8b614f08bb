// Visits that go on or rest, the customer's name large: nobody shall have to remember whom they walk with.
import { Icon } from './icons.jsx'
import { address } from '../state/router.js'
import { named, t, zoneOf } from '../state/signals.js'
import { whereIn } from '../state/where.js'
import { timeOfDay } from '../record/times.js'

/** One row each; what rests leads to where it can be taken up. told: a sentence above them. */
export function Unfinished({ list, told = '' }) {
  if (list.length === 0) return null
  return (
    <section class="card rows unfinished">
      {told && <p class="item">{told}</p>}
      <ul class="list">{list.map((visit) => <li key={visit.id}><Row visit={visit} /></li>)}</ul>
    </section>
  )
}

function Row({ visit }) {
  const { body: { practice, status, customer_label: label, started_at: began } } = visit
  const paused = status === 'paused'
  const state = t(practice ? 'start.practice' : paused ? 'today.paused' : 'today.running', { time: timeOfDay(began, zoneOf(visit.id)) })
  return (
    <a class="item" href={paused ? address('visit', visit.id) : whereIn(visit)}>
      <Icon name={paused ? 'pause' : 'path'} />
      <span class="grow"><b class="head-xs">{label || t('visit.unnamed')}</b><span class="small muted sub">{[named(visit.journey?.name), state].filter(Boolean).join(' · ')}</span></span>
      <Icon name="right" small />
    </a>
  )
}
