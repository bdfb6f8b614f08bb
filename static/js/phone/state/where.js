// Where one was in a visit: the one rule that every way back follows.
/** @import { Visit } from '../record/types.d.ts' */
import { address } from './router.js'
import { observations } from './signals.js'

/** The capture one was in, else the map. @param {Visit} visit */
export function whereIn(visit) {
  const record = observations.value.get(/** @type {string} */ (visit.current))
  return record && !record.body.deleted_at ? address('capture', record.id) : address('visit', visit.id)
}
