// What was deleted lies in the bin for thirty days and can be put back; the server is told both times.
/**
 * @import { Observation, Visit, WordKind } from '../record/types.d.ts'
 * @typedef {{ [K in WordKind]: { kind: K, record: import('../record/types.d.ts').Kinds[K] } }[WordKind]} Binned
 */
import { bury, unbury } from '../record/content.js'
import { edit, forget, hold, queue, release, store } from './local_records.js'
import { go } from '../state/router.js'
import { byMoment } from '../record/times.js'
import { entries, observations, person, say, t, visits } from '../state/signals.js'

const KEPT_FOR = 30 * 24 * 3600_000

/** Into the bin; the way back is open for eight seconds here, for thirty days on the page of the bin. @param {WordKind} kind @param {string} id @param {string} name */
export async function throwAway(kind, id, name) {
  hold(id)
  if (!await edit(kind, id, (body) => bury(body, Date.now()))) return
  if (kind === 'visit') go('me')
  say(t('bin.gone', { name }), () => edit(kind, id, unbury).then(() => release(kind, id)), () => release(kind, id))
}

/** @param {WordKind} kind @param {string} id */
export async function putBack(kind, id) {
  await edit(kind, id, unbury)
  await queue(kind, id)
}

/** { kind, record } of this person, the last thrown away first. An observation of a deleted visit lies under it. @returns {Binned[]} */
export function binned() {
  const mine = (/** @type {Map<string, any>} */ map, /** @type {WordKind} */ kind) => [...map.values()].filter((one) => one.maker === person.value?.id && one.body.deleted_at).map((record) => ({ kind, record }))
  const notes = mine(observations.value, 'observation').filter(({ record }) => !visits.value.get(record.visit_id)?.body.deleted_at)
  return [...mine(visits.value, 'visit'), ...notes]
    .sort((one, other) => byMoment(/** @type {string} */ (other.record.body.deleted_at), /** @type {string} */ (one.record.body.deleted_at)))
}

/** @param {Visit | Observation} record */
export function daysLeft(record, now = Date.now()) {
  return Math.max(0, Math.ceil((Date.parse(/** @type {string} */ (record.body.deleted_at)) + KEPT_FOR - now) / (24 * 3600_000)))
}

/** After thirty days it goes for good, but never before the server has confirmed twice that it heard of it. */
export async function emptyBin(now = Date.now()) {
  for (const { kind, record } of binned()) {
    const open = [...entries.value.values()].some((entry) => !entry.settled_at && (entry.id === record.id || entry.visit_id === record.id))
    if (open || record.unqueued || daysLeft(record, now) > 0) continue
    await (kind === 'visit' ? store.eraseVisit(record.id) : forget(kind, record.id))
  }
}
