// Addresses inside the app: #/today, #/capture/<id>. The part after # never reaches a server.
import { signal } from '@preact/signals'

export const route = signal(parse(globalThis.location?.hash))

/** @param {string} name @param {string | null} [id] @param {{ replace?: boolean }} [how] */
export function go(name, id, { replace = false } = {}) {
  const hash = address(name, id)
  if (location.hash === hash) return
  if (replace) location.replace(hash)
  else location.hash = hash
}

/** @param {string} name @param {string | null} [id] */
export function address(name, id) {
  return id ? `#/${name}/${encodeURIComponent(id)}` : `#/${name}`
}

export function watchRoute() {
  addEventListener('hashchange', () => { route.value = parse(location.hash) })
}

/** @param {string | undefined} hash */
function parse(hash) {
  const [name = '', id = ''] = (hash ?? '').replace(/^#\/?/, '').split('/')
  return { name: name || 'today', id: id ? decodeURIComponent(id) : null }
}
