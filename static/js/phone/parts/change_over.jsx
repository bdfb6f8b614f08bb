import { useSignal } from '@preact/signals'
import { initials } from '../record/words.js'
import { enter, isPin, pinsOfOthers, triesLeft } from '../actions/pin.js'
import { api } from '../actions/sync_schedule.js'
import { online, t } from '../state/signals.js'
import { Icon } from './icons.jsx'
import { Sheet } from './sheet.jsx'

export const SIGN_IN = '/sign-in?again=1&next=/app'

/** "I am somebody else": whoever has a PIN here comes by it, everybody else by the network. */
export function ChangeOver({ onClose }) {
  const chosen = useSignal(null)
  const list = pinsOfOthers()
  const who = list.map((pin) => pin.who).find(({ id }) => id === chosen.value)
  return (
    <Sheet title={who ? t('pin.of', { name: who.name }) : t('pin.who')} onClose={onClose}>
      {who ? <Enter who={who} onDone={onClose} /> : <People list={list} onChoose={(id) => { chosen.value = id }} />}
      {!online.value && (!who || triesLeft(who.id) === 0) && <p class="note note-sun"><Icon name="offline" /><span>{t('locked.offline')}</span></p>}
      {online.value && <a class="btn btn-lg" href={SIGN_IN}>{t('pin.network')}</a>}
      <button type="button" class="btn btn-lg" onClick={who ? () => { chosen.value = null } : onClose}>{t('cancel')}</button>
    </Sheet>
  )
}

function People({ list, onChoose }) {
  if (list.length === 0) return <p class="muted">{t('pin.nobody')}</p>
  return (
    <div class="card rows">
      {list.map(({ who }) => (
        <button key={who.id} type="button" class="set" onClick={() => onChoose(who.id)}>
          <span class="ava" aria-hidden="true">{initials(who.name)}</span><b class="strong grow">{who.name}</b><Icon name="right" small />
        </button>
      ))}
    </div>
  )
}

function Enter({ who, onDone }) {
  const pin = useSignal('')
  const wrong = useSignal(null) // how many tries are left after one that was wrong
  const busy = useSignal(false)
  const open = async (event) => {
    event.preventDefault()
    if (busy.value || !isPin(pin.value)) return
    busy.value = true
    if (await enter(who.id, pin.value, api)) { onDone(); return }
    busy.value = false
    wrong.value = triesLeft(who.id)
    pin.value = ''
  }
  if (!busy.value && triesLeft(who.id) === 0) return <p class="note note-under" role="alert"><Icon name="lock" /><span>{t('pin.over')}</span></p>
  return (
    <form class="stack" onSubmit={open}>
      <PinField pin={pin} bad={wrong.value !== null && !busy.value && t('pin.wrong', { left: wrong.value })} />
      <button class={busy.value ? 'btn btn-p btn-lg busy' : 'btn btn-p btn-lg'} disabled={!isPin(pin.value)}>{t('pin.open')}</button>
    </form>
  )
}

export function PinField({ pin, bad }) {
  return (
    <label class={bad ? 'field field-error' : 'field'}>
      <span>{t('pin.field')}</span>
      <input
        class="input num pin-field" type="password" inputMode="numeric" autocomplete="off" maxLength="6" value={pin.value} autofocus
        onInput={(event) => { pin.value = event.currentTarget.value }}
      />
      {bad && <span class="err" role="alert">{bad}</span>}
    </label>
  )
}
