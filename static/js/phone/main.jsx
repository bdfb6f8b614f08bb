// Opens the app: what this phone remembers first, the network afterwards.
import { effect } from '@preact/signals'
import { render } from 'preact'
import './parts/directions.js'
import { App, laterScreens } from './app.jsx'
import { emptyBin } from './actions/trash.js'
import { chosenElsewhere, settleDoor } from './actions/arrivals.js'
import { failed, openKeep, queueAll, store } from './actions/local_records.js'
import { watchDoor } from './actions/door.js'
import { watchRoute } from './state/router.js'
import { api, flush, learnWho, makeRoom, watchForChances } from './actions/sync_schedule.js'
import { applySettings } from './state/settings.js'
import { carry, language, openVisit, people, person, ready, skew, tick } from './state/signals.js'
import { whereIn } from './state/where.js'
import { learn, learnRest } from './state/language.js'
import { watchClocks } from './device/steady.js'
import { startWorker } from './actions/service_worker.js'

watchClocks()
applySettings()
const firstWords = learn(language.value)
effect(() => { document.documentElement.lang = language.value === 'zh' ? 'zh-Hans' : 'en' })
watchRoute()
render(<App />, document.getElementById('app'))
open()

async function open() {
  try {
    await remember()
  } catch (problem) {
    failed(problem)
  }
  // Straight after signing in nobody is known here yet; asking first spares the question "Who are you?".
  if (!person.value) await Promise.race([learnWho(), new Promise((go) => { setTimeout(go, 2500) })])
  await Promise.all([firstWords, learn(language.value)])
  effect(() => { learn(language.value).then(() => learnRest(language.value)).catch(() => {}) })
  // Opened anew, perhaps after the phone ended it: where one was, not where apps begin.
  if (openVisit.value && !location.hash) location.replace(whereIn(openVisit.value))
  ready.value = true
  laterScreens()
  setInterval(() => { tick.value = Date.now() }, 1000)
  startWorker()
  watchForChances()
  await queueAll()
  store.keepReserve().catch(() => {}) // no room for it is no reason to say anything
  await learnWho()
  await flush()
  await makeRoom().catch(() => {}) // then next time
  await emptyBin().catch(failed)
}

async function remember() {
  await openKeep(flush)
  await settleDoor(api)
  watchDoor(() => chosenElsewhere(api))
  const [names, taken, difference] = await Promise.all(
    ['people', 'carry', 'skew'].map((key) => store.getMeta(key)),
  )
  people.value = names ?? {}
  carry.value = taken ?? null
  skew.value = difference ?? null
}
