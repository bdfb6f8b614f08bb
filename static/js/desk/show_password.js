// What was typed as a password can be looked at.

export function showPassword(button) {
  const input = document.getElementById(button.dataset.showPassword)
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
  })
}
