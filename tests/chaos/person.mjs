// What a person does on a phone in a day, by the same steps as the screens: write down, put in line, take a photo, take it
// back, choose between versions. `memory` is what the person was told is kept.
import { enqueue, keptMine, keptTheirs, retried } from '../../static/js/phone/record/entries.js'
import { bury, hasContent, replaced } from '../../static/js/phone/record/content.js'
import { fingerprint } from '../../static/js/phone/record/ids.js'
import {
  addPhoto, finish, makeObservation, makeVisit, rate, removePhoto, setFactor, setStandard, setText, setTimings, skip,
  toggle,
} from '../../static/js/phone/record/records.js'

/** `day`: chance, now(), who (id), store, memory, world: { journey, picture }. */
export function makePerson(day) {
  const { chance, memory } = day
  const places = day.world.journey.stages.flatMap((stage) => stage.touchpoints)
  const own = (kind) => memory.records.filter((record) => record.kind === kind && record.maker === day.who && !record.gone)

  async function kept(work) {
    try {
      return { value: await work() }
    } catch (problem) {
      if (problem.name !== 'QuotaExceededError') throw problem
      memory.refused += 1 // the screen said so: nobody believes it is kept
      return null
    }
  }

  async function add(record) {
    const done = await kept(() => day.store.put(record))
    if (!done) return
    memory.records.push({ id: record.id, kind: record.kind, maker: record.maker })
    if (chance.happens(0.8)) await queue(record.kind, record.id)
  }

  function queue(kind, id) {
    return kept(() => day.store.changeAndQueue(kind, id, (record) => ({ ...record, unqueued: false }),
      (entry, record) => (kind === 'visit' || entry || hasContent(record.body) ? enqueue(entry, record, day.now()) : entry)))
  }

  async function edit({ kind, id }, change) {
    await kept(() => day.store.change(kind, id, (record) => ({ ...record, body: change(record.body), unqueued: true })))
    if (chance.happens(0.7)) await queue(kind, id)
  }

  const person = {
    async startVisit() {
      const { journey } = day.world
      await add(makeVisit({
        id: chance.uuid(), maker: day.who, now: day.now(), journey_id: journey.id, journey_version: journey.version, site_id: null,
        mode: 'shadowed', channel: 'person', consent: { answer: 'yes', text_version: '1', at: null },
      }))
    },

    async observe() {
      const visit = own('visit').at(-1)
      if (!visit) return person.startVisit()
      const place = chance.pick(places)
      const record = makeObservation({
        id: chance.uuid(), maker: day.who, visit_id: visit.id, touchpoint_id: place.id, channel: chance.pick(place.channels), now: day.now(),
      })
      return add({ ...record, body: noted(record.body, place), unqueued: true })
    },

    async tap() {
      const record = chance.pick(own('observation'))
      if (record) await edit(record, (body) => noted(body, places.find((one) => one.id === body.touchpoint_id)))
    },

    async changeVisit() {
      const visit = chance.pick(own('visit'))
      if (!visit) return
      await edit(visit, (body) => (chance.happens(0.5)
        ? finish({ ...body, outcome: chance.pick(['yes', 'partly', 'no']), satisfaction: chance.between(1, 5) }, day.now())
        : skip(body, chance.pick(places).id, 'could_not_see')))
    },

    /** A rating no honest pad offers: the server says no to this record, and only to this one. */
    async slip() {
      const record = chance.pick(own('observation'))
      if (record) await edit(record, (body) => ({ ...body, utility: 9 }))
    },

    async photograph() {
      const seen = chance.pick(own('observation'))
      if (!seen) return
      const broken = chance.happens(0.03)
      const data = broken ? chance.bytes(500).buffer : pictureOf(day.world.picture, chance)
      const sha256 = await fingerprint(data)
      const wire = { id: chance.uuid(), sha256, bytes: data.byteLength, caption: null }
      const photo = { ...wire, kind: 'photo', observation_id: seen.id, visit_id: (await day.store.get('observation', seen.id)).visit_id, maker: day.who, type: 'image/jpeg' }
      const done = await kept(() => day.store.addMedium(photo, data,
        (record) => ({ ...record, body: addPhoto(record.body, wire), unqueued: true }), (old, made) => enqueue(old, made, day.now())))
      if (!done) return
      memory.photos.push({ id: photo.id, sha256, observation_id: seen.id, maker: day.who, broken })
      await queue('observation', seen.id)
    },

    async takePhotoBack() {
      const photo = chance.pick(memory.photos.filter((one) => one.maker === day.who && !one.takenBack))
      if (photo) await takeBack(photo)
    },

    async bury() {
      const record = chance.pick(own('observation'))
      if (record) await edit(record, (body) => bury(body, day.now()))
    },

    /** What was written down and not put in line when the app died: found on opening. */
    async queueLeft() {
      const { visits, observations } = await day.store.load()
      for (const record of [...visits, ...observations]) if (record.unqueued) await queue(record.kind, record.id)
    },

    /** Two versions: one is chosen. A no: mended, or taken back where nothing can be mended. */
    async settle() {
      for (const entry of await day.store.entries()) {
        if (entry.maker !== day.who) continue
        if (entry.state === 'conflict') await choose(entry)
        if (entry.state === 'rejected') await mend(entry)
      }
    },

    own, queue, edit,
  }

  async function choose(entry) {
    memory.conflicts += 1
    if (!memory.records.find(({ id }) => id === entry.id)?.elsewhere) memory.withOneself.push(entry.id)
    if (chance.happens(0.5)) { await kept(() => day.store.changeEntry(entry.id, keptMine)); return }
    await kept(async () => {
      await day.store.change(entry.kind, entry.id, (record) => ({ ...record, body: replaced(record.body, entry.current.body), unqueued: false }))
      await day.store.changeEntry(entry.id, (old) => keptTheirs(old, day.now()))
    })
  }

  async function mend(entry) {
    memory.mended += 1
    const photo = memory.photos.find((one) => one.id === entry.id)
    if (photo?.broken) { await takeBack(photo); return }
    const record = entry.kind === 'observation' && await day.store.get(entry.kind, entry.id)
    if (record?.body.utility === 9) await edit(record, (body) => rate(body, 'utility', 2, day.now()))
    await queue(entry.kind, entry.id)
    await kept(() => day.store.changeEntry(entry.id, (old) => (old.state === 'rejected' ? retried(old) : old)))
  }

  async function takeBack(photo) {
    const done = await kept(() => day.store.removeMedium(photo,
      (record) => record && { ...record, body: removePhoto(record.body, photo.id), unqueued: true }))
    if (!done) return
    photo.takenBack = true
    await queue('observation', photo.observation_id)
  }

  /** One to four things noted at a place. */
  function noted(body, place) {
    const things = [
      (old) => rate(old, 'utility', chance.between(1, 5), day.now()),
      (old) => rate(old, 'usability', chance.between(1, 5), day.now()),
      (old) => rate(old, 'delight', chance.between(1, 5), day.now()),
      (old) => ({ ...old, emotion: chance.between(-2, 2) }),
      (old) => toggle(old, 'held_back', chance.pick(['system', 'rule'])),
      (old) => setText(old, 'note', `排队 ${chance.below(1e6)} – “queue” \u{1F6B6}`),
      (old) => setText(old, 'quote', chance.happens(0.2) ? '' : `Nobody said ${chance.below(1e6)}`),
      (old) => setFactor(old, chance.pick(['people', 'process']), chance.pick(['helped', 'hurt'])),
      (old) => setTimings(old, { wait: chance.below(2000) }),
      (old) => (place?.standards.length ? setStandard(old, chance.pick(place.standards).id, chance.pick(['met', 'not_met', 'not_seen'])) : old),
    ]
    let changed = rate(body, 'utility', chance.between(1, 5), day.now())
    for (let left = chance.between(0, 3); left > 0; left -= 1) changed = chance.pick(things)(changed)
    return changed
  }

  return person
}

/** The same small JPEG with a comment of its own: other bytes, another fingerprint, another length. */
function pictureOf(base, chance) {
  const comment = chance.bytes(chance.between(20, 9000))
  const made = new Uint8Array(base.length + comment.length + 4)
  made.set(base.subarray(0, 2))
  made.set([0xff, 0xfe, (comment.length + 2) >> 8, (comment.length + 2) & 255], 2)
  made.set(comment, 6)
  made.set(base.subarray(2), 6 + comment.length)
  return made.buffer
}
