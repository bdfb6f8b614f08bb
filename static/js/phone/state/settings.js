// Choices of this phone: language, light, hand, text size. They must be known before the first drawing, so they live in
// localStorage, which answers at once; where that is closed (private windows) the defaults hold.
/** @import { Settings } from '../record/types.d.ts' */
import { effect, signal } from '@preact/signals'
import { setQuiet } from '../device/buzz.js'

const KEY = 'shadowing.settings'
/** @type {Settings} */
const DEFAULTS = { language: null, spokenBy: null, untold: false, light: 'auto', left: false, text: 'normal', welcomed: false, still: false }

export const settings = signal({ ...DEFAULTS, ...readBack() })

/** @param {Partial<Settings>} part */
export function change(part) {
  settings.value = { ...settings.value, ...part }
  try { localStorage.setItem(KEY, JSON.stringify(settings.value)) } catch { /* the choice holds until closing */ }
}

/** Puts the choices on the page, where the style sheet reads them. */
export function applySettings() {
  effect(() => {
    const { light, left, text, still } = settings.value
    setQuiet(still)
    const root = document.documentElement
    setOrDrop(root, 'data-theme', light === 'auto' ? null : light)
    setOrDrop(root, 'data-hand', left ? 'left' : null)
    setOrDrop(root, 'data-text', text === 'normal' ? null : text)
  })
}

/** @param {Element} element @param {string} name @param {string | null} value */
function setOrDrop(element, name, value) {
  if (value) element.setAttribute(name, value)
  else element.removeAttribute(name)
}

/** @returns {Partial<Settings>} */
function readBack() {
  try { return JSON.parse(/** @type {string} */ (localStorage.getItem(KEY))) ?? {} } catch { return {} }
}
