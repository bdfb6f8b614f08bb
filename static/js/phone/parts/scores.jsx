import { LEVELS } from '../record/vocabulary.js'
import { t } from '../state/signals.js'

/** The three ratings in one row, small. */
export function Scores({ body }) {
  const list = LEVELS.map((level) => body[level] ?? t('visit.none.level')).join(', ')
  return (
    <span class="sc" role="img" aria-label={t('visit.scores', { list })}>
      {LEVELS.map((level) => <i key={level} class={body[level] ? `h${body[level]}` : 'na'}>{body[level] ?? '–'}</i>)}
    </span>
  )
}
