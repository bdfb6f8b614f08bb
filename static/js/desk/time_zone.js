// On the first run this machine's zone is a better guess than none.

/** @param {HTMLSelectElement} select */
export function guessZone(select) {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (select.value === 'UTC' && [...select.options].some((option) => option.value === here)) select.value = here
}
