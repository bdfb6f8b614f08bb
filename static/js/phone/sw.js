/* global __VERSION__, __PRECACHE__ */
// The worker keeps the app on the phone. Its whole policy:
//   /app            from the cache, so it opens without a network
//   other pages     from the network; without one, the app instead. No page is ever put in a cache
//   listed files    from the cache of this version (their names carry a hash)
//   /api, writes    never touched
//   a new version   waits until the person agrees; then old caches go

const CACHE = `shadowing-${__VERSION__}`
const KEPT = new Set(__PRECACHE__)

self.addEventListener('install', (event) => event.waitUntil(fill()))
self.addEventListener('activate', (event) => event.waitUntil(takeOver()))
self.addEventListener('message', (event) => { if (event.data === 'skip') self.skipWaiting() })
self.addEventListener('fetch', (event) => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin) return
  if (address.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request, address))
  else if (KEPT.has(address.pathname)) event.respondWith(kept(request, address.pathname))
})

/** All or nothing: one file missing, and the version before stays in charge. */
async function fill() {
  const cache = await caches.open(CACHE)
  await Promise.all(__PRECACHE__.map(async (path) => {
    const reply = await fetch(path, { cache: 'reload', redirect: 'error', credentials: 'same-origin' })
    if (!reply.ok || reply.type !== 'basic') throw new Error(`cannot keep ${path}`)
    await cache.put(path, reply)
  }))
}

async function takeOver() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith('shadowing-') && name !== CACHE).map((name) => caches.delete(name)))
  await self.clients.claim()
}

async function page(request, address) {
  if (address.pathname === '/app') return kept(request, '/app')
  try {
    return await fetch(request)
  } catch {
    return kept(request, '/app')
  }
}

async function kept(request, path) {
  const cache = await caches.open(CACHE)
  return await cache.match(path) ?? fetch(request)
}
