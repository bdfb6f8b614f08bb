// The language chosen in the app holds on the server's pages, too: sign-in, open hours, letters.
/** @import { Language } from '../record/types.d.ts' */
import { change, settings } from '../state/settings.js'
import { person, spoken } from '../state/signals.js'

/** @param {Language} language */
export function chooseLanguage(language) {
  spoken.value = '' // what was last read aloud was in the other one
  change({ language, spokenBy: person.value?.id ?? null, untold: true })
  return tellLanguage()
}

/** Without a network it is told later. */
export async function tellLanguage() {
  const { language, untold, spokenBy } = settings.value
  if (!untold || !language || spokenBy !== (person.value?.id ?? null)) return
  try {
    const answer = await fetch('/language', { method: 'POST', body: new URLSearchParams({ language }), redirect: 'manual', credentials: 'same-origin' })
    if (answer.type === 'opaqueredirect') change({ untold: false })
  } catch { /* no network */ }
}
