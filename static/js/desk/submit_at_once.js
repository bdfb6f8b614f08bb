// Filters send themselves; their button is only for those without script.

/** @param {HTMLFormElement} form */
export function submitAtOnce(form) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))
  button.hidden = true
  form.addEventListener('change', () => form.requestSubmit())
}
