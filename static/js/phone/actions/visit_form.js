// The form of a new visit, filled in as far as a plan, a suggestion or the last visit knows.
/**
 * @import { Carry, Consent, Journey, Plan } from '../record/types.d.ts'
 * @typedef {{
 *   plan: Plan | null, plan_id: string | null, journey_id: string, site_id: string | null, persona_id: string | null, scenario: string | null,
 *   mode: 'shadowed' | 'walked', channel: string | null, customer_label: string | null, purpose: string | null, heard_from: string | null,
 *   consent: Consent | null, wanted: string[], encounter_id?: string,
 * }} Draft
 */
import { myVisits } from '../state/signals.js'

/** `id`: a plan's id, "for:journey:touchpoint:channel:site" from a suggestion (its site may be empty), or nothing. @param {string | null} id @param {Carry} body @returns {Draft} */
export function draftFrom(id, body) {
  const plan = body.plans?.find((one) => one.id === id) ?? null
  if (plan) return fromPlan(plan, body)
  if (id?.startsWith('for:')) {
    const [, journey_id, touchpoint_id, channel, site_id] = id.split(':')
    return { ...blank(body, journey_id), channel, wanted: [touchpoint_id], ...(site_id ? { site_id } : {}) }
  }
  return blank(body)
}

/** @param {Plan} plan @param {Carry} body @returns {Draft} */
function fromPlan(plan, body) {
  return {
    ...blank(body, plan.journey_id), plan, plan_id: plan.id, site_id: plan.site_id ?? null, persona_id: plan.persona_id ?? null,
    scenario: plan.scenario || null, mode: plan.mode ?? 'shadowed', customer_label: plan.customer_label || null,
    ...(plan.channel ? { channel: plan.channel } : {}), wanted: plan.touchpoint_ids ?? [],
    ...(plan.encounter_id ? { encounter_id: plan.encounter_id } : {}),  // beside the same customer as a colleague
  }
}

/** Where one was last, one probably is again. @param {Carry} body @param {string} [journeyId] @returns {Draft} */
function blank(body, journeyId) {
  const last = myVisits.value.find((visit) => !journeyId || visit.body.journey_id === journeyId)?.body
  const journey = body.journeys.find((one) => one.id === (journeyId ?? last?.journey_id)) ?? body.journeys[0]
  const site = body.sites.find((one) => one.id === last?.site_id) ?? body.sites.find((one) => one.kind !== 'competitor')
  return {
    plan: null, plan_id: null, journey_id: journey.id, site_id: site?.id ?? null, persona_id: null, scenario: null,
    mode: 'shadowed', channel: firstChannel(journey), customer_label: null, purpose: null, heard_from: null, consent: null,
    wanted: [],
  }
}

/** The channel most of the journey happens in. @param {Journey} journey @returns {string | null} */
function firstChannel(journey) {
  const counts = new Map()
  for (const stage of journey.stages) {
    for (const touchpoint of stage.touchpoints) {
      for (const slug of touchpoint.channels) counts.set(slug, (counts.get(slug) ?? 0) + 1)
    }
  }
  return [...counts].sort((one, other) => other[1] - one[1])[0]?.[0] ?? null
}
