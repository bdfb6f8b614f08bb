import { LEVELS } from '../record/vocabulary.js'
import { list, t } from '../state/signals.js'

/** The three ratings in one row, small. */
export function Scores({ body }) {
  const scores = list(LEVELS.map((level) => body[level] ?? t('visit.none.level')))
  return (
    <span class="sc" role="img" aria-label={t('visit.scores', { list: scores })}>
      {LEVELS.map((level) => <i key={level} class={body[level] ? `h${body[level]}` : 'na'}>{body[level] ?? '–'}</i>)}
    </span>
  )
}
