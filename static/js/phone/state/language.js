// Fetches the words of a language when it is first spoken here. Both tables are kept by the service worker.
/** @import { Language } from '../record/types.d.ts' */
import { addWords, hasWords } from '../record/words.js'
import { spoke } from './signals.js'

const TABLES = { en: () => import('../words/en.js'), zh: () => import('../words/zh.js') }

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
