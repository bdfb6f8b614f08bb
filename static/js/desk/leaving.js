// Signing out here locks the field app of this browser, too, also before it hears from the server (static/js/phone/actions/door.js).

/** @param {HTMLFormElement} form */
export function lockPhone(form) {
  form.addEventListener('submit', () => {
    try { localStorage.setItem('shadowing.left', String(Date.now())) } catch { /* then the server tells it */ }
  })
}
