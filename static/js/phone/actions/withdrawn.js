// Customers who took a visit back meant this phone, too.
import { loadAll, store, tellOthers } from './local_records.js'
import { say, t, visits } from '../state/signals.js'

/** Erases what is still here of the visits named, down to the pictures. @param {string[]} [ids] */
export async function eraseTakenBack(ids = []) {
  const here = ids.filter((id) => visits.value.has(id))
  for (const id of here) await store.eraseVisit(id)
  if (here.length === 0) return
  await loadAll()
  tellOthers()
  say(t('withdrawn.here', { n: here.length }))
}
