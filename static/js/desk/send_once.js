// A form is sent once, however often it is tapped; coming back to the page makes it usable again.

/** @param {HTMLFormElement} form */
export function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
  })
  addEventListener('pageshow', () => delete form.dataset.sent)
}
