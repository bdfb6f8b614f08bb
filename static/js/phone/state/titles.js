// What things are called on every screen, and the journey that the names come from.
/** @import { Entry, Observation, Visit } from '../record/types.d.ts' */
import { inOrder, journeyOf } from '../record/journeys.js'
import { timeOfDay } from '../record/times.js'
import { carry, named, observations, t, visits, zoneOf } from './signals.js'

/** The journey as it was when the visit began: a newer version must not move the ground under the walk. @param {Visit | null | undefined} visit */
export function journeyOfVisit(visit) {
  return visit?.journey ?? journeyOf(carry.value?.body, visit?.body.journey_id)
}

/** @param {Visit} visit */
export function visitTitle(visit) {
  const journey = named(journeyOfVisit(visit)?.name)
  const label = visit.body.customer_label
  return label ? t('visit.title', { journey, label }) : journey
}

/** An observation by its touchpoint; off the map by what it was called, or when it was. @param {Observation} record */
export function nameOf(record) {
  const visit = visits.value.get(record.visit_id)
  const touchpoint = inOrder(journeyOfVisit(visit)).find((one) => one.id === record.body.touchpoint_id)
  return touchpoint ? named(touchpoint.name) : (record.body.label || t('moment.at', { time: timeOfDay(record.body.observed_at, zoneOf(record.visit_id)) }))
}

/** An entry of the outbox by its record; a photo by the observation it belongs to. @param {Entry} entry */
export function titleOf(entry) {
  if (entry.kind === 'visit') {
    const visit = visits.value.get(entry.id)
    return visit ? visitTitle(visit) : t('outbox.visit')
  }
  const record = observations.value.get(entry.observation_id ?? entry.id)
  return record ? nameOf(record) : ''
}

/** A channel of the organisation's own has its own name. @param {string | null | undefined} slug */
export function channelName(slug) {
  if (!slug) return ''
  const own = carry.value?.body.channels?.find((one) => one.slug === slug)
  return own ? named(own.name) : t(`channel.${slug}`)
}
