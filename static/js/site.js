// Small behaviours of the server's pages. Without them every page still works; nothing is written as HTML.
import { enliven } from './editor.js'

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

/** Puts a link into the clipboard and says so where the icon was. */
function offerCopy(button) {
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

/** What customers will see, while one writes. */
function preview(section) {
  const show = () => {
    const name = section.querySelector('[name=name_en]').value || section.querySelector('[name=name_zh]').value
    section.querySelectorAll('[data-name]').forEach((place) => { place.textContent = name })
    section.querySelectorAll('[data-letter]').forEach((place) => { place.textContent = [...name.trim()][0]?.toUpperCase() ?? '' })
    const colour = section.querySelector('[name=colour]').value
    section.querySelectorAll('[data-colour]').forEach((place) => place.setAttribute('fill', colour))
  }
  section.addEventListener('input', show)
}

/** On the first run this machine's zone is a better guess than none. */
function guessZone(select) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (select.value === 'UTC' && [...select.options].some((option) => option.value === here)) select.value = here
}

document.querySelectorAll('.first-run select[name=time_zone]').forEach(guessZone)
document.querySelectorAll('[data-copy]').forEach(offerCopy)
document.querySelectorAll('[data-preview]').forEach(preview)
document.querySelectorAll('[data-auto-submit]').forEach(submitAtOnce)
document.querySelectorAll('[data-show-password]').forEach(showPassword)
document.querySelectorAll('[data-print]').forEach((button) => offer(button, () => print()))
document.querySelectorAll('[data-back]').forEach((button) => offer(button, () => history.back()))
document.querySelectorAll('form[method="post"]').forEach(sendOnce)
enliven()
