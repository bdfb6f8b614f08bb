// What a customer agreed to. Photos and voice notes are asked on their own; what was not asked is as the answer.
/** @import { Consent, Visit } from './types.d.ts' */

/** Numbers only, then: no name, no feelings, no words, no pictures, no voice. @param {Visit} visit */
export const declined = ({ body }) => body.consent?.answer === 'no'
/** @param {Visit} visit */
export const mayPhotograph = (visit) => !declined(visit) && visit.body.consent?.photos !== false
/** @param {Visit} visit */
export const maySpeak = (visit) => !declined(visit) && visit.body.consent?.voice !== false

/** Which sentence says what was agreed to. @param {Consent} consent */
export function agreed({ photos, voice }) {
  if (photos === false) return voice === false ? 'consent.plain' : 'consent.voiceOnly'
  return voice === false ? 'consent.photosOnly' : 'consent.all'
}
