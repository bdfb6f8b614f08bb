// What became of what I noted: asked of the server when Me is opened, kept for when there is no network.
/** @import { Echo, Person } from '../record/types.d.ts' */
import { signal } from '@preact/signals'
import { store } from './local_records.js'
import { api } from './sync_schedule.js'
import { person } from '../state/signals.js'

/** @typedef {Echo & { for: string }} OwnEcho */

export const echo = signal(/** @type {OwnEcho | null} */ (null)) // { for, items, total, eye }

export async function learnEcho() {
  const mine = (/** @type {OwnEcho | null} */ kept) => (kept?.for === person.value?.id ? kept : null)
  echo.value = mine(echo.value) ?? mine(/** @type {OwnEcho | null} */ (await store.getMeta('echo')))
  const answer = await api.echo()
  if (answer.is !== 'ok') return
  echo.value = { ...answer.body, for: /** @type {Person} */ (person.value).id }
  await store.setMeta('echo', echo.value)
}
