// A photo opens large over its page, with its words; arrow keys and buttons go through all photos of the page.
// Without script its link shows the picture alone.

/** @param {Element} link */
export function viewLarge(link) {
  link.addEventListener('click', (event) => {
    event.preventDefault()
    open(/** @type {HTMLAnchorElement} */ (link))
  })
}

/** @param {HTMLAnchorElement} first */
function open(first) {
  const all = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('a[data-view]')])
  const page = /** @type {HTMLElement} */ (document.querySelector('template[data-viewer]'))
  const made = /** @type {HTMLTemplateElement} */ (page).content.cloneNode(true)
  document.body.append(made)
  const dialog = /** @type {HTMLDialogElement} */ (document.body.querySelector('dialog.viewer'))
  let at = all.indexOf(first)
  const turn = (/** @type {number} */ step) => {
    at = (at + step + all.length) % all.length
    show(dialog, all[at], `${at + 1} / ${all.length}`)
  }
  const steps = [...dialog.querySelectorAll('[data-step]')]
  steps.forEach((button) => {
    /** @type {HTMLElement} */ (button).hidden = all.length < 2
    button.addEventListener('click', () => turn(Number(button.getAttribute('data-step'))))
  })
  dialog.addEventListener('keydown', ({ key }) => {
    if (key === 'ArrowLeft' || key === 'ArrowRight') turn(key === 'ArrowLeft' ? -1 : 1)
  })
  dialog.addEventListener('close', () => {
    dialog.remove()
    first.focus()
  })
  turn(0)
  dialog.showModal()
}

/** @param {HTMLDialogElement} dialog @param {HTMLAnchorElement} link @param {string} place */
function show(dialog, link, place) {
  const picture = /** @type {HTMLImageElement} */ (dialog.querySelector('img'))
  const words = link.querySelector('img')?.getAttribute('alt') ?? ''
  picture.onload = () => picture.classList.toggle('tall', picture.naturalHeight > 2 * picture.naturalWidth)
  picture.src = link.href
  picture.alt = words
  const line = /** @type {HTMLElement} */ (dialog.querySelector('[data-words]'))
  line.textContent = `${words} · ${place}`
}
