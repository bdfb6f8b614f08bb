import { t } from '../state/signals.js'
import { setListening } from '../actions/consent.js'
import { Sheet } from './sheet.jsx'

/** Before a call is observed: the customer and whoever answers must both know. Asked once a visit. */
export function ListeningSheet({ visit, onClose }) {
  const answer = (said) => { setListening(visit.id, said); onClose() }
  return (
    <Sheet title={t('phone.listening')} onClose={onClose}>
      <p>{t('phone.ask')}</p>
      <p class="small muted">{t('phone.otherwise')}</p>
      <div class="row sheet-foot">
        <button type="button" class="btn btn-lg grow" onClick={() => answer('no')}>{t('phone.no')}</button>
        <button type="button" class="btn btn-p btn-lg grow" onClick={() => answer('yes')}>{t('phone.yes')}</button>
      </div>
    </Sheet>
  )
}

/** Whether the question is still open on this visit. */
export const asksForListening = (visit, channel) => (
  channel === 'phone' && visit.body.mode === 'shadowed' && !visit.body.consent?.listening && !['done', 'abandoned'].includes(visit.body.status)
)
