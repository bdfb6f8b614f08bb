import { Icon } from './icons.jsx'
import { t } from '../state/signals.js'
import { installer } from '../actions/service_worker.js'

/** How this phone keeps the app like any other: by a button where the browser offers one, else in its own words. */
export function Install() {
  if (navigator.standalone || matchMedia('(display-mode: standalone)').matches) return null
  if (installer.value) {
    return <button class="btn btn-lg" onClick={() => { installer.value.prompt(); installer.value = null }}><Icon name="fetch" />{t('install.button')}</button>
  }
  const apple = /iPhone|iPad/.test(navigator.userAgent)
  if (!apple && !/Android|HarmonyOS/i.test(navigator.userAgent)) return null
  return <p class="note note-sun"><Icon name="info" /><span>{t(apple ? 'me.install' : 'install.menu')}</span></p>
}
