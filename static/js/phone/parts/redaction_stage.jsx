import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { patchAt, pointOn } from '../device/redaction.js'
import { paint } from '../device/photo.js'
import { hideAt, hidesSomething, hidings } from '../actions/photos.js'
import { picture, spoken, t } from '../state/signals.js'

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/**
 * The picture with what is hidden on it. A tap hides, a finger that goes on paints. With keys: arrows move a mark,
 * Enter or space hides what is under it.
 */
export function HidingStage({ brush }) {
  const shown = picture.value
  const { canvas, strokes, all } = shown
  const screen = useRef(null)
  const mark = useSignal(null)
  useEffect(() => { paint(screen.current, canvas, hidings(shown)) }, [canvas, strokes, all])
  const painting = usePainting(canvas, brush)
  const onKeyDown = (event) => {
    const at = mark.value ?? { x: canvas.width / 2, y: canvas.height / 2 }
    if (MOVES[event.key]) mark.value = moved(at, MOVES[event.key], canvas)
    else if (event.key === 'Enter' || event.key === ' ') hideByKey(at, brush)
    else return
    event.preventDefault()
  }
  return (
    <div class="stage">
      <canvas
        ref={screen} tabIndex={0} role="application" aria-label={t(hidesSomething(shown) ? 'photo.previewHidden' : 'photo.preview')}
        aria-roledescription={t('photo.stage')} onKeyDown={onKeyDown} onFocus={() => { mark.value ??= { x: canvas.width / 2, y: canvas.height / 2 } }} {...painting}
      />
      {mark.value && <Mark canvas={canvas} patch={patchAt(mark.value, brush, canvas)} />}
    </div>
  )
}

/** The first touch hides at once; moving on adds to the same stroke, so that one step back takes all of it. */
function usePainting(canvas, brush) {
  const down = useRef(false)
  const at = (event) => {
    const { x, y, width, height } = event.currentTarget.getBoundingClientRect()
    return pointOn(canvas, { x, y, width, height }, { x: event.clientX, y: event.clientY })
  }
  const stop = () => { down.current = false }
  return {
    onPointerDown: (event) => {
      const point = event.isPrimary && event.button === 0 && at(event)
      if (!point) return
      event.currentTarget.setPointerCapture?.(event.pointerId)
      down.current = true
      hideAt(point, brush)
    },
    onPointerMove: (event) => {
      const point = down.current && at(event)
      if (point) hideAt(point, brush, { goesOn: true })
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  }
}

function hideByKey(at, brush) {
  hideAt(at, brush)
  spoken.value = t('photo.hiddenHere')
}

function moved({ x, y }, [right, down], { width, height }) {
  const step = Math.max(width, height) / 30
  return { x: Math.max(0, Math.min(width, x + right * step)), y: Math.max(0, Math.min(height, y + down * step)) }
}

/** Seen only while the picture has the keyboard's focus. */
function Mark({ canvas, patch }) {
  return (
    <svg class="mark-here" viewBox={`0 0 ${canvas.width} ${canvas.height}`} aria-hidden="true">
      <rect x={patch.x} y={patch.y} width={patch.width} height={patch.height} />
      <rect class="inner" x={patch.x} y={patch.y} width={patch.width} height={patch.height} />
    </svg>
  )
}
