// Puts a link into the clipboard and says so where the icon was.
import { offer } from './offer.js'

export function offerCopy(button) {
  if (!navigator.clipboard) return
  const label = button.getAttribute('aria-label')
  offer(button, async () => {
    const input = document.getElementById(button.dataset.copy)
    input.select()
    await navigator.clipboard.writeText(input.value).catch(() => {})
    button.setAttribute('aria-label', button.dataset.done)
    button.classList.add('copied')
    setTimeout(() => {
      button.setAttribute('aria-label', label)
      button.classList.remove('copied')
    }, 2000)
  })
}
