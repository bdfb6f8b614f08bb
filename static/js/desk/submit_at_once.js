// Filters send themselves; their button is only for those without script.

export function submitAtOnce(form) {
  form.querySelector('button').hidden = true
  form.addEventListener('change', () => form.requestSubmit())
}
