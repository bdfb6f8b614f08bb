// A button that is only for pages with script.

/** @param {HTMLElement} button @param {(event: MouseEvent) => void} action */
export function offer(button, action) {
  button.hidden = false
  button.addEventListener('click', action)
}
