// The shapes of what the phone keeps, sends and is told. Read by the checker alone: nothing of this file is shipped.
import type { DBSchema } from 'idb'

export type Language = 'en' | 'zh'
/** Words of the organisation's own: in one language, both, or as plain text from an older server. */
export type Words = string | { [language in Language]?: string }
/** As stamped, or in milliseconds. */
export type Moment = string | number
export type Table = { [key: string]: string }

// What an observer notes. Field by field as on the wire (shadowing/phone/sync/schemas.py).

export type Level = 'utility' | 'usability' | 'delight'
export type Measure = 'notice' | 'wait' | 'service' | 'menu' | 'hold' | 'talk'
export type Timings = { [measure in Measure | 'transfers']?: number | null }
export type StandardState = 'met' | 'not_met' | 'not_seen'
export type Effect = 'plus' | 'minus'
export type VisitStatus = 'in_progress' | 'paused' | 'done' | 'abandoned'

export interface Consent { answer?: string | null, photos?: boolean | null, voice?: boolean | null, text_version?: string | number | null, at?: string | null, listening?: string | null }
export interface Skipped { touchpoint_id: string, reason: string }
export interface Pin { x: number, y: number, note?: string | null }
export interface PhotoNote { id: string, sha256?: string | null, bytes?: number, caption?: string | null, pins?: Pin[] }
export interface SoundNote { id: string, sha256?: string | null, bytes?: number, seconds?: number }

/** What the wire knows of every record, beside its content. */
export interface Numbered { revision: number, base_revision: number }

export interface VisitBody {
  id: string
  journey_id?: string
  journey_version?: number
  site_id?: string | null
  persona_id?: string | null
  scenario?: string | null
  mode?: 'shadowed' | 'walked'
  encounter_id: string
  channel?: string | null
  plan_id?: string | null
  started_at: string
  ended_at: string | null
  status: VisitStatus
  practice: boolean
  consent?: Consent | null
  customer_label?: string | null
  withdrawal_hash?: string | null
  purpose?: string | null
  heard_from?: string | null
  outcome: string | null
  satisfaction: number | null
  come_again: number | null
  context_note: string | null
  skipped: Skipped[]
  deleted_at?: string | null
}

export interface ObservationBody {
  id: string
  visit_id: string
  touchpoint_id: string | null
  label: string | null
  channel: string | null
  utility: number | null
  usability: number | null
  delight: number | null
  expectation: number | null
  emotion: number | null
  timings: Timings
  handover: string | null
  standards: { [id: string]: StandardState }
  factors: { factor: string, effect: Effect }[]
  reasons: string[]
  about: string | null
  held_back: string[]
  serious: string | null
  mark: string | null
  note: string | null
  quote: string | null
  observed_at: string
  rated_at: string | null
  photos: PhotoNote[]
  removed_photos: string[]
  sounds?: SoundNote[] // absent from what was noted before there were voice notes
  removed_sounds?: string[]
  deleted_at?: string | null
}

export type Body = VisitBody | ObservationBody

// What lies on the phone: a body with what only the phone needs beside it.

export interface Visit {
  id: string
  kind: 'visit'
  maker: string
  visit_id: string
  body: VisitBody
  unqueued: boolean
  touched_at: number
  journey?: Journey | null
  code?: string | null
  wanted?: string[]
  current?: string | null // the capture one was in last; null once one went on from the last of them
  since?: Mark // when it began; absent from what began before there was steady time
  receipt?: Receipt & { at: number }
  remind?: { touchpoints: string[], from: number } | null // what is still to come, asked from that moment on
}

export interface Observation {
  id: string
  kind: 'observation'
  maker: string
  visit_id: string
  body: ObservationBody
  unqueued: boolean
  touched_at: number
  clock: Clock | null
  given_label?: string
  interrupted?: string | null // the capture one was in when this moment came
}

/** The facts of a photo or a voice note; its bytes lie apart. */
export interface Medium {
  id: string
  kind: MediumKind
  maker: string
  visit_id: string
  observation_id: string
  sha256: string | null
  bytes: number
  type: string
  taken_at?: number
  dropped?: boolean
  caption?: string | null
  hidden?: boolean
  width?: number
  height?: number
  seconds?: number
}

export interface Kinds { visit: Visit, observation: Observation, photo: Medium, sound: Medium }
export type Kind = keyof Kinds
export type WordKind = 'visit' | 'observation' // what travels as words, in batches
export type MediumKind = 'photo' | 'sound' // what travels as bytes, one by one
export type Kept = Kinds[Kind]

/** A moment in milliseconds of steady time (steady.js). */
export interface Mark { wall: number }
/** away: when one went elsewhere while it ran. */
export interface Clock { opened: Mark, noticed: Mark | null, served: Mark | null, done: Mark | null, left: Mark | null, away?: Mark | null }
export type ClockStep = 'noticed' | 'served' | 'done'
export type Kit = 'phone' | 'screen' | 'spot'
export type ClockKind = 'phone' | 'answer' | 'staff'

// The outbox.

