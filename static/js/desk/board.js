// Cards are dragged to another column: <div data-board>. A drop presses what the card's menu offers for that column, so
// that both do the same; where the menu offers nothing, the board says so.

/** @param {HTMLElement} board */
export function dragCards(board) {
  /** @type {HTMLElement | null} */
  let held = null
  board.querySelectorAll('[data-card]').forEach((card) => {
    if (card.querySelector('[data-move]')) card.draggable = true
  })
  board.addEventListener('dragstart', (event) => {
    held = /** @type {Element} */ (event.target).closest('[data-card]')
    held?.classList.add('dragged')
  })
  board.addEventListener('dragover', (event) => {
    if (!held) return
    event.preventDefault()
    mark(board, columnUnder(event))
  })
  board.addEventListener('dragend', () => {
    held?.classList.remove('dragged')
    mark(board, null)
    held = null
  })
  board.addEventListener('drop', (event) => {
    const column = columnUnder(event)
    if (!held || !column || column.contains(held)) return
    event.preventDefault()
    const states = (column.dataset.takes ?? '').split(' ')
    const step = [...held.querySelectorAll('[data-move]')].find((move) => states.includes(move.dataset.move ?? ''))
    if (step) step.click()
    else refuse(board)
  })
}

/** @param {Event} event */
function columnUnder(event) {
  return /** @type {Element} */ (event.target).closest('[data-takes]')
}

/** @param {HTMLElement} board @param {HTMLElement | null} column */
function mark(board, column) {
  board.querySelectorAll('.over').forEach((each) => each.classList.remove('over'))
  column?.classList.add('over')
}

/** @param {HTMLElement} board */
function refuse(board) {
  let said = document.getElementById('refused')
  if (!said) {
    said = document.createElement('p')
    said.id = 'refused'
    said.className = 'note note-under'
    said.setAttribute('role', 'alert')
    board.before(said)
  }
  said.textContent = board.dataset.refused ?? ''
}
