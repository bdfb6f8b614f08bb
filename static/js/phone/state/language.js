// Fetches the words of a language when it is first spoken here. Both tables are kept by the service worker.
/** @import { Language } from '../record/types.d.ts' */
import { addWords, hasWords } from '../record/words.js'
import { spoke } from './signals.js'

const TABLES = { en: () => import('../words/en.js'), zh: () => import('../words/zh.js') }
const LATER = { en: () => import('../words/later_en.js'), zh: () => import('../words/later_zh.js') }
/** @type {Set<Language>} */
const whole = new Set()

/** Without a network and before the worker has kept it, the language spoken so far stays. @param {Language} language */
export async function learn(language) {
  if (hasWords(language)) return
  try {
    addWords(language, (await TABLES[language]()).default)
    spoke.value += 1
  } catch (problem) {
    console.warn('words not fetched:', /** @type {Error | null} */ (problem)?.message)
  }
}

/** What no first screen says; after the rest, or that would be taken for known. @param {Language} language */
export async function learnRest(language) {
  if (whole.has(language) || !hasWords(language)) return
  addWords(language, (await LATER[language]()).default)
  whole.add(language)
  spoke.value += 1
}
