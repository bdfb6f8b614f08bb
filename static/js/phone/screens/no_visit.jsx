import { Head, TabBar } from '../parts/frame.jsx'
import { Unfinished } from '../parts/unfinished.jsx'
import { address } from '../state/router.js'
import { t, unfinished } from '../state/signals.js'

/** The Visit tab when not just one visit is going on: all that are not finished, by the customer's name; else one way to begin. */
export function NoVisit() {
  const open = unfinished.value
  return (
    <div class="phone">
      <Head title={t('nav.visit')} />
      <main>
        {open.length === 0 && (
          <div class="empty">
            <svg class="big empty-arc" viewBox="0 0 148 84" aria-hidden="true"><path d="M6 74C34 8 114 8 142 74" /><circle cx="48" cy="32" r="8" /></svg>
            <p>{t('visit.none')}</p>
          </div>
        )}
        <Unfinished list={open} />
        <a class="btn btn-p btn-lg" href={address('start')}>{t('start.title')}</a>
      </main>
      <TabBar now="visit" />
    </div>
  )
}
