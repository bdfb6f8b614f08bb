// Turns keys into sentences. Pure: the language is handed in, its table is added before.
//   {name}                 is replaced
//   {n|record|records}     picks by number: one, otherwise more. Chinese needs no such choice.

const tables = new Map()
export const LANGUAGES = ['en', 'zh']

/** A phone fetches the table it speaks first; the other one follows. */
export function addWords(language, table) {
  tables.set(language, table)
}

export function hasWords(language) {
  return tables.has(language)
}

/** In the other language rather than not at all; a key nobody knows shows itself. */
export function sentence(language, key, values = {}) {
  const table = tables.get(language) ?? tables.values().next().value
  const text = table?.[key]
  if (text === undefined) return key
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (_, name, one, more) => (
    one === undefined ? String(values[name] ?? '') : (Number(values[name]) === 1 ? one : more)
  ))
}

/** Words that came with the journey, in the reader's language or, failing that, in the other one. */
export function inLanguage(language, words) {
  if (!words) return ''
  if (typeof words === 'string') return words
  return words[language] || words.en || words.zh || ''
}

/** "Mei-Lin Chen" → "MC"; "林薇" → "林薇". */
export function initials(name) {
  const clean = (name ?? '').trim()
  if (/[\u3400-\u9fff]/.test(clean)) return clean.slice(-2)
  return clean.split(/\s+/).map((part) => part[0] ?? '').join('').slice(0, 2).toUpperCase()
}
