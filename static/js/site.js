// Small behaviours of the server's pages. Without them every page still works; nothing is written as HTML.

/** Filters send themselves; their button is only for those without script. */
function submitAtOnce(form) {
  form.querySelector('button').hidden = true
  form.addEventListener('change', () => form.requestSubmit())
}

function showPassword(button) {
  const input = document.getElementById(button.dataset.showPassword)
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  })
}

function offer(button, action) {
  button.hidden = false
  button.addEventListener('click', action)
}

/** A form is sent once, however often it is tapped; coming back to the page makes it usable again. */
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = 'yes'
  })
  addEventListener('pageshow', () => delete form.dataset.sent)
}

document.querySelectorAll('[data-auto-submit]').forEach(submitAtOnce)
document.querySelectorAll('[data-show-password]').forEach(showPassword)
document.querySelectorAll('[data-print]').forEach((button) => offer(button, () => print()))
document.querySelectorAll('[data-back]').forEach((button) => offer(button, () => history.back()))
document.querySelectorAll('form[method="post"]').forEach(sendOnce)
