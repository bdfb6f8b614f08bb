// One letter is one click, where the page says so and no field has the focus; the page names the letters and can switch them off.
const CHOICE = 'shadowing.keys'

/** @param {HTMLFormElement} form */
export function singleKeys(form) {
  const told = /** @type {HTMLElement} */ (form.querySelector('[data-keys-told]'))
  const toggle = /** @type {HTMLButtonElement} */ (form.querySelector('[data-keys-off]'))
  const words = { on: toggle.textContent ?? '', off: toggle.dataset.on ?? '' }
  const show = () => { toggle.textContent = words[isOn() ? 'on' : 'off'] }
  told.hidden = false
  show()
  toggle.addEventListener('click', () => {
    try { localStorage.setItem(CHOICE, isOn() ? 'off' : 'on') } catch { /* then they stay as they are */ }
    show()
  })
  document.addEventListener('keydown', (event) => {
    if (!form.isConnected || event.ctrlKey || event.metaKey || event.altKey || !isOn() || isWriting(event.target)) return
    const found = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`))
    if (!found) return
    event.preventDefault()
    found.focus()
    found.click()
  })
}

function isOn() {
  try { return localStorage.getItem(CHOICE) !== 'off' } catch { return true }
}

/** @param {EventTarget | null} target */
function isWriting(target) {
  return target instanceof Element && target.matches('input:not([type=radio]):not([type=checkbox]), select, textarea')
}
