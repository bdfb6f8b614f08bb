// The word for the person served, in the forms that sentences take. It comes with the journey. Pure.
/** @import { Language, PersonWords } from './types.d.ts' */

/** @type {PersonWords} */
const ELSE = { en: { one: 'customer', many: 'customers', the: 'the customer', possessive: 'the customer’s' }, zh: '客户' }

/**
 * What fills {one}, {many}, {the} and {possessive}, and at the beginning of a sentence {One} and {The}.
 * @param {Language} language @param {PersonWords | null | undefined} person
 */
export function servedForms(language, person) {
  const words = person ?? ELSE
  if (language === 'zh') return { one: words.zh, many: words.zh, the: words.zh, possessive: words.zh, One: words.zh, The: words.zh }
  return { ...words.en, One: capital(words.en.one), The: capital(words.en.the) }
}

/** @param {string} words */
const capital = (words) => words[0].toUpperCase() + words.slice(1)
