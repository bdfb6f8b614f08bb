// Small drawings: faces, the pyramid, a tick, the mark of the product.

const MOUTHS = {
  '-2': 'M10 23.500c1.500-3.500 3.500-5 6-5s4.500 1.500 6 5',
  '-1': 'M11 22.500c1.300-1.700 3-2.500 5-2.500s3.700.8 5 2.500',
  0: 'M11 21.200h10',
  1: 'M11 20c1.300 1.700 3 2.500 5 2.500s3.700-.8 5-2.500',
  2: 'M9.500 18.500c1.200 4 3.500 6 6.500 6s5.300-2 6.500-6Z',
}

/** A drawn face for −2 … +2. Inside another drawing it is given x, y and size. */
export function Face({ emotion, x, y, size, className = 'face' }) {
  const placed = size ? { x, y, width: size, height: size } : {}
  return (
    <svg class={className} viewBox="0 0 32 32" aria-hidden="true" {...placed}>
      <circle cx="16" cy="16" r="13" />
      {emotion === -2 && <path d="M9.500 9.500l4 1.700M22.500 9.500l-4 1.700" />}
      <path d="M11.500 13.500v.9M20.500 13.500v.9" class="face-eyes" />
      <path d={MOUTHS[emotion]} class="face-mouth" />
    </svg>
  )
}

const SLABS = {
  delight: 'M14 1 17.900 7.500h-7.800Z', usability: 'M9.500 8.700h9l3.700 6.300H5.800Z', utility: 'M5.100 16.200h17.800l4 6.800H1.100Z',
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
      <path class="disc-tick" d="M4.800 8.200l2.300 2.300 4.200-4.600" fill="none" stroke-width="2" />
    </svg>
  )
}

export function Brand() {
  return (
    <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <path class="brand-cast" d="M10.500 15.500 29 27.500c-1.500 1.600-4 2.300-6.500 2L7 21Z" />
      <path class="brand-body" d="M5.500 24v-5.500a5 5 0 0 1 10 0V24a1 1 0 0 1-1 1h-8a1 1 0 0 1-1-1Z" />
      <circle class="brand-head" cx="10.500" cy="8" r="4.500" />
    </svg>
  )
}
