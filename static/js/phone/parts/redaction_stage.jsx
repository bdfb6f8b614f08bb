import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { middleOf, patchAt, pointOn } from '../device/redaction.js'
import { paint } from '../device/photo.js'
import { facesLeft, hideAt, hidesSomething, hidings, revealAt, undo } from '../actions/photos.js'
import { picture, spoken, t } from '../state/signals.js'

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const LONG = 2.4 // times as high as wide: more than a screen is. Fitted whole it would be a strip

/**
 * The picture with what is hidden on it. A tap hides, a finger that goes on paints. With keys: arrows move a mark,
 * Enter or space hides what is under it.
 */
export function HidingStage({ brush }) {
  const shown = picture.value
  const { canvas, strokes, all } = shown
  const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height }
  const screen = useRef(null)
  const mark = useSignal(null)
  const long = canvas.height > LONG * canvas.width
  useEffect(() => { paint(screen.current, canvas, hidings(shown)) }, [canvas, strokes, all])
  const painting = usePainting(canvas, brush, long)
  const onKeyDown = (event) => {
    if (MOVES[event.key]) {
      mark.value = moved(mark.value, MOVES[event.key], canvas)
      requestAnimationFrame(() => document.querySelector('.mark-here')?.firstChild.scrollIntoView({ block: 'nearest' }))
    } else if (event.key === 'Enter' || event.key === ' ') touch(mark.value, brush, true)
    else return
    event.preventDefault()
  }
  return (
    <div class={long ? 'stage long' : 'stage'}>
      <canvas
        ref={screen} tabIndex={0} role="application" aria-label={t(hidesSomething(shown) ? 'photo.previewHidden' : 'photo.preview')}
        aria-roledescription={t('photo.stage')} onKeyDown={onKeyDown} onFocus={() => { mark.value ??= middleOf(whole) }} {...painting}
      />
      <Edges shown={shown} whole={whole} />
      {mark.value && <Over name="mark-here" size={canvas}><Edge d={outline(patchAt(mark.value, brush ?? 'small', canvas))} /></Over>}
    </div>
  )
}

/** Without a brush it reveals. */
function touch(point, brush, byKey) {
  if (!brush) return revealAt(point)
  hideAt(point, brush)
  if (byKey) spoken.value = t('photo.hiddenHere')
}

/**
 * The first touch hides at once; moving on adds to the same stroke, so that one step back takes all of it. A long picture is moved by the finger:
 * there a touch counts when it goes sideways or is lifted where it lay.
 */
function usePainting(canvas, brush, long) {
  const start = useRef(null)
  const begun = useRef(false)
  const at = (event) => {
    const { x, y, width, height } = event.currentTarget.getBoundingClientRect()
    return pointOn(canvas, { x, y, width, height }, { x: event.clientX, y: event.clientY })
  }
  const begin = () => {
    if (start.current && !begun.current) touch(start.current, brush)
    begun.current = true
  }
  return {
    onPointerDown: (event) => {
      const point = event.isPrimary && event.button === 0 && at(event)
      if (!point) return
      event.currentTarget.setPointerCapture?.(event.pointerId)
      start.current = point
      begun.current = false
      if (!long || event.pointerType === 'mouse') begin()
    },
    onPointerMove: (event) => {
      const point = start.current && at(event)
      if (!point) return
      begin()
      if (brush) hideAt(point, brush, { goesOn: true })
    },
    onPointerUp: () => { begin(); start.current = null },
    // The finger moved the picture, or the system took it: nothing was meant to be hidden.
    onPointerCancel: () => {
      if (start.current && begun.current) undo()
      start.current = null
    },
  }
}

function moved({ x, y }, [right, down], { width, height }) {
  const step = Math.max(width, height) / 30
  return { x: Math.max(0, Math.min(width, x + right * step)), y: Math.max(0, Math.min(height, y + down * step)) }
}

/** Over the screen's picture and never in the stored one: an edge around what is hidden, a broken one around faces that were found. */
function Edges({ shown, whole }) {
  const hidden = hidings(shown).patches.map(outline).join('')
  return (
    <Over name="edges" size={whole}>
      <mask id="beside" maskUnits="userSpaceOnUse" {...whole}><path d={outline(whole)} fill="#fff" stroke="none" /><path d={hidden} fill="#000" stroke="none" /></mask>
      {shown.all ? <Edge d={outline(whole)} /> : <g mask="url(#beside)"><Edge d={hidden} /></g>}
      <g class="found"><Edge d={facesLeft(shown).map(outline).join('')} /></g>
    </Over>
  )
}

/** In the picture's own pixels, as it is fitted. */
const Over = ({ name, size, children }) => <svg class={name} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">{children}</svg>

const outline = ({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`

/** Two lines, dark and light, so that it is seen on any picture. */
const Edge = ({ d }) => <><path d={d} /><path class="inner" d={d} /></>
