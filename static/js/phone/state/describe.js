// Short descriptions of records, for lists.
/** @import { Entry } from '../record/types.d.ts' */
import { LEVELS } from '../record/vocabulary.js'
import { language, observations, t } from './signals.js'

/** @param {number} bytes */
export function fileSize(bytes) {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${Math.max(1, Math.round(bytes / 1000))} kB`
}

/** "ratings, quote, 2 photos" @param {Entry} entry */
export function whatOf(entry) {
  if (entry.kind === 'visit') return t('outbox.facts')
  const body = observations.value.get(entry.id)?.body
  if (!body) return ''
  const parts = [
    LEVELS.some((level) => body[level]) && t('outbox.ratings'),
    body.quote && t('outbox.quote'),
    body.note && t('outbox.note'),
    body.photos.length > 0 && t('outbox.photos', { n: body.photos.length }),
    /** @type {number} */ (body.sounds?.length) > 0 && t('outbox.sounds', { n: body.sounds?.length }),
    body.serious && t('visit.serious'),
  ].filter(Boolean)
  return parts.join(language.value === 'zh' ? '、' : ', ')
}
