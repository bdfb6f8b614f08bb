// What the screens look at. Written by the actions beside this file, read everywhere.
import { computed, signal } from '@preact/signals'
import { waiting, needsPerson } from '../record/entries.js'
import { inLanguage, sentence } from '../record/words.js'
import { settings } from './settings.js'

export const ready = signal(false)
export const person = signal(null) // the last one signed in on this phone
export const people = signal({}) // names by id, to say whose records wait
export const carry = signal(null) // { body, etag, at }
export const skew = signal(null) // server clock minus phone clock, in ms
export const visits = signal(new Map())
export const observations = signal(new Map())
export const photos = signal(new Map()) // and voice notes: what has bytes
export const entries = signal(new Map())
export const line = signal({ is: 'idle' }) // how sending goes
export const online = signal(globalThis.navigator?.onLine ?? true)
export const trouble = signal(null) // 'full' | 'replaced' | 'broken'
export const savedAt = signal(null)
export const toast = signal(null) // { text, undo? }
export const spoken = signal('') // read aloud politely, not shown
export const updateReady = signal(false)
export const keptOffline = signal(false)
export const picture = signal(null) // a photo being looked at before it is stored
export const tick = signal(Date.now()) // moves every second while something on screen counts time

export const language = computed(() => settings.value.language ?? person.value?.locale ?? browserLanguage())
export const spoke = signal(0) // moves when a language has been learnt
export const t = (key, values) => sentence(spoke.value >= 0 && language.value, key, values)
export const comma = () => (language.value === 'zh' ? '，' : ', ')
export const named = (words) => inLanguage(language.value, words)

export const myVisits = computed(() => [...visits.value.values()]
  .filter((visit) => visit.maker === person.value?.id && !visit.body.deleted_at)
  .sort((one, other) => other.body.started_at.localeCompare(one.body.started_at)))
export const openVisit = computed(() => (
  myVisits.value.find((visit) => visit.body.status === 'in_progress') ?? null
))
export const allEntries = computed(() => [...entries.value.values()])
export const myEntries = computed(() => allEntries.value.filter((entry) => entry.maker === person.value?.id))
export const waitingCount = computed(() => waiting(myEntries.value).size)
export const needsCount = computed(() => myEntries.value.filter(needsPerson).length)

/** In the order they were seen; the database keeps them by id, which says nothing. */
export function observationsOf(visitId) {
  return [...observations.value.values()].filter((record) => record.visit_id === visitId)
    .sort((one, other) => one.body.observed_at.localeCompare(other.body.observed_at))
}

/** Replaces one record in a map signal. */
export function put(map, record) {
  map.value = new Map(map.value).set(record.id, record)
}

export function drop(map, id) {
  const next = new Map(map.value)
  next.delete(id)
  map.value = next
}

export const mapOf = (kind) => ({ visit: visits, observation: observations, photo: photos, sound: photos })[kind]

const UNDO = 8000
const GLANCE = 4000
let toastTimer = 0
let pending = null // what happens once the way back has closed

/** Says what happened; where there is a way back, it stays open for eight seconds, or until something else is said. */
export function say(text, undo = null, after = null) {
  close()
  pending = after
  toast.value = { text, undo }
  toastTimer = setTimeout(close, undo || after ? UNDO : GLANCE)
}

/** The way back was taken: what would have followed does not. */
export function hush() {
  pending = null
  close()
}

function close() {
  clearTimeout(toastTimer)
  const follow = pending
  pending = null
  toast.value = null
  follow?.()
}

function browserLanguage() {
  return (globalThis.navigator?.language ?? 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
