// Holding a button or a number instead of tapping it. Whatever holding does can be had by a tap as well, elsewhere.
import { useEffect, useRef } from 'preact/hooks'
import { buzzSaved } from '../device/buzz.js'

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
      timer.current = setTimeout(() => { held.current = true; ignoreFinger(); onHold() }, LONG)
    },
    onPointerUp: stop, onPointerLeave: stop, onPointerCancel: stop,
    onClickCapture: (event) => { if (held.current) { event.preventDefault(); event.stopPropagation() } },
    onContextMenu: (event) => event.preventDefault(),
  }
}

const RING = 1000

/** For a button that is held until its ring has closed (`closing` is a signal). */
export function useRing(closing, { onHeld, onPressed, onTapped }) {
  const timer = useRef(0)
  const pressed = useRef({ held: false, byHand: false })
  const stop = () => { clearTimeout(timer.current); closing.value = false }
  useEffect(() => stop, [])
  return {
    onPointerDown: (event) => {
      pressed.current = { held: false, byHand: !simulated(event) }
      if (!pressed.current.byHand) return
      closing.value = true
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        pressed.current.held = true
        closing.value = false
        ignoreFinger()
        buzzSaved()
        onHeld()
      }, RING)
    },
    onPointerUp: stop, onPointerLeave: stop, onPointerCancel: stop,
    onClick: (event) => {
      const { held, byHand } = pressed.current
      pressed.current = { held: false, byHand: false }
      if (held) return
      if (byHand && event.detail > 0) onTapped()
      else onPressed()
    },
    onContextMenu: (event) => event.preventDefault(),
  }
}

/** Screen readers press a button with a pointer that has no size or no weight. */
function simulated({ width, height, pressure, pointerType }) {
  return (width === 0 && height === 0) || (pointerType === 'mouse' && width === 1 && height === 1 && pressure === 0)
}

/** The finger still lies there when something opens beneath it: until it has gone nothing on the page takes it. */
function ignoreFinger() {
  const root = document.documentElement
  root.dataset.finger = 'down'
  const lifted = () => {
    removeEventListener('pointerup', lifted, true)
    removeEventListener('pointercancel', lifted, true)
    setTimeout(() => { delete root.dataset.finger }, 50) // the click that a lift makes comes after it
  }
  addEventListener('pointerup', lifted, true)
  addEventListener('pointercancel', lifted, true)
}
