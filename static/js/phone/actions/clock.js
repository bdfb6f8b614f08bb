// The clock of an observation: passed on, taken back, left behind.
/** @import { Clock, Observation } from '../record/types.d.ts' */
import { passStep, stepBack, stillWaiting } from '../record/clock.js'
import { clockOf } from '../record/instruments.js'
import { setTimings } from '../record/records.js'
import { clockFace } from '../record/times.js'
import { markNow } from '../device/steady.js'
import { observations, spoken, t } from '../state/signals.js'
import { editRecord } from './local_records.js'

/** @param {string} id */
export async function passClock(id) {
  const now = markNow()
  await editRecord('observation', id, (record) => {
    const { clock, measure } = passStep(record.clock, now, clockOf(record.body.channel))
    if (!measure) return record
    return { ...record, clock, body: setTimings(record.body, measure), unqueued: true }
  })
  announceStep(/** @type {Observation} */ (observations.value.get(id)))
}

/** @param {Observation} record */
function announceStep({ clock, body }) {
  const kind = clockOf(body.channel)
  const step = kind === 'answer' ? 'served' : /** @type {Clock} */ (clock).done ? 'done' : /** @type {Clock} */ (clock).served ? 'served' : 'noticed'
  const phone = kind === 'phone'
  const { talk, service, wait, menu, notice } = body.timings
  const seconds = { done: phone ? talk : service, served: wait, noticed: phone ? menu : notice }[step]
  spoken.value = t(kind === 'answer' ? 'clock.says.answered' : `clock.says.${phone ? 'phone.' : ''}${step}`, { clock: clockFace(seconds ?? 0) })
}

/** @param {string} id @param {boolean} still */
export const answerStill = (id, still) => editRecord('observation', id, (record) => (
  record.clock ? { ...record, clock: stillWaiting(record.clock, still) } : record
))

/** @param {string} id */
export function clockBack(id) {
  return editRecord('observation', id, (record) => {
    const { clock, emptied } = stepBack(record.clock, clockOf(record.body.channel))
    if (!emptied) return record
    return { ...record, clock, body: setTimings(record.body, emptied), unqueued: true }
  })
}
