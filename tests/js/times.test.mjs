// Days and hours are the site's, whatever zone the phone is set to: here the phone is in New York and the site in Shanghai.
import assert from 'node:assert/strict'
import { test } from 'node:test'

process.env.TZ = 'America/New_York'
const { byMoment, hourOf, hoursApart, isoDate, longDate, ofThisShift, sameDay, shortDate, stamp, timeOfDay, zoneName } =
  await import('../../static/js/phone/record/times.js')

const SHANGHAI = 'Asia/Shanghai'
const LATE = '2027-01-10T23:30:00+08:00' // Sunday, half past ten in the morning in New York
const EARLY = '2027-01-11T00:30:00+08:00' // Monday there, still Sunday in New York

test('half past eleven at night is that hour of that day', () => {
  assert.equal(timeOfDay(LATE, SHANGHAI), '23:30')
  assert.equal(hourOf(LATE, SHANGHAI), 23.5)
  assert.equal(longDate(LATE, 'en', SHANGHAI), 'Sunday 10 January')
  assert.equal(longDate(EARLY, 'en', SHANGHAI), 'Monday 11 January')
  assert.equal(longDate(EARLY, 'zh', SHANGHAI), '1月11日 星期一')
  assert.equal(shortDate(EARLY, 'zh', SHANGHAI), '1月11日')
  assert.equal(isoDate(EARLY, SHANGHAI), '2027-01-11')
  assert.equal(timeOfDay('2027-01-10T16:00:00Z', SHANGHAI), '00:00')
})

test('two moments of one day at the site are of one day, though the phone sees two, and the other way round', () => {
  assert.equal(sameDay('2027-01-11T08:00:00+08:00', '2027-01-11T14:00:00+08:00', SHANGHAI), true)
  assert.equal(sameDay('2027-01-11T08:00:00+08:00', '2027-01-11T14:00:00+08:00', undefined), false)
  assert.equal(sameDay(LATE, EARLY, SHANGHAI), false)
  assert.equal(sameDay(LATE, EARLY, undefined), true)
})

test('a shift is counted by the day of the site', () => {
  const now = Date.parse('2027-01-11T07:30:00+08:00')
  assert.equal(ofThisShift('2027-01-11T23:30:00+08:00', now, SHANGHAI), true)
  assert.equal(ofThisShift('2027-01-10T23:30:00+08:00', now, SHANGHAI), false)
  assert.equal(ofThisShift('2027-01-11T01:30:01+08:00', now, SHANGHAI), true)
})

test('hours of the day are compared by one clock, over a change of summer time too', () => {
  assert.equal(hoursApart('2027-01-10T23:30:00+08:00', '2027-01-05T00:30:00+08:00', SHANGHAI), 1)
  assert.equal(hoursApart('2027-03-27T10:00:00+01:00', '2027-03-29T10:00:00+02:00', 'Europe/Berlin'), 0)
})

test('the day the clocks change has its own hours', () => {
  assert.equal(timeOfDay('2027-03-28T00:59:00Z', 'Europe/Berlin'), '01:59')
  assert.equal(timeOfDay('2027-03-28T01:00:00Z', 'Europe/Berlin'), '03:00')
  assert.equal(longDate('2027-03-28T21:59:00Z', 'en', 'Europe/Berlin'), 'Sunday 28 March')
  assert.equal(longDate('2027-03-28T22:01:00Z', 'en', 'Europe/Berlin'), 'Monday 29 March')
})

test('moments are ordered as instants, however they are written', () => {
  const written = ['2027-01-10T23:30:00.000+08:00', '2027-01-10T11:00:00.000-05:00', '2027-01-10T15:00:00.000Z']
  assert.deepEqual([...written].sort(byMoment), [written[2], written[0], written[1]])
  assert.deepEqual([...written].sort(), [written[1], written[2], written[0]], 'text says otherwise')
})

test('whose clock it is is said only where the phone shows another hour', () => {
  assert.equal(zoneName(LATE, 'en', SHANGHAI), 'China Standard Time')
  assert.equal(zoneName(LATE, 'zh', SHANGHAI), '中国标准时间')
  assert.equal(zoneName(LATE, 'en', 'America/New_York'), '')
  assert.equal(zoneName(LATE, 'en', undefined), '')
})

test('a zone this browser does not know is the phone’s own', () => {
  assert.equal(timeOfDay(LATE, 'Mars/Olympus'), '10:30')
  assert.equal(zoneName(LATE, 'en', 'Mars/Olympus'), '')
})

test('what is noted keeps the phone’s own offset', () => {
  assert.equal(stamp(Date.parse(LATE)), '2027-01-10T10:30:00.000-05:00')
})
