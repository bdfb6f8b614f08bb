// Whether this is the only page of ours that is open on this phone. Only then may a tap be written without reading first
// what stands there: two pages that do so could undo each other.
const NAME = 'shadowing-page'
let alone = false

export function isAlone() {
  return alone
}

/** Says that this page is here, and watches for others. Without locks nobody can tell, so nobody is alone. @param {BroadcastChannel | null} channel */
export async function watchForCompany(channel) {
  if (!navigator.locks || !channel) return
  channel.addEventListener('message', ({ data }) => { if (data === 'here') alone = false })
  document.addEventListener('visibilitychange', look)
  await /** @type {Promise<void>} */ (new Promise((held) => {
    navigator.locks.request(NAME, { mode: 'shared' }, () => { held(); return new Promise(() => {}) })
  }))
  channel.postMessage('here')
  await look()
}

/** A page put away may sleep through what others say; when it comes back it counts them anew. */
async function look() {
  alone = false
  if (document.visibilityState === 'hidden') return
  const { held } = await navigator.locks.query()
  alone = held?.filter(({ name }) => name === NAME).length === 1 && document.visibilityState === 'visible'
}
