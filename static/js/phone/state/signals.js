// What the screens look at. Written by the actions beside this file, read everywhere.
/**
 * @import { Signal } from '@preact/signals'
 * @import { Carried, Door, Entry, Kind, Kinds, Language, Medium, News, Observation, Person, Picture, Toast, Trouble, Visit, Words } from '../record/types.d.ts'
 */
import { computed, signal } from '@preact/signals'
import { waiting, needsPerson } from '../record/entries.js'
import { whereabouts } from '../record/whereabouts.js'
import { byMoment } from '../record/times.js'
import { servedForms } from '../record/served.js'
import { inLanguage, sentence, listed } from '../record/words.js'
import { route } from './router.js'
import { settings } from './settings.js'

export const ready = signal(false)
export const person = signal(/** @type {Person | null} */ (null)) // the last one signed in on this phone
export const locked = signal(/** @type {Door['locked']} */ (null)) // who signed out here by choice, while nobody has come since
export const sealed = signal(/** @type {Map<string, number>} */ (new Map())) // how many records wait sealed, by person
export const people = signal(/** @type {{ [id: string]: string }} */ ({})) // names by id, to say whose records wait
export const carry = signal(/** @type {Carried | null} */ (null))
export const skew = signal(/** @type {number | null} */ (null)) // server clock minus phone clock, in ms
export const visits = signal(/** @type {Map<string, Visit>} */ (new Map()))
export const observations = signal(/** @type {Map<string, Observation>} */ (new Map()))
export const photos = signal(/** @type {Map<string, Medium>} */ (new Map())) // and voice notes: what has bytes
export const entries = signal(/** @type {Map<string, Entry>} */ (new Map()))
export const line = signal(/** @type {News} */ ({ is: 'idle' })) // how sending goes
export const online = signal(globalThis.navigator?.onLine ?? true)
export const trouble = signal(/** @type {Trouble | null} */ (null))
export const savedAt = signal(/** @type {number | null} */ (null))
export const toast = signal(/** @type {Toast | null} */ (null))
export const spoken = signal('') // read aloud politely, not shown
export const updateReady = signal(false)
export const keptOffline = signal(false)
export const picture = signal(/** @type {Picture | null} */ (null)) // a photo being looked at before it is stored
export const tick = signal(Date.now()) // moves every second while something on screen counts time

/** Whoever chose here, else what the person has on the server, else the browser's. */
export const language = computed(/** @returns {Language} */ () => {
  const { language: chosen, spokenBy } = settings.value
  const mine = chosen && (!spokenBy || !person.value || spokenBy === person.value.id) ? chosen : null
  return mine ?? person.value?.locale ?? browserLanguage()
})
export const spoke = signal(0) // moves when a language has been learnt
/** @param {string} key @param {{ [name: string]: unknown }} [values] */
export const t = (key, values) => sentence(/** @type {Language} */ (spoke.value >= 0 && language.value), key, { ...served.value, ...values })
/** What the person is called of whom the screen speaks: by the visit in the address, the form's journey, else the first one. */
const served = computed(() => servedForms(language.value, journeyShown()?.person))
export const formJourney = signal(/** @type {string | null} */ (null)) // the one chosen in the form of a new visit

function journeyShown() {
  const { name, id } = route.value
  const journeys = carry.value?.body.journeys ?? []
  const visit = visits.value.get(observations.value.get(/** @type {string} */ (id))?.visit_id ?? /** @type {string} */ (id))
  if (visit?.journey) return visit.journey
  return (name === 'start' ? journeys.find((one) => one.id === formJourney.value) : null) ?? journeys[0]
}

/** @param {(string | number)[]} values */
export const list = (values) => listed(language.value, values)
export const comma = () => (language.value === 'zh' ? '，' : ', ')
/** @param {Words | null | undefined} words */
export const named = (words) => inLanguage(language.value, words)

export const myVisits = computed(() => [...visits.value.values()]
  .filter((visit) => visit.maker === person.value?.id && !visit.body.deleted_at)
  .sort((one, other) => byMoment(other.body.started_at, one.body.started_at)))
