// A link to a form elsewhere on the page opens it filled in: on a phone right under its row, where the thumb is; a
// second tap puts it away. Without script, or without a network, the link is a link.
import { fetched } from './fetched.js'

const NARROW = '(max-width: 760px)'

/** @param {HTMLElement} link @param {(root: ParentNode) => void} behave gives the form its behaviours */
export function openHere(link, behave) {
  link.addEventListener('click', async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const address = /** @type {HTMLAnchorElement} */ (link).href
    const part = new URL(address).hash
    if (link.hasAttribute('aria-expanded')) return putAway(part, link)
    const page = await fetched(address, [part])
    const shown = document.querySelector(part)
    if (!page || !shown) return location.assign(address)
    const form = document.adoptNode(/** @type {Element} */ (page.querySelector(part)))
    shown.replaceWith(form)
    behave(form)
    if (matchMedia(NARROW).matches) putUnder(/** @type {HTMLElement} */ (link.closest('li')), form)
    document.querySelectorAll('[data-open-here][aria-expanded]').forEach((other) => other.removeAttribute('aria-expanded'))
    link.setAttribute('aria-expanded', 'true')
    const title = /** @type {HTMLElement} */ (form.querySelector('h2'))
    title.tabIndex = -1
    title.focus({ preventScroll: true })
    form.scrollIntoView({ block: 'nearest' })
  })
}

/** In a row of its own, which holds whatever was opened last. @param {HTMLElement} row @param {Element} form */
function putUnder(row, form) {
  document.querySelector('.opened-here')?.remove()
  const own = document.createElement('li')
  own.className = 'opened-here'
  own.append(form)
  row.after(own)
}

/** @param {string} part @param {HTMLElement} link */
function putAway(part, link) {
  const form = /** @type {Element} */ (document.querySelector(part))
  document.querySelector('.cols-plan')?.append(form)
  document.querySelector('.opened-here')?.remove()
  link.removeAttribute('aria-expanded')
  link.focus()
}
