// Turns keys into sentences. Pure: the language is handed in, its table is added before.
//   {name}                 is replaced
//   {n|record|records}     picks by number: one, otherwise more. Chinese needs no such choice.

/** @import { Language, Table, Words } from './types.d.ts' */

/** @type {Map<Language, Table>} */
const tables = new Map()
/** @type {Language[]} */
export const LANGUAGES = ['en', 'zh']

/** A phone fetches the table it speaks first; the other one follows, and what no first screen says comes on top. @param {Language} language @param {Table} table */
export function addWords(language, table) {
  tables.set(language, { ...tables.get(language), ...table })
}

/** @param {Language} language */
export function hasWords(language) {
  return tables.has(language)
}

/**
 * In the other language rather than not at all; a key nobody knows shows itself.
 * @param {Language} language @param {string} key @param {{ [name: string]: unknown }} [values]
 */
export function sentence(language, key, values = {}) {
  const table = tables.get(language) ?? tables.values().next().value
  const text = table?.[key]
  if (text === undefined) return key
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, more) => (
    one === undefined ? isolated(values[name]) : (Number(values[name]) === 1 ? one : more)
  ))
}

/** Letters and digits written from right to left. @param {unknown} text @returns {text is string} */
export function rightToLeft(text) {
  return typeof text === 'string' && /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text)
}

/** Set into a sentence, it keeps its direction to itself. @param {unknown} value */
function isolated(value) {
  return rightToLeft(value) ? `\u2068${value}\u2069` : String(value ?? '')
}

/**
 * Words that came with the journey, in the reader's language or, failing that, in the other one.
 * @param {Language} language @param {Words | null | undefined} words
 */
export function inLanguage(language, words) {
  if (!words) return ''
  if (typeof words === 'string') return words
  return words[language] || words.en || words.zh || ''
}

/** "Mei-Lin Chen" → "MC"; "林薇" → "林薇". @param {string | null | undefined} name */
export function initials(name) {
  const clean = (name ?? '').trim()
  if (/[\u3400-\u9fff]/.test(clean)) return clean.slice(-2)
  return clean.split(/\s+/).map((part) => part[0] ?? '').join('').slice(0, 2).toUpperCase()
}

/** Values of a list; between clauses Chinese has another comma. @param {Language} language @param {(string | number)[]} values */
export const listed = (language, values) => values.join(language === 'zh' ? '、' : ', ')
