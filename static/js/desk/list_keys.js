// Keys for a list of improvements: <details data-keys> says which. They count only while no field has the focus.

/** @param {HTMLElement} help */
export function listKeys(help) {
  help.hidden = false
  document.addEventListener('keydown', (event) => {
    if (!help.isConnected || event.ctrlKey || event.metaKey || event.altKey || inField(event)) return
    const links = [...document.querySelectorAll('.backlog .item-title')]
    const here = links.indexOf(/** @type {HTMLElement} */ (document.activeElement))
    if (event.key === 'j') links[Math.min(here + 1, links.length - 1)]?.focus()
    else if (event.key === 'k') links[Math.max(here - 1, 0)]?.focus()
    else if (event.key === 'x' && here >= 0) links[here].closest('tr')?.querySelector('[name=items]')?.click()
    else if (event.key === '?') help.toggleAttribute('open')
    else return
    event.preventDefault()
  })
}

/** @param {KeyboardEvent} event */
function inField(event) {
  const at = /** @type {Element} */ (event.target)
  return at.matches('textarea, select, input:not([type=checkbox])')
}
