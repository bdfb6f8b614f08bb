// A rescue file: everything this phone has not sent, in one file that can be carried by hand. A line of JSON each:
//   {"format": "shadowing-rescue", "version": 1 | 2, "made_at", "from", "people": {id: name}, "lines"}     first
//   {"visit" | "observation": as on the wire, "maker"}
//   {"photo" | "sound": {id, observation_id, sha256, bytes, type}, "maker", "data": base64}
//   {"sealed": {phone, id, iv: base64}, "maker", "data": base64}   of somebody who has signed out: only in version 2
//   {"end": how many lines stood before this one}                                                     last
// Text and not an archive: share sheets pass text on, and no library is needed to write it.
/** @import { Body, Entry, MediumEntry, Numbered, SealedRow, SealedUnit, Store, WordEntry, WordKind } from '../record/types.d.ts' */
import { isMedium, launch, needsPerson } from '../record/entries.js'

const SLICE = 0x8000 - 2 // a multiple of three, so that slices of base64 may stand side by side

/**
 * { blob, records, photos }; blob is null when nothing waits. Nothing on the phone is lost or marked as sent by this.
 * @param {{ store: Store, now?: () => number, from?: string, people?: { [id: string]: string } }} given
 */
export async function makeRescue({ store, now = Date.now, from = '', people = {} }) {
  const open = (await store.entries()).filter((entry) => entry.state !== 'done' || entry.rested)
  const words = await wordLines(store, open.filter((entry) => !isMedium(entry)).sort(visitsFirst))
  const media = await mediumLines(store, open.filter(isMedium))
  const shut = (await store.sealedUnits()).filter(({ mark }) => mark !== 'rest')
  const locked = await sealedLines(store, shut)
  const lines = [...words, ...media, ...locked]
  // What is sealed opens on the server alone; a file without it is read by older ones, too.
  const head = { format: 'shadowing-rescue', version: locked.length ? 2 : 1, made_at: new Date(now()).toISOString(), from, people, lines: lines.length }
  const blob = new Blob([line(head), ...lines, line({ end: lines.length + 1 })], { type: 'text/plain' })
  const records = new Set([...open.map((entry) => entry.observation_id ?? entry.id), ...shut.map(({ of }) => of)])
  return { blob: lines.length ? blob : null, records: records.size, photos: media.length }
}

/** @param {Entry} one @param {Entry} other */
function visitsFirst(one, other) {
  return (one.kind === 'visit' ? 0 : 1) - (other.kind === 'visit' ? 0 : 1) || one.queued_at - other.queued_at
}

/** @param {Store} store @param {WordEntry[]} open */
async function wordLines(store, open) {
  /** @type {string[]} */
  const lines = []
  for (const { kind, id, maker } of open) {
    const entry = await pinned(store, kind, id)
    const record = entry && await store.get(kind, id)
    if (record) for (const body of contents(entry, record.body)) lines.push(line({ [kind]: body, maker }))
  }
  return lines
}

/**
 * From now on this may have arrived, like a request without an answer: the number it bears in the file is not given to other
 * content. What waits for a person's word may still change.
 * @param {Store} store @param {WordKind} kind @param {string} id
 */
async function pinned(store, kind, id) {
  const [entry] = await store.takeOff([{ kind, id }], (old, body) => (
    needsPerson(old) || old.flight ? old : { ...launch(old, body), state: old.state }
  ))
  return entry
}

/**
 * The content whose fate is unknown, then what was noted since.
 * @param {Entry} entry @param {Body} body @returns {(Body & Numbered)[]}
 */
function contents({ flight, dirty, acked }, body) {
  if (!flight) return [{ ...body, revision: acked + 1, base_revision: acked }]
  const { revision, base_revision } = flight
  const first = { ...flight.body, revision, base_revision }
  return dirty ? [first, { ...body, revision: revision + 1, base_revision: revision }] : [first]
}

/** @param {Store} store @param {MediumEntry[]} open */
async function mediumLines(store, open) {
  /** @type {Blob[]} */
  const lines = []
  for (const { id, kind, maker } of open) {
    const [medium, data] = await Promise.all([store.get(kind, id), store.mediumBytes(id)])
    if (!medium || !data) continue
    const { observation_id, sha256, bytes, type } = medium
    // A Blob at once: the browser keeps those where there is room, not all of them in memory.
    lines.push(new Blob([line({ [kind]: { id, observation_id, sha256, bytes, type }, maker, data: base64(data) })]))
  }
  return lines
}

/** As they lie here; nobody on this phone can look into them. @param {Store} store @param {SealedUnit[]} units */
async function sealedLines(store, units) {
  /** @type {Blob[]} */
  const lines = []
  for (const { key, person } of units) {
    const row = /** @type {SealedRow | undefined} */ (await store.getMeta(key))
    if (!row) continue
    const { phone, id, iv, data } = row
    lines.push(new Blob([line({ sealed: { phone, id, iv: base64(iv) }, maker: person, data: base64(data) })]))
  }
  return lines
}

/** @param {ArrayBuffer} buffer */
function base64(buffer) {
  const bytes = new Uint8Array(buffer)
  let text = ''
  for (let at = 0; at < bytes.length; at += SLICE) text += btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE)))
  return text
}

/** @param {unknown} content */
function line(content) {
  return `${JSON.stringify(content)}\n`
}
