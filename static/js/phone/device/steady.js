// The steady time of this phone: record/steady.js with the phone's two clocks, its screen and its memory.
/** @import { Settled } from '../record/steady.js' */
import { makeSteady, markOf } from '../record/steady.js'

const KEY = 'shadowing.clock'

/** @returns {Settled} */
function readBack() {
  try {
    const { shift, server } = JSON.parse(/** @type {string} */ (localStorage.getItem(KEY)))
    return { shift: Number(shift) || 0, server: Number.isFinite(server) ? server : null }
  } catch {
    return { shift: 0, server: null }
  }
}

export const steady = makeSteady({
  look: () => ({ wall: Date.now(), mono: performance.now() }),
  settled: readBack(),
  keep: (settled) => { try { localStorage.setItem(KEY, JSON.stringify(settled)) } catch { /* then it holds until closing */ } },
})

/** A mark of now, for the clock of a capture. */
export const markNow = () => markOf(steady)

export function watchClocks() {
  const view = () => steady.viewed(document.visibilityState === 'hidden')
  view()
  document.addEventListener('visibilitychange', view)
  setInterval(() => steady.now(), 1000)
}
