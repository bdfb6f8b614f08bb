import { useSignal } from '@preact/signals'
import { door } from '../actions/door.js'
import { dropPin, isPin, setPin } from '../actions/pin.js'
import { api } from '../actions/sync_schedule.js'
import { person, say, t } from '../state/signals.js'
import { PinField } from './change_over.jsx'
import { Icon } from './icons.jsx'
import { Sheet } from './sheet.jsx'

/** In Me: the PIN with which one comes back on a shared phone. */
export function PinRow() {
  const open = useSignal(false)
  const set = Boolean(door.value.pins[person.value.id])
  return (
    <>
      <button type="button" class="set" onClick={() => { open.value = true }}>
        <Icon name="saved" />
        <span class="grow"><b class="strong">{t('pin.row')}</b><span class="small muted sub">{t(set ? 'pin.rowSet' : 'pin.rowNot')}</span></span>
        <Icon name="right" small />
      </button>
      {open.value && <PinSheet set={set} onClose={() => { open.value = false }} />}
    </>
  )
}

function PinSheet({ set, onClose }) {
  const pin = useSignal('')
  const bad = useSignal(null)
  const keep = async (event) => {
    event.preventDefault()
    if (!isPin(pin.value)) { bad.value = t('pin.bad'); return }
    if (!await setPin(person.value, pin.value, api)) { bad.value = t('locked.offline'); return }
    say(t('pin.kept'))
    onClose()
  }
  const remove = async () => {
    await dropPin(person.value)
    say(t('pin.removed'))
    onClose()
  }
  return (
    <Sheet title={t('pin.title')} onClose={onClose}>
      <p class="small muted">{t('pin.hint')}</p>
      <form class="stack" onSubmit={keep}>
        <PinField pin={pin} bad={bad.value} />
        <div class="row sheet-foot">
          <button type="button" class="btn btn-lg" onClick={onClose}>{t('cancel')}</button>
          <button class="btn btn-p btn-lg grow">{t('pin.keep')}</button>
        </div>
      </form>
      {set && <button type="button" class="btn btn-q" onClick={remove}>{t('pin.remove')}</button>}
    </Sheet>
  )
}
