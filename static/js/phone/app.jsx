/* global __LATER_CSS__ */
import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Notices } from './parts/notices.jsx'
import { learnRest } from './state/language.js'
import { route } from './state/router.js'
import { Today } from './screens/today.jsx'
import { language, locked, person, picture, ready, t } from './state/signals.js'

const later = signal(null)
const NAMES = {
  start: 'Start', visit: 'VisitMap', capture: 'Capture', review: 'Review', outbox: 'Outbox', me: 'Me', receipt: 'Receipt',
  bin: 'Bin', welcome: 'Welcome', practise: 'Practise', show: 'Show',
}

/** Everything but Today comes in a second piece, so that the first screen stands sooner. */
export async function laterScreens() {
  try {
    const [screens] = await Promise.all([import('./screens/lazy.jsx'), style(__LATER_CSS__), learnRest(language.value)])
    later.value = screens
  } catch {
    setTimeout(laterScreens, 2000)
  }
}

function style(href) {
  return new Promise((done, failed) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: done })
    link.onerror = () => { link.remove(); failed() }
    document.head.append(link)
  })
}

export function App() {
  const { name, id } = route.value
  useNewScreen(`${name}/${id}`, `${ready.value} ${Boolean(person.value)} ${Boolean(later.value)}`)
  if (!ready.value) return null
  return <>{pick(name, id)}<Notices /></>
}

function pick(name, id) {
  const screens = later.value
  if (!person.value) return screens && (locked.value ? <screens.Locked /> : <screens.Nobody />)
  if (picture.value) return <screens.PhotoStep key={picture.value.at} />
  if (!NAMES[name]) return <Today />
  const Screen = screens?.[NAMES[name]]
  return Screen ? <Screen key={`${name}/${id}`} id={id} /> : null
}

/** A new screen starts at its heading, for eyes and for screen readers alike. Not on opening: nobody has moved yet. */
function useNewScreen(screen, loaded) {
  const last = useRef(screen)
  useEffect(() => {
    const heading = document.querySelector('h1')
    document.title = [heading?.textContent, t('app.name')].filter(Boolean).join(' · ')
    if (!heading || last.current === screen) return
    last.current = screen
    scrollTo(0, 0)
    heading.focus({ preventScroll: true })
  }, [screen, loaded])
}
