import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enough, facts, missing, progress, seen, tabCounts } from '../../static/js/phone/record/counts.js'
import { likeliestReasons, sortGaps } from '../../static/js/phone/record/gaps.js'
import { before, inOrder, likelyChannel, likelyStart, nextOpen } from '../../static/js/phone/record/journeys.js'
import { bury, hasContent } from '../../static/js/phone/record/content.js'
import {
  addPhoto, addPhrase, allMet, choose, finish, makeObservation, makeVisit, rate, removePhoto, setFactor, setStandard,
  setText, skip, toggle,
} from '../../static/js/phone/record/records.js'

const NOW = Date.UTC(2026, 10, 20, 3)
const journey = {
  stages: [
    { id: 'a', touchpoints: [{ id: 't1', channels: ['app'], standards: [] }, { id: 't2', channels: ['person', 'phone'], standards: [{ id: 's1' }, { id: 's2' }] }] },
    { id: 'b', touchpoints: [{ id: 't3', channels: ['person'], standards: [] }] },
  ],
}
const blank = (touchpoint_id = 't1', more = {}) => makeObservation({
  id: `o-${touchpoint_id}`, maker: 'p', visit_id: 'v', touchpoint_id, now: NOW, ...more,
})
const visit = () => makeVisit({ id: 'v', maker: 'p', now: NOW, journey_id: 'j' })

test('an observation merely opened says nothing', () => {
  assert.equal(hasContent(blank().body), false)
  assert.equal(hasContent(choose(blank().body, 'emotion', 0)), true, 'calm is a feeling too')
  assert.equal(hasContent(blank(null, { label: 'The lift' }).body), true)
})

test('tapping what is chosen clears it', () => {
  const chosen = choose(blank().body, 'handover', 'lost')
  assert.equal(chosen.handover, 'lost')
  assert.equal(choose(chosen, 'handover', 'lost').handover, null)
})

test('reasons live only as long as their level is low', () => {
  const low = toggle(toggle(rate(blank().body, 'utility', 2, NOW), 'reasons', 'late'), 'reasons', 'unclear')
  assert.deepEqual(rate(low, 'utility', 3, NOW).reasons, ['late', 'unclear'])
  assert.deepEqual(rate(low, 'utility', 4, NOW).reasons, ['unclear'])
  assert.deepEqual(rate(low, 'utility', null, NOW).reasons, ['unclear'])
})

test('the moment of the first rating is kept', () => {
  const first = rate(blank().body, 'delight', 4, NOW)
  assert.equal(rate(first, 'delight', 5, NOW + 60_000).rated_at, first.rated_at)
})

test('"all met" never overwrites an answer', () => {
  const one = setStandard(blank().body, 's1', 'not_met')
  assert.deepEqual(allMet(one, ['s1', 's2']).standards, { s1: 'not_met', s2: 'met' })
  assert.deepEqual(setStandard(one, 's1', 'not_met').standards, {})
})

test('a factor helps or hurts, never both', () => {
  const hurt = setFactor(setFactor(blank().body, 'people', 'helped'), 'people', 'hurt')
  assert.deepEqual(hurt.factors, [{ factor: 'people', effect: 'hurt' }])
  assert.deepEqual(setFactor(hurt, 'people', 'hurt').factors, [])
})

test('notes stop at what the server takes, and phrases become lines', () => {
  assert.equal(setText(blank().body, 'note', 'x'.repeat(20_001)).note.length, 20_000)
  assert.equal(setText(blank().body, 'note', '').note, null)
  assert.equal(addPhrase(addPhrase(blank().body, 'No sign'), 'Asked twice').note, 'No sign\nAsked twice')
})

test('a photo taken back is announced, so that nobody waits for it', () => {
  const body = removePhoto(addPhoto(blank().body, { id: 'f1' }), 'f1')
  assert.deepEqual([body.photos, body.removed_photos], [[], ['f1']])
})

test('what is missing is neither seen nor explained', () => {
  const seenOne = { ...blank('t1'), body: rate(blank('t1').body, 'utility', 4, NOW) }
  const walk = { ...visit(), body: skip(visit().body, 't3', 'could_not_see') }
  assert.deepEqual(missing(walk, [seenOne, blank('t2')], journey).map((one) => one.id), ['t2'])
  assert.deepEqual(progress(walk, [seenOne, blank('t2')], journey), { seen: 1, of: 3 })
  assert.equal(skip(walk.body, 't3', null).skipped.length, 0)
})

test('a record taken back is a tombstone: gone for people, told to the server', () => {
  const gone = { ...blank(), body: bury(rate(blank().body, 'utility', 4, NOW), NOW) }
  assert.ok(gone.body.deleted_at)
  assert.equal(seen([gone]).byTouchpoint.size, 0)
})

test('findings off the map stand apart', () => {
  const off = { ...blank(null, { label: 'Lift' }), id: 'x' }
  assert.equal(seen([off]).offMap.length, 1)
  assert.equal(seen([off]).byTouchpoint.size, 0)
})

