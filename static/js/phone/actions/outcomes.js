// What became of what I noted: asked of the server when Me is opened, kept for when there is no network.
import { signal } from '@preact/signals'
import { store } from './local_records.js'
import { api } from './sync_schedule.js'
import { person } from '../state/signals.js'

export const echo = signal(null) // { for, items, total, eye }

export async function learnEcho() {
  const mine = (kept) => (kept?.for === person.value?.id ? kept : null)
  echo.value = mine(echo.value) ?? mine(await store.getMeta('echo'))
  const answer = await api.echo()
  if (answer.is !== 'ok') return
  echo.value = { ...answer.body, for: person.value.id }
  await store.setMeta('echo', echo.value)
}
