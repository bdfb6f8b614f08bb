// What customers will see, while one writes.

/** @param {HTMLElement} section */
export function preview(section) {
  const show = () => {
    const name = section.querySelector('[name=name_en]').value || section.querySelector('[name=name_zh]').value
    section.querySelectorAll('[data-name]').forEach((place) => { place.textContent = name })
    section.querySelectorAll('[data-letter]').forEach((place) => { place.textContent = [...name.trim()][0]?.toUpperCase() ?? '' })
    const colour = section.querySelector('[name=colour]').value
    section.querySelectorAll('[data-colour]').forEach((place) => place.setAttribute('fill', colour))
  }
  section.addEventListener('input', show)
}
