import { useSignal } from '@preact/signals'
import { useRing } from './long_press.js'

/** Held for a second while a ring closes. Pressed by a key or a screen reader it acts at once; tapped, it says how. */
export function HoldButton({ className, onHeld, onPressed = onHeld, onTapped, children, ...named }) {
  const closing = useSignal(false)
  const press = useRing(closing, { onHeld, onPressed, onTapped })
  return (
    <button type="button" class={closing.value ? `${className} hold closing` : `${className} hold`} {...named} {...press}>
      <svg class="ring" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21.500" pathLength="1" /></svg>
      {children}
    </button>
  )
}
