import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Notices } from './parts/notices.jsx'
import { route } from './router.js'
import { Today } from './screens/today.jsx'
import { person, picture, ready } from './state.js'

const later = signal(null)
const NAMES = {
  start: 'Start', visit: 'VisitMap', capture: 'Capture', review: 'Review', outbox: 'Outbox', me: 'Me', receipt: 'Receipt',
}

/** Everything but Today comes in a second piece, so that the first screen stands sooner. */
export async function laterScreens() {
  try {
    later.value = await import('./later.jsx')
  } catch {
    setTimeout(laterScreens, 2000)
  }
}

export function App() {
  const { name, id } = route.value
  useNewScreen(`${name}/${id}`)
  if (!ready.value) return null
  return <>{pick(name, id)}<Notices /></>
}

function pick(name, id) {
  const screens = later.value
  if (!person.value) return screens && <screens.Nobody />
  if (picture.value) return <screens.PhotoStep />
  if (!NAMES[name]) return <Today />
  const Screen = screens?.[NAMES[name]]
  return Screen ? <Screen key={`${name}/${id}`} id={id} /> : null
}

/** A new screen starts at its heading, for eyes and for screen readers alike. Not on opening: nobody has moved yet. */
function useNewScreen(key) {
  const first = useRef(true)
  useEffect(() => {
    if (first.current) { first.current = false; return }
    scrollTo(0, 0)
    document.querySelector('h1')?.focus({ preventScroll: true })
  }, [key])
}