test('facts know "not measured" from zero', () => {
  assert.deepEqual(facts([blank()]), { waited: null, met: 0, judged: 0 })
  const waited = { body: { ...setStandard(setStandard(blank().body, 's1', 'met'), 's2', 'not_seen'), timings: { wait: 0 } } }
  assert.deepEqual(facts([waited]), { waited: 0, met: 1, judged: 1 })
})

test('tabs are offers: they say how much stands there, never out of how much', () => {
  const body = setStandard({ ...rate(blank('t2').body, 'utility', 3, NOW), emotion: 0, note: 'A note' }, 's1', 'met')
  assert.deepEqual(tabCounts(body), { rate: 0, standards: 1, why: 0, words: 1 })
})

test('three levels and the feeling are enough; of whoever declined the levels alone', () => {
  const rated = { ...blank('t2').body, utility: 3, usability: 4, delight: 2 }
  const declining = { body: { ...visit().body, consent: { answer: 'no' } } }
  assert.deepEqual([enough(rated, visit()), enough({ ...rated, emotion: 0 }, visit()), enough(rated, declining)], [false, true, true])
  assert.equal(enough({ ...rated, delight: null, emotion: 0 }, visit()), false)
})

test('what is empty was passed by, or is still to come', () => {
  const rows = inOrder(journey)
  const sorted = (ids) => {
    const { passed, toCome } = sortGaps(rows.filter(({ id }) => !ids.includes(id)), rows, new Set(ids))
    return [passed.map(({ id }) => id), toCome.map(({ id }) => id)]
  }
  assert.deepEqual(sorted(['t2']), [['t1'], ['t3']])
  assert.deepEqual(sorted(['t3']), [['t1', 't2'], []])
  assert.deepEqual(sorted([]), [[], ['t1', 't2', 't3']])
})

test('the likeliest reason comes first: what was said of this touchpoint, then what is said most', () => {
  const [, second] = inOrder(journey)
  const said = (reason, touchpoint_id) => ({ reason, touchpoint_id })
  const before = [said('no_time', 't9'), said('no_time', 't9'), said('other', 't2'), said('not_offered', 't9')]
  assert.deepEqual(likeliestReasons([second], before).slice(0, 3), ['other', 'no_time', 'not_offered'])
  assert.equal(likeliestReasons([second], []).length, 5)
})

test('Next leads forward to what is open, then back to what was left, then nowhere', () => {
  assert.equal(nextOpen(journey, 't1', new Set()).id, 't2')
  assert.equal(nextOpen(journey, 't3', new Set(['t1'])).id, 't2')
  assert.equal(nextOpen(journey, 't3', new Set(['t1', 't2'])), null)
  assert.equal(nextOpen(journey, undefined, new Set(['t1'])).id, 't2')
  assert.equal(before(journey, 't1'), null)
  assert.equal(before(journey, 't3').id, 't2')
})

test('the channel of the visit is taken where it exists', () => {
  assert.equal(likelyChannel({ channels: ['app', 'person'] }, 'person'), 'person')
  assert.equal(likelyChannel({ channels: ['app'] }, 'person'), 'app')
  assert.equal(likelyChannel(null, 'person'), 'person')
})

test('a visit ends once; finishing again keeps the first time', () => {
  const ended = finish(visit().body, NOW + 1000)
  assert.equal(finish(ended, NOW + 9000).ended_at, ended.ended_at)
  assert.equal(finish(visit().body, NOW, 'abandoned').status, 'abandoned')
})

test('nobody is led to what lies before the customer came, unless one is there', () => {
  const place = (id, channels = ['person']) => ({ id, name: { en: id, zh: id }, channels })
  const long = { id: 'j', version: 1, name: { en: '', zh: '' }, stages: [
    { id: 's0', kind: 'pre', touchpoints: [place('web', ['web']), place('call', ['phone'])] },
    { id: 's1', kind: 'first', touchpoints: [place('door'), place('desk', ['counter', 'person'])] },
  ] }
  assert.equal(nextOpen(long, null, new Set()).id, 'door')
  assert.equal(nextOpen(long, 'desk', new Set(['door'])), null)
  assert.equal(nextOpen(long, 'web', new Set()).id, 'call')

  const known = { channel: 'person', wanted: [], begun: [] }
  assert.equal(likelyStart(long, known).id, 'door')
  assert.equal(likelyStart(long, { ...known, channel: 'counter' }).id, 'desk')
  assert.equal(likelyStart(long, { ...known, channel: 'phone' }).id, 'call')
  assert.equal(likelyStart(long, { ...known, channel: null }).id, 'door')
  assert.equal(likelyStart(long, { ...known, wanted: ['desk'] }).id, 'desk')
  assert.equal(likelyStart(long, { ...known, begun: ['desk', 'door', 'desk'] }).id, 'desk')
  assert.equal(likelyStart(long, { ...known, begun: ['desk'] }).id, 'door')
  assert.equal(likelyStart(null, known), null)
})
