// What was typed as a password can be looked at.

/** @param {HTMLElement} button */
export function showPassword(button) {
  const input = /** @type {HTMLInputElement} */ (document.getElementById(/** @type {string} */ (button.dataset.showPassword)))
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  })
}
