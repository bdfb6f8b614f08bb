// Small drawings: faces, the pyramid, a tick, the mark of the product.

const MOUTHS = {
  '-2': 'M10 23.5c1.5-3.5 3.5-5 6-5s4.5 1.5 6 5',
  '-1': 'M11 22.5c1.3-1.7 3-2.5 5-2.5s3.7.8 5 2.5',
  0: 'M11 21.2h10',
  1: 'M11 20c1.3 1.7 3 2.5 5 2.5s3.7-.8 5-2.5',
  2: 'M9.5 18.5c1.2 4 3.5 6 6.5 6s5.3-2 6.5-6Z',
}

/** A drawn face for −2 … +2. Inside another drawing it is given x, y and size. */
export function Face({ emotion, x, y, size, className = 'face' }) {
  const placed = size ? { x, y, width: size, height: size } : {}
  return (
    <svg class={className} viewBox="0 0 32 32" aria-hidden="true" {...placed}>
      <circle cx="16" cy="16" r="13" />
      {emotion === -2 && <path d="M9.5 9.5l4 1.7M22.5 9.5l-4 1.7" />}
      <path d="M11.5 13.5v.9M20.5 13.5v.9" class="face-eyes" />
      <path d={MOUTHS[emotion]} class="face-mouth" />
    </svg>
  )
}

const SLABS = {
  delight: 'M14 1 17.9 7.5h-7.8Z', usability: 'M9.5 8.7h9l3.7 6.3H5.8Z', utility: 'M5.1 16.2h17.8l4 6.8H1.1Z',
}

/** The pyramid, small: the named level filled. */
export function MiniPyramid({ level }) {
  return (
    <svg class="minipyr" width="20" height="17" viewBox="0 0 28 24" aria-hidden="true">
      {Object.entries(SLABS).map(([name, d]) => (
        <path key={name} class={name === level ? 'lv lv-ok' : 'lv'} d={d} stroke-linejoin="round" />
      ))}
    </svg>
  )
}

export function CheckDisc({ className = 'disc' }) {
  return (
    <svg class={className} width="18" height="18" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path class="disc-tick" d="M4.8 8.2l2.3 2.3 4.2-4.6" fill="none" stroke-width="2" />
    </svg>
  )
}

export function Brand() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="brand-cast" d="M10.5 15.5 29 27.5c-1.5 1.6-4 2.3-6.5 2L7 21Z" />
      <path class="brand-body" d="M5.5 24v-5.5a5 5 0 0 1 10 0V24a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1Z" />
      <circle class="brand-head" cx="10.5" cy="8" r="4.5" />
    </svg>
  )
}
