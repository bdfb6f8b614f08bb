// Opens the app: what this phone remembers first, the network afterwards.
import { effect } from '@preact/signals'
import { render } from 'preact'
import { App, laterScreens } from './app.jsx'
import { emptyBin } from './bin.js'
import { failed, openKeep, queueAll, store } from './keep.js'
import { watchRoute } from './router.js'
import { flush, learnWho, makeRoom, watchForChances } from './sending.js'
import { applySettings } from './settings.js'
import { carry, language, people, person, ready, skew, tick } from './state.js'
import { learn } from './tongue.js'
import { startWorker } from './worker.js'

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
  effect(() => { learn(language.value) })
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
  const [who, names, taken, difference] = await Promise.all(
    ['person', 'people', 'carry', 'skew'].map((key) => store.getMeta(key)),
  )
  person.value = who ?? null
  people.value = names ?? {}
  carry.value = taken ?? null
  skew.value = difference ?? null
}
