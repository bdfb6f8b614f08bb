// Filters apply themselves: the page is fetched and put in place, so that focus, keyboard and scroll stay where they are,
// and Back brings the filter before it. The button is only for those without script.
import { fetched } from './fetched.js'

const PAUSE = 200 // ms: arrow keys pass over choices faster than a page is made
const PARTS = ['nav.rail', 'main.page']
/** @type {(root: ParentNode) => void} */
let behave = () => {}
let turn = 0
let shown = location.pathname + location.search

/** `wire` gives what was put in place its behaviours. @param {(root: ParentNode) => void} wire */
export function applyInPlace(wire) {
  behave = wire
  addEventListener('popstate', () => {
    if (location.pathname + location.search !== shown) show(location.href)
  })
}

/** @param {HTMLFormElement} form */
export function submitAtOnce(form) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector('button'))
  button.hidden = true
  form.addEventListener('change', async () => {
    const mine = (turn += 1)
    await new Promise((resolve) => { setTimeout(resolve, PAUSE) })
    if (mine === turn) await show(addressOf(form), true)
  })
}

/** Without what says nothing. @param {HTMLFormElement} form */
function addressOf(form) {
  const said = [...new FormData(form)].filter(([, value]) => value !== '')
  const query = new URLSearchParams(/** @type {[string, string][]} */ (said)).toString()
  return location.pathname + (query && `?${query}`)
}

/** @param {string} address @param {boolean} [isNew] */
async function show(address, isNew = false) {
  const mine = (turn += 1)
  const page = await fetched(address, PARTS)
  if (mine !== turn) return
  // A page that comes back by itself says so in its head, which is not put in place.
  if (!page || page.querySelector('meta[http-equiv=refresh]')) return location.assign(address)
  const name = document.activeElement?.getAttribute('name')
  for (const part of PARTS) {
    const made = /** @type {Element} */ (page.querySelector(part))
    document.querySelector(part)?.replaceWith(document.adoptNode(made))
  }
  document.title = page.title
  if (isNew) history.pushState(null, '', address)
  shown = location.pathname + location.search
  PARTS.forEach((part) => behave(/** @type {Element} */ (document.querySelector(part))))
  if (name) /** @type {HTMLElement | null} */ (document.querySelector(`.filters [name="${name}"]`))?.focus()
  say(document.querySelector('main.page .lede, main.page .say')?.textContent ?? '')
}

/** To who cannot see that the page has changed. @param {string} text */
function say(text) {
  let place = document.getElementById('said')
  if (!place) {
    place = document.createElement('p')
    place.id = 'said'
    place.className = 'vh'
    place.setAttribute('role', 'status')
    document.body.append(place)
  }
  place.textContent = text.trim()
}