export type EntryState = 'queued' | 'sending' | 'done' | 'conflict' | 'rejected'
export interface Flight extends Numbered { body: Body }
/** The version somebody else made meanwhile. */
export interface Current { revision: number, author?: string | { id?: string, name?: string } | null, body?: Body }
export interface Problem {
  status?: number
  code?: string
  title?: string
  detail?: string
  errors?: { path?: string, message?: string }[]
  current?: Current
}

/** One a record, photo or voice note; see entries.js for the steps it takes. */
export type Entry = WordEntry | MediumEntry
export type WordEntry = EntryOf<WordKind>
export type MediumEntry = EntryOf<MediumKind>
export interface EntryOf<K extends Kind> {
  id: string
  kind: K
  maker: string
  visit_id: string
  observation_id: string | null
  bytes: number
  state: EntryState
  dirty: boolean // newer content waits behind the flight
  acked: number // the last revision the server has acknowledged
  flight: Flight | null
  attempts: number
  next_at: number
  tried_at?: number
  queued_at: number
  sent_at: number | null
  marks: string[]
  problem: Problem | null
  current?: Current | null
  receipt_at?: number | null // when the server first said that it holds this
  settled_at?: number | null // and when it said so again, a week later
  resent?: number
  rested?: boolean
}

/** How sending goes. */
export type News = { is: 'sending', done: number, of: number } | { is: 'idle' | 'later' | 'signed_out' | 'busy' }

// What the server says.

export type Answer<T> =
  | { is: 'ok', status: number, body: T, etag?: string | null }
  | { is: 'unchanged', status?: undefined, retryAfter?: undefined, problem?: undefined }
  | { is: 'signed_out', status?: undefined }
  | { is: 'later', status?: undefined, retryAfter: number }
  | { is: 'refused', status: number, problem: Problem }

export interface Person { id: string, name: string, role?: string, locale?: Language | null, department?: Words | null }
/** `session` and `left` are missing from an older server. */
export interface Session { user: Person | null, session?: string | null, left?: string | null, server_time: string }
export interface Result { id: string, status: number, revision?: number, marks?: string[], problem?: Problem, current?: Current }
export interface Message { sent_at: string, visits: (Body & Numbered)[], observations: (Body & Numbered)[] }
export interface Held { id: string, revision?: number, sha256?: string | null, state?: string, received_at?: string }
export interface Receipt { visit?: Held | null, observations?: Held[], photos?: Held[], sounds?: Held[], missing_photos?: string[] }

/** What became of what this person noted, and how this person's eye compares. */
export interface Echo {
  items: {
    id: string, title: string, place: Words, channel: string, level: Level, serious: string | null, state: string, step: string, others: number,
    photo: string | null, changed_at: string
  }[]
  total: number
  eye: { value: number, low: number, high: number } | null
}

export interface Standard { id: string, text: Words, level?: Level, channel?: string | null, kind?: string, limit_seconds?: number | null }
export interface Touchpoint {
  id: string
  key?: string
  name: Words
  channels: string[]
  longest_wait_seconds?: number | null
  standards?: Standard[]
  phrases?: { [language in Language]?: string }[]
}
export interface Stage { id: string, name?: Words, kind: string, touchpoints: Touchpoint[] }
/** How a person served is called: "patient". */
export interface PersonWords { en: { one: string, many: string, the: string, possessive: string }, zh: string }
/** short: beginners are asked the three levels and the feeling alone. */
export interface Journey { id: string, version: number, name: Words, stages: Stage[], person?: PersonWords, short?: boolean }
/** A touchpoint with its stage and its place in the row. */
export type Placed = Touchpoint & { stage: Stage, place: number }

/** What a phone takes along. */
export interface Carry {
  journeys: Journey[]
  sites: { id: string, name: Words, kind?: string, time_zone?: string }[]
  personas: { id: string, journey_id: string | null, name: Words }[]
  plans?: Plan[]
  channels?: { slug: string, name: Words }[]
  suggestions?: { journey_id: string, touchpoint_id: string, channel: string, site_id: string | null, why?: string, level?: Level }[]
  organisation?: { name: Words, time_zone: string }
  withdrawn?: string[]
}
export interface Plan {
  id: string
  journey_id: string
  touchpoint_ids?: string[] | null
  channel?: string | null
  site_id?: string | null
  persona_id?: string | null
  scenario?: string | null
  mode?: 'shadowed' | 'walked'
  starts_at: string
  observer_id?: string | null
  customer_label?: string | null
  encounter_id?: string | null
  state?: string | null
}

// What the screens look at.

/** Choices of this phone. */
/** spokenBy: who chose the language; untold: the server does not know of it yet. */
export interface Settings { language: Language | null, spokenBy: string | null, untold: boolean, light: string, left: boolean, text: string, welcomed: boolean, still: boolean }
/** What was taken along, for whom and when. */
export interface Carried { body: Carry, etag?: string | null, at: number, for?: string }
export type Trouble = 'full' | 'replaced' | 'broken'
export interface Toast { text: string, undo?: (() => unknown) | null }
/** A photo being looked at before it is stored; each stroke of a finger hides some patches. */
export interface Picture {
  observationId: string
  camera: boolean
  canvas: HTMLCanvasElement
  strokes: Patch[][]
  all: boolean
  past: { strokes: Patch[][], all: boolean }[]
  faces: Patch[]
  settled: boolean
  cut: boolean
  blurred: boolean
  at: number
}

