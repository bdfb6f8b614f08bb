// At a desk one hand stays on the keyboard: 1 to 5 rate, space passes the clock on, Enter goes to the next touchpoint.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { declined } from '../record/consent.js'
import { keyValue, nextRow } from '../record/instruments.js'
import { rate } from '../record/records.js'
import { edit } from '../actions/local_records.js'
import { observations, visits } from '../state/signals.js'
import { goOn } from '../actions/visit.js'
import { passClock } from '../actions/clock.js'

const WIDE = '(min-width: 1000px) and (min-height: 620px)'

/** Whether there is room for the screenshots beside the pad. */
export function useDesk() {
  const wide = useSignal(matchMedia(WIDE).matches)
  useEffect(() => {
    const query = matchMedia(WIDE)
    const look = () => { wide.value = query.matches }
    query.addEventListener('change', look)
    return () => query.removeEventListener('change', look)
  }, [])
  return wide.value
}

export function useKeys(desk, id) {
  useEffect(() => {
    if (!desk) return undefined
    const pressed = (event) => { if (!event.ctrlKey && !event.metaKey && !event.altKey && act(event, id)) event.preventDefault() }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [desk, id])
}

/** True when the key was ours. Whoever types, or stands on a control of their own, is left alone. */
function act({ key, target, repeat }, id) {
  const taken = target.closest?.('dialog, textarea, select, a, button, [role=application], input')
  const { body, visit_id } = observations.value.get(id) ?? {}
  const visit = visits.value.get(visit_id)
  if (repeat || !visit || (taken && taken.type !== 'radio')) return false
  const row = taken ? taken.name : nextRow(body, !declined(visit))
  const value = keyValue(row, key)
  if (value !== null) { write(id, row, value); return true }
  if (taken) return false
  if (key === ' ') { passClock(id); return true }
  if (key === 'Enter') { goOn(id); return true }
  return false
}

function write(id, row, value) {
  const now = Date.now()
  edit('observation', id, (body) => (
    row === 'emotion' || row === 'expectation' ? { ...body, [row]: value } : rate(body, row, value, now)
  ))
}
