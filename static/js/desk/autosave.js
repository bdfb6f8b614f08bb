// A page that saves at every change: <form data-save>. Without it a button does the same.
import { timeOfDay } from '../phone/record/times.js'

const PAUSE = 600
const MOST_KEPT_ALIVE = 60_000 // bytes a browser still sends for a page that is gone
/** @type {{ [status: number]: string }} */
const TROUBLE = { 401: 'signedOut', 403: 'signedOut', 429: 'trouble' }
let line = Promise.resolve() // savings go one after the other, and whatever moves touchpoints waits for them
let unsent = 0 // savings under way
/** @type {(() => void) | null} */
let waiting = null // what to save before anything else, when the pause is not over yet
let refused = false // the last saving failed, and what was written stands on this page alone

/** Sends the form a moment after the last change; the answer's number goes into every form of the page. @param {HTMLFormElement} form */
export function saveByItself(form) {
  const state = /** @type {HTMLElement} */ (form.querySelector('[data-saved]'))
  const told = /** @type {HTMLElement} */ (document.querySelector('[data-told]'))
  const button = /** @type {HTMLElement | null} */ (form.querySelector('[data-save-button]'))
  let timer = 0
  if (button) button.hidden = true
  let last = touchedAlready(form) ? '' : content(form)
  const save = () => {
    clearTimeout(timer)
    waiting = null
    if (content(form) === last) { // leaving a field says once more what was typed into it
      if (!unsent) form.dataset.state = 'saved'
      return
    }
    last = content(form)
    form.dataset.state = 'saving'
    unsent += 1
    const mine = line.then(send).then(() => {
      unsent -= 1
      if (line === mine && !waiting) form.dataset.state = 'saved'
    })
    line = mine
  }
  const send = async () => {
    const body = new URLSearchParams(/** @type {any} */ (new FormData(form))).toString()
    const keepalive = body.length < MOST_KEPT_ALIVE
    const headers = { 'X-Saved-By': 'script', 'Content-Type': 'application/x-www-form-urlencoded' }
    const answer = await fetch(form.action, { method: 'POST', body, keepalive, headers }).catch(() => null)
    if (!answer) return notKept('offline')
    const said = await answer.json().catch(() => ({}))
    if (said.revision !== undefined && answer.status !== 409) number(said.revision)
    show(form, said.wrong ?? {})
    if (answer.status === 409 && said.told) notKept('', said.told)
    else if (answer.status === 200 || said.wrong) kept()
    else notKept(TROUBLE[answer.status] ?? (answer.status >= 500 ? 'trouble' : 'refused'))
  }
  const kept = () => {
    refused = false
    state.textContent = `✓ ${timeOfDay(Date.now(), state.dataset.saved)}`
    told.hidden = true
    const publish = /** @type {HTMLElement} */ (document.querySelector('[data-publish]'))
    publish.hidden = false
  }
  /** Says why and shows the button: from here on it is saved by hand. @param {string} why @param {string} [sentence] */
  const notKept = (why, sentence = told.dataset[why]) => {
    last = '' // the next change tries all of it again
    refused = true
    state.textContent = /** @type {string} */ (told.dataset.notKept)
    told.textContent = /** @type {string} */ (sentence)
    told.hidden = false
    if (button) button.hidden = false
  }
  form.addEventListener('input', () => {
    clearTimeout(timer)
    waiting = save
    form.dataset.state = 'saving'
    timer = setTimeout(save, PAUSE)
  })
  addEventListener('beforeunload', (event) => {
    waiting?.() // now, so that it is on its way before the next page is asked for
    // What waits for a saving before it is not sent by a page that is gone; what was not kept stands here alone.
    if (unsent > 1 || refused) event.preventDefault()
  })
  addEventListener('pagehide', () => waiting?.()) // where a phone puts the page away without asking
  form.addEventListener('change', save)
  form.addEventListener('submit', () => { refused = false }) // saved by hand, and told on the page that comes
  moveAfterSaving(form)
  if (!last) save()
}

/** Whether somebody wrote before this script had come over a slow line. @param {HTMLFormElement} form */
function touchedAlready(form) {
  return [.../** @type {Iterable<any>} */ (form.elements)].some((field) => {
    if (field.type === 'hidden' || !field.name) return false
    if (field.options) return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
    return field.checked !== field.defaultChecked || (field.defaultValue !== undefined && field.value !== field.defaultValue)
  })
}

/** All that is filled in, without the number. @param {HTMLFormElement} form */
function content(form) {
  const fields = new URLSearchParams(/** @type {any} */ (new FormData(form)))
  fields.delete('revision')
  return fields.toString()
}

export async function allSaved() {
  waiting?.()
  await line
}

/** @param {string} revision */
function number(revision) {
  document.querySelectorAll('input[name=revision]').forEach((input) => { input.value = revision })
}

/** @param {HTMLFormElement} form @param {{ [field: string]: string }} wrong what is wrong with which field */
function show(form, wrong) {
  form.querySelectorAll('[data-error]').forEach((place) => {
    const sentence = wrong[/** @type {string} */ (place.dataset.error)]
    const words = /** @type {HTMLElement} */ (place.querySelector('span'))
    words.textContent = sentence ?? ''
    place.hidden = !sentence
    const field = /** @type {HTMLElement} */ (place.closest('.field'))
    field.classList.toggle('field-error', Boolean(sentence))
    tie(/** @type {HTMLElement} */ (field.querySelector('input, textarea, select')), place, Boolean(sentence))
  })
}

/** As components/forms.html does it for what the server finds. @param {HTMLElement} control @param {Element} place @param {boolean} wrong */
function tie(control, place, wrong) {
  for (const [name, value] of [['aria-invalid', 'true'], ['aria-describedby', place.id]]) {
    if (wrong) control.setAttribute(name, value)
    else control.removeAttribute(name)
  }
}

/** A link is followed when all is saved: the page it leads to must not show an older draft. */
export function leaveAfterSaving() {
  document.addEventListener('click', async (event) => {
    const link = /** @type {Element} */ (event.target).closest('a[href]')
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button || link?.target || link?.download
    if (!link || elsewhere || event.defaultPrevented || (!unsent && !waiting)) return
    event.preventDefault()
    await allSaved()
    if (!refused) location.assign(link.href)
  })
}

/** Moving, adding and removing wait for what is still being saved, or they would come with an old number. @param {HTMLFormElement} form */
export function moveAfterSaving(form) {
  let saved = false
  form.addEventListener('submit', async (event) => {
    if (saved || (!unsent && !waiting)) return
    event.preventDefault()
    await allSaved()
    saved = true
    delete form.dataset.sent
    form.requestSubmit(event.submitter)
  })
}
