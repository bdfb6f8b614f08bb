import { useSignal } from '@preact/signals'
import { Brand } from '../parts/drawings.jsx'
import { ChangeOver, SIGN_IN } from '../parts/change_over.jsx'
import { Icon } from '../parts/icons.jsx'
import { Rescue } from '../parts/rescue.jsx'
import { pinsOfOthers } from '../actions/pin.js'
import { locked, online, sealed, t, waitingHere } from '../state/signals.js'

/** Somebody has signed out by choice: nothing is shown and nothing taken until somebody comes. */
export function Locked() {
  const asking = useSignal(false)
  const { id, name } = locked.value
  const n = waitingHere().get(id) ?? 0
  return (
    <div class="phone nobody locked">
      <main class="nobody-main">
        <Brand />
        <h1 tabIndex={-1}>{t('locked.title', { name })}</h1>
        <p class="lede">{n ? t('locked.waits', { n }) : t('locked.clean')}</p>
        {n > 0 && sealed.value.has(id) && <p class="muted">{t('locked.until', { n, name })}</p>}
        {!online.value && <p class="note note-sun"><Icon name="offline" /><span>{t('locked.offline')}</span></p>}
        <a class="btn btn-p btn-lg" href={SIGN_IN}>{t('locked.signIn')}</a>
        {pinsOfOthers().length > 0
          ? <button type="button" class="btn btn-lg" onClick={() => { asking.value = true }}>{t('locked.else')}</button>
          : <a class="btn btn-lg" href={SIGN_IN}>{t('locked.else')}</a>}
        {n > 0 && <Rescue />}
      </main>
      {asking.value && <ChangeOver onClose={() => { asking.value = false }} />}
    </div>
  )
}
