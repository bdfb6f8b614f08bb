// Moments and lengths of time: how they travel and how they are read.
/** @import { Language, Moment } from './types.d.ts' */

const SHIFT = 6 * 3600_000
const LOCALE = { en: 'en-GB', zh: 'zh-CN' }
const pad = (/** @type {number} */ number) => String(number).padStart(2, '0')

/** A moment with the phone's own offset: "2026-11-20T10:58:03.120+08:00". */
export function stamp(now = Date.now()) {
  const at = new Date(now)
  const offset = -at.getTimezoneOffset()
  const local = new Date(now + offset * 60_000).toISOString().slice(0, -1)
  const sign = offset < 0 ? '-' : '+'
  return `${local}${sign}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map()

/**
 * What calendar and clock of a zone show: no day and no hour is told otherwise. Without a zone, and where this browser does
 * not know it, the phone's own.
 * @param {string | undefined} zone @param {string} locale @param {Intl.DateTimeFormatOptions} shown
 */
function format(zone, locale, shown) {
  const key = JSON.stringify([zone, locale, shown])
  let made = formats.get(key)
  if (!made) {
    try {
      made = new Intl.DateTimeFormat(locale, { ...shown, timeZone: zone || undefined })
    } catch {
      made = new Intl.DateTimeFormat(locale, shown)
    }
    formats.set(key, made)
  }
  return made
}

/** @param {Moment} moment @param {Parameters<typeof format>} how */
const written = (moment, ...how) => format(...how).format(new Date(moment))

/** "10:58". @param {Moment} moment @param {string | undefined} zone */
export function timeOfDay(moment, zone) {
  return written(moment, zone, 'en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** The hour of the day with its fraction. @param {Moment} moment @param {string | undefined} zone */
export function hourOf(moment, zone) {
  const [h, m] = timeOfDay(moment, zone).split(':').map(Number)
  return h + m / 60
}

/** "Friday 20 November", "11月20日 星期五". @param {Moment} moment @param {Language} language @param {string | undefined} zone */
export function longDate(moment, language, zone) {
  const [weekday, date] = [written(moment, zone, LOCALE[language], { weekday: 'long' }), shortDate(moment, language, zone)]
  return language === 'zh' ? `${date} ${weekday}` : `${weekday} ${date}`
}

/** "20 November", "11月20日". @param {Moment} moment @param {Language} language @param {string | undefined} zone */
export function shortDate(moment, language, zone) {
  return written(moment, zone, LOCALE[language], { day: 'numeric', month: 'long' })
}

/** "2026-11-20", for names of files. @param {Moment} moment @param {string | undefined} zone */
export function isoDate(moment, zone) {
  return written(moment, zone, 'sv', { year: 'numeric', month: '2-digit', day: '2-digit' })
}

/** "China Standard Time", where the phone's own clock shows another hour; else nothing. @param {Moment} moment @param {Language} language @param {string | undefined} zone */
export function zoneName(moment, language, zone) {
  if (timeOfDay(moment, zone) === timeOfDay(moment, undefined)) return ''
  const parts = format(zone, LOCALE[language], { timeZoneName: 'long' }).formatToParts(new Date(moment))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
}

/** @param {Moment} one @param {Moment} other @param {string | undefined} zone */
export function sameDay(one, other, zone) {
  return isoDate(one, zone) === isoDate(other, zone)
}

/** Which of two moments comes first, however they are written: for sorting. @param {Moment} one @param {Moment} other */
export function byMoment(one, other) {
  return new Date(one).getTime() - new Date(other).getTime()
}

/** Today's visits; around midnight also those a shift would count in. @param {string} startsAt @param {number} now @param {string | undefined} zone */
export function ofThisShift(startsAt, now, zone) {
  return Math.abs(byMoment(startsAt, now)) < SHIFT || sameDay(startsAt, now, zone)
}

/** How far apart two moments lie in the day, whatever the day. @param {Moment} one @param {Moment} other @param {string | undefined} zone */
export function hoursApart(one, other, zone) {
  const apart = Math.abs(hourOf(one, zone) - hourOf(other, zone))
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
