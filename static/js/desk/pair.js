// Two photos of one spot over each other, with a handle between: what stands left of it is before. Without script, and
// until both are there, they stand side by side.

/** @param {Element} spot */
export function compareTwo(spot) {
  const range = /** @type {HTMLInputElement} */ (spot.querySelector('input[type=range]'))
  const place = () => /** @type {HTMLElement} */ (spot).style.setProperty('--seen', `${range.value}%`)
  spot.classList.add('over')
  range.hidden = false
  range.addEventListener('input', place)
  place()
}
