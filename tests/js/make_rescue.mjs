// Makes a rescue file with the phone's own code: reads { visit, observations, photos: [{…, data: base64}], sounds } from
// standard input, puts everything in line as a phone would (and seals it, given sealed: {phone, key}), writes the file to
// standard output.
import 'fake-indexeddb/auto'
import { enqueue } from '../../static/js/phone/record/entries.js'
import { fingerprint } from '../../static/js/phone/record/ids.js'
import { addPhoto, addSound } from '../../static/js/phone/record/records.js'
import { makeRescue } from '../../static/js/phone/device/rescue.js'
import { makeStore } from '../../static/js/phone/device/store.js'
import { sealAll } from '../../static/js/phone/device/sealing.js'

let input = ''
for await (const part of process.stdin) input += part
const { maker, visit, observations, photos, sounds, sealed } = JSON.parse(input)
const store = makeStore()

for (const [kind, body] of [['visit', visit], ...observations.map((one) => ['observation', one])]) {
  await store.put({ id: body.id, kind, maker, visit_id: visit.id, body })
  await store.changeAndQueue(kind, body.id, (old) => old, (old, record) => enqueue(old, record, 0))
}
for (const [kind, add, list] of [['photo', addPhoto, photos], ['sound', addSound, sounds]]) {
  for (const { id, observation_id, data } of list) {
    const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
    const wire = { id, sha256: await fingerprint(bytes), bytes: bytes.length }
    const medium = { ...wire, kind, observation_id, visit_id: visit.id, maker, type: 'any' }
    await store.addMedium(medium, bytes.buffer, (old) => ({ ...old, body: add(old.body, wire) }), (old, made) => enqueue(old, made, 0))
  }
}
if (sealed) await sealAll(store, { person: maker, ...sealed })
const { blob } = await makeRescue({ store, from: 'http://test', people: { [maker]: 'Olga' } })
process.stdout.write(Buffer.from(await blob.arrayBuffer()))
