import { Brand } from '../parts/drawings.jsx'
import { online, t } from '../state/signals.js'

/** Nobody has ever signed in on this phone: the one thing the app cannot do without a network. */
export function Nobody() {
  return (
    <div class="phone nobody">
      <main class="nobody-main">
        <Brand />
        <h1 tabIndex={-1}>{t('nobody.title')}</h1>
        <p class="lede">{t('nobody.text')}</p>
        {!online.value && <p class="note note-sun">{t('nobody.offline')}</p>}
        <a class="btn btn-p btn-lg" href="/sign-in?next=/app">{t('nobody.button')}</a>
      </main>
    </div>
  )
}