// The phone's database and what works on it.

export interface Shelves extends DBSchema {
  visits: { key: string, value: Visit }
  observations: { key: string, value: Observation }
  photos: { key: string, value: Medium }
  bytes: { key: string, value: { id: string, data: ArrayBuffer } }
  outbox: { key: string, value: Entry }
  meta: { key: string, value: unknown }
}
/** What is used of a store of IndexedDB, told by what lies in it. */
export interface Shelf<T> {
  get(id: string): Promise<T | undefined>
  put(value: T): Promise<unknown>
}
/** A change that may find nothing; nothing comes of it then, or something new. */
export type Step<T> = (old: T | undefined) => T | undefined
export interface Records {
  load(): Promise<{ visits: Visit[], observations: Observation[], photos: Medium[], entries: Entry[] }>
  get<K extends Kind>(kind: K, id: string): Promise<Kinds[K] | undefined>
  change<K extends Kind>(kind: K, id: string, step: Step<Kinds[K]>): Promise<Kinds[K] | undefined>
  overwrite<K extends Kind>(kind: K, newest: () => Kinds[K] | undefined): Promise<Kinds[K] | undefined>
  put(record: Visit | Observation): Promise<unknown>
  remove(kind: Kind, id: string): Promise<void>
  eraseVisit(id: string): Promise<void>
  changeAndQueue<K extends WordKind>(
    kind: K, id: string, step: Step<Kinds[K]>, queue: (old: Entry | undefined, record: Kinds[K]) => Entry | undefined,
  ): Promise<{ record: Kinds[K] | undefined, entry: Entry | undefined }>
}
export interface Media {
  addMedium(
    medium: Medium, data: ArrayBuffer, step: Step<Observation>, queue: (old: Entry | undefined, medium: Medium) => Entry | undefined,
  ): Promise<{ record: Observation | undefined, entry: Entry | undefined }>
  mediumBytes(id: string): Promise<ArrayBuffer | null>
  removeMedium(medium: Medium, step: Step<Observation>): Promise<Observation | undefined>
  dropBytes(id: string): Promise<void>
}
export interface Outbox {
  entries(): Promise<Entry[]>
  takeOff(list: { kind: WordKind, id: string }[], step: (old: Entry, body: Body) => Entry): Promise<Entry[]>
  changeEntry(id: string, step: Change<Entry>): Promise<Entry | undefined>
  changeEntries(ids: string[], step: Change<Entry>): Promise<(Entry | undefined)[]>
}
export interface Meta {
  getMeta(key: string): Promise<unknown>
  keepReserve(): Promise<void>
  changeMeta<T>(key: string, step: (old: any) => T): Promise<T>
  sealedUnits(): Promise<SealedUnit[]>
  setMeta(key: string, value: unknown): Promise<unknown>
}

// Sealing: what a signed-out person noted (store_sealed.js, sealing.js).

/** All that lies under one id; `meta`: what was taken along for one person. */
export interface Unit { record: Kept | null, entry: Entry | null, meta: unknown, data: ArrayBuffer | null }
export interface SealedRow { phone: string, person: string, id: string, iv: ArrayBuffer, data: ArrayBuffer }
/** waits: to be sent; rested: acknowledged, but never held by the server; rest: everything else. */
export type SealedMark = 'waits' | 'rested' | 'rest'
export interface SealedUnit { key: string, person: string, mark: string, of: string }
export interface SealedShelf {
  unitsOf(person: string): Promise<string[]>
  unit(id: string): Promise<Unit>
  sealUnit(seen: Unit, row: SealedRow, mark: SealedMark): Promise<boolean>
  openUnit(key: string, unit: Unit): Promise<void>
}
/** Who a short PIN lets in without a network, while they are signed in here; only its hash lies here. */
export interface DoorPin { who: Person, salt: string, hash: string, rounds: number, tries: number }
/** What this phone knows of its people. */
export interface Door {
  phone: string // a UUID of its own
  session: string | null // the last one the server named
  keys: { [person: string]: string } // of whoever is signed in here, in base64
  pins: { [person: string]: DoorPin }
  locked: { id: string, name: string } | null // who signed out by choice, while nobody has come since
  leaving: string[] // whose records are still to be sealed
  /** The cookie is still of a session that was left here; `owed`: the server is to be told. */
  stale: { session: string | null, id: string, owed: boolean } | null
}
/** For what is only needed later and has a file of its own. */
export interface Transactions { read: import('../device/store.js').Work, write: import('../device/store.js').Work }
export type Store = Records & Media & Outbox & Meta & Transactions
export type Api = ReturnType<typeof import('../device/api.js').makeApi>
/** A change of one thing: the old in, the new out. */
export type Change<T> = (old: T) => T

export interface Point { x: number, y: number }
export interface Size { width: number, height: number }
export interface Patch extends Point, Size { columns: number, rows: number }
