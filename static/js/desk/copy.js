// Puts a link into the clipboard and says so where the icon was.
import { offer } from './offer.js'

/** @param {HTMLElement} button */
export function offerCopy(button) {
  if (!navigator.clipboard) return
  const label = /** @type {string} */ (button.getAttribute('aria-label'))
  offer(button, async () => {
    const input = /** @type {HTMLInputElement} */ (document.getElementById(/** @type {string} */ (button.dataset.copy)))
    input.select()
    await navigator.clipboard.writeText(input.value).catch(() => {})
    button.setAttribute('aria-label', /** @type {string} */ (button.dataset.done))
    button.classList.add('copied')
    setTimeout(() => {
      button.setAttribute('aria-label', label)
      button.classList.remove('copied')
    }, 2000)
  })
}
