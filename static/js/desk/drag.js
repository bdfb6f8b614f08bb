// Touchpoints are dragged to where they belong: <form data-map>. Without it, buttons do the same.
import { allSaved, moveAfterSaving } from './autosave.js'

/** A touchpoint goes before the one it is dropped on, or to the end of the stage. @param {HTMLFormElement} form */
export function dragging(form) {
  moveAfterSaving(form)
  /** @type {HTMLElement | null} */
  let held = null
  form.querySelectorAll('.grip').forEach((grip) => {
    grip.hidden = false
    const row = /** @type {HTMLElement} */ (grip.parentElement)
    row.draggable = true
  })
  form.addEventListener('dragstart', (event) => {
    held = rowUnder(event)
    held?.classList.add('dragged')
  })
  form.addEventListener('dragover', (event) => {
    if (!held) return
    event.preventDefault()
    form.querySelectorAll('.before').forEach((row) => row.classList.remove('before'))
    rowUnder(event)?.classList.add('before')
  })
  form.addEventListener('dragend', () => {
    form.querySelectorAll('.before, .dragged').forEach((row) => row.classList.remove('before', 'dragged'))
    held = null
  })
  form.addEventListener('drop', (event) => {
    const stage = /** @type {Element} */ (event.target).closest('[data-stage]')
    if (!held || !stage) return
    event.preventDefault()
    const before = rowUnder(event)
    if (before !== held) submit(form, { do: 'place:', key: held.dataset.key, stage: stage.dataset.stage, before: before?.dataset.key ?? '' })
  })
}

/** @param {Event} event */
function rowUnder(event) {
  return /** @type {Element} */ (event.target).closest('.tp[data-key]')
}

/** @param {HTMLFormElement} form @param {{ [name: string]: string | undefined }} fields */
async function submit(form, fields) {
  await allSaved()
  for (const [name, value] of Object.entries(fields)) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name, value })
    form.append(input)
  }
  form.submit()
}
