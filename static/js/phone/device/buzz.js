// A word to the hand, where the phone can: one short buzz for saved, two for a wait over the standard. It never asks for a look.
const SAVED = 10
const OVER = [60, 90, 60]

let quiet = false

/** @param {boolean} wanted */
export function setQuiet(wanted) {
  quiet = wanted
}

export const buzzSaved = () => buzz(SAVED)
export const buzzOver = () => buzz(OVER)

/** @param {number | number[]} pattern */
function buzz(pattern) {
  if (!quiet) navigator.vibrate?.(pattern)
}
