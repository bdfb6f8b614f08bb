import { missing, seen } from '../record/counts.js'
import { likeliestReasons, sortGaps } from '../record/gaps.js'
import { inOrder, isBefore } from '../record/journeys.js'
import { skip } from '../record/records.js'
import { Icon } from './icons.jsx'
import { Choice, Radio } from './choices.jsx'
import { edit } from '../actions/local_records.js'
import { capture, notWanted, remindOf } from '../actions/visit.js'
import { list, myVisits, named, t } from '../state/signals.js'

/** What is wanted, not seen and not explained. */
export function emptyOf(visit, journey, records) {
  const unwanted = notWanted(visit)
  return missing(visit, records, journey).filter((row) => !unwanted.has(row.id))
}

/** What is empty, in one sentence; one tap answers for all that was passed by, and one for what comes later. */
export function Gaps({ visit, journey, records }) {
  const gaps = emptyOf(visit, journey, records).filter((row) => visit.body.mode === 'walked' || !isBefore(row))
  const explained = visit.body.skipped.map((one) => ({ row: inOrder(journey).find(({ id }) => id === one.touchpoint_id), reason: one.reason })).filter(({ row }) => row)
  const { passed, toCome } = sortGaps(gaps, inOrder(journey), seen(records).byTouchpoint)
  if (gaps.length + explained.length === 0) return <p class="muted review-whole"><Icon name="check" small />{t('review.complete')}</p>
  const key = passed.length && toCome.length ? 'review.gaps' : passed.length ? 'review.gapsPassed' : toCome.length ? 'review.gapsToCome' : 'review.complete'
  return (
    <section class="card gaps">
      <h2>{t(key, { n: gaps.length, passed: passed.length, later: toCome.length })}</h2>
      {toCome.length > 0 && <Later visit={visit} rows={toCome} />}
      {passed.length > 0 && <ForAll visit={visit} rows={passed} />}
      {gaps.length + explained.length > 0 && (
        <details class="one-by-one">
          <summary>{t('review.oneByOne')}</summary>
          {[...gaps.map((row) => ({ row, reason: null })), ...explained].map(({ row, reason }) => <Gap key={row.id} visit={visit} touchpoint={row} reason={reason} />)}
        </details>
      )}
    </section>
  )
}

/** The follow-up message comes tomorrow: asked then, by a card on Today. */
function Later({ visit, rows }) {
  const names = rows.map((row) => named(row.name))
  const reminded = rows.every((row) => visit.remind?.touchpoints.includes(row.id))
  return (
    <div class="miss row-between">
      <span>{list(names.slice(0, 3))}{names.length > 3 ? '…' : ''}</span>
      <button class="btn" aria-pressed={reminded} onClick={() => remindOf(visit.id, reminded ? [] : rows.map(({ id }) => id))}>
        {reminded && <Icon name="check" small />}{t(reminded ? 'review.reminded' : 'review.remind')}
      </button>
    </div>
  )
}

function ForAll({ visit, rows }) {
  const before = myVisits.value.filter(({ id }) => id !== visit.id).flatMap(({ body }) => body.skipped)
  const all = (reason) => edit('visit', visit.id, (body) => rows.reduce((next, { id }) => skip(next, id, reason), body))
  return (
    <Choice
      name="skip-all" legend={t('review.whyAll', { passed: rows.length })} hidden={false} value={null} onChoose={all} className="opts gap-opts"
      options={likeliestReasons(rows, before).map((slug) => ({ value: slug, text: t(`skip.${slug}`) }))}
    />
  )
}

function Gap({ visit, touchpoint, reason }) {
  const name = named(touchpoint.name)
  const before = myVisits.value.filter(({ id }) => id !== visit.id).flatMap(({ body }) => body.skipped)
  return (
    <fieldset class="miss">
      <legend class="vh">{t('review.whyEmpty', { name })}</legend>
      <div class="row-between"><b class="strong">{name}</b><button class="btn btn-q" aria-label={t('visit.addTo', { name })} onClick={() => capture(visit, touchpoint.id)}>{t('visit.add')}</button></div>
      <div class="opts gap-opts">
        {likeliestReasons([touchpoint], before).map((slug) => (
          <Radio
            key={slug} name={`skip-${touchpoint.id}`} checked={reason === slug} option={{ value: slug, text: t(`skip.${slug}`) }}
            onChoose={(chosen) => edit('visit', visit.id, (body) => skip(body, touchpoint.id, reason === chosen ? null : chosen))}
          />
        ))}
      </div>
    </fieldset>
  )
}
