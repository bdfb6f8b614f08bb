// What the customer agreed to, asked before, on the way, or again.
/** @import { Consent, Visit } from '../record/types.d.ts' */
import { fingerprint } from '../record/ids.js'
import { edit, editRecord, queue } from './local_records.js'

/** Whoever declined goes without a name. @template {{ consent?: Consent | null }} F @param {F} form */
export const anonymous = (form) => (form.consent?.answer === 'no' ? { ...form, customer_label: null } : form)

/**
 * Asked on the way, or asked again. A code already given stays the same. @param {Visit} visit @param {Consent | null} consent @param {string | null} code
 */
export async function setConsent({ id, code: before }, consent, code) {
  if (!consent) return
  const hash = !before && code ? { withdrawal_hash: await fingerprint(code) } : {}
  await editRecord('visit', id, (visit) => ({ ...visit, code: before ?? code }))
  await edit('visit', id, (body) => anonymous({ ...body, ...hash, consent: { ...body.consent, ...consent } }))
  await queue('visit', id)
}

/** Both ends of a call must agree that a third person listens; asked once a visit. @param {string} visitId @param {string} answer */
export function setListening(visitId, answer) {
  return edit('visit', visitId, (body) => ({ ...body, consent: { ...body.consent, listening: answer } }))
}
