import { Head, TabBar } from '../parts/frame.jsx'
import { Icon } from '../parts/icons.jsx'
import { address } from '../state/router.js'
import { myVisits, t } from '../state/signals.js'
import { visitTitle } from '../state/titles.js'
import { resume } from '../actions/visit.js'
import { timeOfDay } from '../record/times.js'

/** The Visit tab when nothing is going on: paused visits first, else one way to begin. */
export function NoVisit() {
  const paused = myVisits.value.filter((visit) => visit.body.status === 'paused')
  return (
    <div class="phone">
      <Head title={t('nav.visit')} />
      <main>
        {paused.length === 0 && (
          <div class="empty">
            <svg class="big empty-arc" viewBox="0 0 148 84" aria-hidden="true"><path d="M6 74C34 8 114 8 142 74" /><circle cx="48" cy="32" r="8" /></svg>
            <p>{t('visit.none')}</p>
          </div>
        )}
        {paused.length > 0 && (
          <ul class="card list rows">{paused.map((visit) => (
            <li key={visit.id}>
              <button class="item" onClick={() => resume(visit.id)}>
                <span class="ico ico-t"><Icon name="pause" /></span>
                <span class="grow"><b class="strong">{visitTitle(visit)}</b><span class="small muted sub">{t('today.paused', { time: timeOfDay(visit.body.started_at) })}</span></span>
                <Icon name="right" small />
              </button>
            </li>
          ))}</ul>
        )}
        <a class="btn btn-p btn-lg" href={address('start')}>{t('start.title')}</a>
      </main>
      <TabBar now="visit" />
    </div>
  )
}
