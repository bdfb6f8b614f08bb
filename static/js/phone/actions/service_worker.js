// The service worker: kept up to date, never in the middle of a capture, and only when the person agrees.
import { effect, signal } from '@preact/signals'
import { route } from '../state/router.js'
import { keptOffline, picture, updateReady } from '../state/signals.js'

/** @type {ServiceWorker | null} */
let waiting = null
export const installer = signal(/** @type {any} */ (null)) // the browser's own offer to install, while it stands

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  installer.value = event
})

export async function startWorker() {
  if (!('serviceWorker' in navigator)) return
  let controlled = Boolean(navigator.serviceWorker.controller)
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) reloadWhenIdle()
    controlled = true
    keptOffline.value = true
  })
  try {
    const registration = await navigator.serviceWorker.register(address(), { scope: '/', updateViaCache: 'none' })
    watch(registration)
    await navigator.serviceWorker.ready
    keptOffline.value = true
  } catch (problem) {
    console.warn('The app could not be kept for use without a network:', /** @type {Error | null} */ (problem)?.message)
  }
}

export function useNewVersion() {
  waiting?.postMessage('skip')
}

/** In another tab somebody agreed to the new version; here one may be in the middle of a touchpoint or a picture. */
function reloadWhenIdle() {
  effect(() => { if (route.value.name !== 'capture' && !picture.value) location.reload() })
}

/** Trusted Types allow a worker's address only through a policy; ours knows exactly one. */
function address() {
  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy('shadowing', {
    createScriptURL(/** @type {string} */ url) {
      if (url !== '/sw.js') throw new TypeError(url)
      return url
    },
  })
  return policy ? policy.createScriptURL('/sw.js') : '/sw.js'
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  const look = () => {
    if (!registration.waiting || !navigator.serviceWorker.controller) return
    waiting = registration.waiting
    updateReady.value = true
  }
  look()
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look))
  const ask = () => { if (document.visibilityState === 'visible') registration.update().catch(() => {}) }
  document.addEventListener('visibilitychange', ask)
  setInterval(ask, 3600_000)
}
