// Holding a button or a number instead of tapping it. Whatever holding does can be had by a tap as well, elsewhere.
import { useEffect, useRef } from 'preact/hooks'

const LONG = 450

/** Properties for the element that may be held. The click that ends a hold does nothing more. */
export function useHold(onHold) {
  const timer = useRef(0)
  const held = useRef(false)
  useEffect(() => () => clearTimeout(timer.current), [])
  const stop = () => clearTimeout(timer.current)
  return {
    onPointerDown: () => {
      held.current = false
      clearTimeout(timer.current)
      timer.current = setTimeout(() => { held.current = true; onHold() }, LONG)
    },
    onPointerUp: stop, onPointerLeave: stop, onPointerCancel: stop,
    onClickCapture: (event) => { if (held.current) { event.preventDefault(); event.stopPropagation() } },
    onContextMenu: (event) => event.preventDefault(),
  }
}
