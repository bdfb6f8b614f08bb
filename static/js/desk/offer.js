// A button that is only for pages with script.

export function offer(button, action) {
  button.hidden = false
  button.addEventListener('click', action)
}
