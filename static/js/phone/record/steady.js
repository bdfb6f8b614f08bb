// Which time passed for everybody, when the two clocks of a phone disagree.
//   The monotonic clock stands still while the phone sleeps; nobody can set it.
//   The wall clock goes on in a sleep; a person or the network may set it.
// Three witnesses tell a sleep from a setting. A ticking timer: a jump between two ticks is seen when it happens. Whether the
// page was in view: a phone that shows it does not sleep, one that went dark may have. The server's time, where it was heard:
// what it says stands above the other two. Going back is always a setting.
/** @import { Mark } from './types.d.ts' */

const DISAGREES = 5000 // milliseconds: more than an answer takes on its way

/**
 * `shift`: by how much the wall clock was set since this phone first looked; `server`: the server's time minus the steady one,
 * as first heard. Both outlive the page, so that a wait goes on after the app was killed.
 * @typedef {{ shift: number, server: number | null }} Settled
 * @typedef {{ wall: number, mono: number }} Look
 */

/** @param {{ look: () => Look, settled: Settled, keep: (settled: Settled) => void }} given */
export function makeSteady({ look, settled, keep }) {
  let { shift, server } = settled
  let last = look()
  let dark = false // out of view since the last look
  let kept = shift

  const compare = () => {
    const seen = look()
    const gap = (seen.wall - last.wall) - (seen.mono - last.mono)
    if (!dark || gap < 0) shift += gap
    last = seen
    if (Math.abs(shift - kept) > 500) store()
    return seen.wall - shift
  }
  const store = () => { kept = shift; keep({ shift, server }) }
  return {
    /** Now, in milliseconds of steady time. */
    now: compare,
    /** @param {boolean} hidden */
    viewed(hidden) {
      compare()
      dark = hidden
    },
    /** The server's own time, asked for just now. @param {number} time */
    heard(time) {
      const difference = time - compare()
      if (server !== null && Math.abs(difference - server) > DISAGREES) shift -= difference - server
      else server ??= difference
      store()
    },
  }
}

/** A mark of now. @param {{ now: () => number }} steady @returns {Mark} */
export const markOf = (steady) => ({ wall: steady.now() })
