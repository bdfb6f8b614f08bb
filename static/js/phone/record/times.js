// Moments and lengths of time: how they travel and how they are read.
/** @import { Language, Moment } from './types.d.ts' */

const SHIFT = 6 * 3600_000
const pad = (/** @type {number} */ number) => String(number).padStart(2, '0')

/** A moment with the phone's own offset: "2026-11-20T10:58:03.120+08:00". */
export function stamp(now = Date.now()) {
  const at = new Date(now)
  const offset = -at.getTimezoneOffset()
  const local = new Date(now + offset * 60_000).toISOString().slice(0, -1)
  const sign = offset < 0 ? '-' : '+'
  return `${local}${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
}

/** "10:58", in the given zone when there is one. @param {Moment} moment @param {string} [zone] */
export function timeOfDay(moment, zone) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone || undefined })
    .format(new Date(moment))
}

/** "Friday 20 November", "11月20日 星期五". @param {Moment} moment @param {Language} language */
export function longDate(moment, language) {
  const at = new Date(moment)
  if (language !== 'zh') {
    return new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' })
      .format(at).replace(',', '')
  }
  const weekday = new Intl.DateTimeFormat('zh-CN', { weekday: 'long' }).format(at)
  return `${at.getMonth() + 1}月${at.getDate()}日 ${weekday}`
}

/** "20 November", "11月20日". @param {Moment} moment @param {Language} language */
export function shortDate(moment, language) {
  const at = new Date(moment)
  if (language === 'zh') return `${at.getMonth() + 1}月${at.getDate()}日`
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(at)
}

/** @param {Moment} one @param {Moment} other */
export function sameDay(one, other) {
  return new Date(one).toDateString() === new Date(other).toDateString()
}

/** Today's visits; around midnight also those a shift would count in. @param {string} startsAt @param {number} now */
export function ofThisShift(startsAt, now) {
  return sameDay(startsAt, now) || Math.abs(Date.parse(startsAt) - now) < SHIFT
}

/** How far apart two moments lie in the day, whatever the day. @param {Moment} one @param {Moment} other */
export function hoursApart(one, other) {
  const [first, second] = [new Date(one), new Date(other)].map((at) => at.getHours() + at.getMinutes() / 60)
  const apart = Math.abs(first - second)
  return Math.min(apart, 24 - apart)
}

/** Seconds as "06:42", or "1:06:42" from an hour on. @param {number} seconds */
export function clockFace(seconds) {
  const whole = Math.max(0, Math.floor(seconds))
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${pad(m)}:${pad(s)}`
}

/** Seconds as "0:48", for small print. @param {number} seconds */
export function shortClock(seconds) {
  return clockFace(seconds).replace(/^0(\d:)/, '$1')
}

/** "6:42" or "90" read back as seconds; null when it is neither. @param {string} text */
export function parseClock(text) {
  const parts = text.trim().replace(/：/g, ':').split(':')
  if (parts.length > 3 || !parts.every((part) => /^\d{1,5}$/.test(part))) return null
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0)
}

/** Hours and whole minutes of a length of time, for sentences. @param {number} milliseconds */
export function hoursMinutes(milliseconds) {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000))
  return { h: Math.floor(minutes / 60), min: minutes % 60 }
}