/** A visit as far as it is one's own: on a shared phone an address left open may be somebody else's. @param {string | null | undefined} id */
export const myVisit = (id) => myVisits.value.find((visit) => visit.id === id)
/** Real ones first, then what goes on before what rests; a practice never displaces a customer. */
export const unfinished = computed(() => myVisits.value
  .filter(({ body }) => body.status === 'in_progress' || body.status === 'paused')
  .sort((one, other) => rank(one) - rank(other)))
const rank = (/** @type {Visit} */ { body }) => (body.practice ? 2 : 0) + (body.status === 'paused' ? 1 : 0)
export const openVisit = computed(() => unfinished.value.find(({ body }) => body.status === 'in_progress') ?? null)
export const allEntries = computed(() => [...entries.value.values()])
export const myEntries = computed(() => allEntries.value.filter((entry) => entry.maker === person.value?.id))
export const mine = computed(() => whereabouts(myEntries.value))
export const waitingCount = computed(() => mine.value.waits)
export const needsCount = computed(() => myEntries.value.filter(needsPerson).length)

/** Whose clock days and hours are told by: the site's, else the organisation's; the phone's own while it carries nothing. @param {string | null | undefined} siteId */
export function zoneAt(siteId) {
  const body = carry.value?.body
  return body?.sites.find((site) => site.id === siteId)?.time_zone || body?.organisation?.time_zone
}
/** The same for what belongs to a visit. @param {string | null | undefined} visitId */
export const zoneOf = (visitId) => zoneAt(visits.value.get(/** @type {string} */ (visitId))?.body.site_id)
/** The same for what this phone does: at the site of the visit that goes on. */
export const zoneHere = () => zoneAt(openVisit.value?.body.site_id)

/** How many records wait here, by whose they are; sealed or not. */
export function waitingHere() {
  const all = new Map(sealed.value)
  for (const maker of new Set(allEntries.value.map((entry) => entry.maker))) {
    all.set(maker, (all.get(maker) ?? 0) + waiting(allEntries.value.filter((entry) => entry.maker === maker)).size)
  }
  return all
}

/** In the order they were seen; the database keeps them by id, which says nothing. @param {string} visitId */
export function observationsOf(visitId) {
  return [...observations.value.values()].filter((record) => record.visit_id === visitId)
    .sort((one, other) => byMoment(one.body.observed_at, other.body.observed_at))
}

/** Replaces one record in a map signal. @template {{ id: string }} T @param {Signal<Map<string, T>>} map @param {T} record */
export function put(map, record) {
  map.value = new Map(map.value).set(record.id, record)
}

/** @template T @param {Signal<Map<string, T>>} map @param {string} id */
export function drop(map, id) {
  const next = new Map(map.value)
  next.delete(id)
  map.value = next
}

/** @template {Kind} K @param {K} kind @returns {Signal<Map<string, Kinds[K]>>} */
export const mapOf = (kind) => /** @type {any} */ ({ visit: visits, observation: observations, photo: photos, sound: photos })[kind]

const UNDO = 8000
const GLANCE = 4000
let toastTimer = 0
/** @type {(() => unknown) | null} */
let pending = null // what happens once the way back has closed

/**
 * Says what happened; where there is a way back, it stays open for eight seconds, or until something else is said.
 * @param {string} text @param {(() => unknown) | null} [undo] @param {(() => unknown) | null} [after]
 */
export function say(text, undo = null, after = null) {
  settle()
  pending = after
  toast.value = { text, undo }
  toastTimer = setTimeout(settle, undo || after ? UNDO : GLANCE)
}

/** The way back was taken: what would have followed does not. */
export function hush() {
  pending = null
  settle()
}

/** What waited for the way back to close follows now. */
export function settle() {
  clearTimeout(toastTimer)
  const follow = pending
  pending = null
  toast.value = null
  follow?.()
}

/** @returns {Language} */
function browserLanguage() {
  return (globalThis.navigator?.language ?? 'en').toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
