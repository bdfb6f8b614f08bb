import { timeOfDay } from '../record/times.js'
import { Icon } from './icons.jsx'
import { address } from '../state/router.js'
import { keepMine, keepTheirs, retry } from '../actions/sync_schedule.js'
import { observations, person, t, visits, zoneAt, zoneOf } from '../state/signals.js'
import { titleOf } from '../state/titles.js'
import { Scores } from './scores.jsx'

/** Two versions of one record. Both stand side by side; the person says which one counts. */
export function Conflict({ entry }) {
  const author = authorOf(entry.current)
  const mine = (observations.value.get(entry.id) ?? visits.value.get(entry.id))?.body
  const theirs = entry.current?.body
  return (
    <div class="card needs">
      <div class="item">
        <span class="ico ico-f"><Icon name="copy" /></span>
        <span class="grow"><b class="strong">{t('outbox.twoVersions', { name: titleOf(entry) })}</b>
          <span class="small muted sub">{t('outbox.whichCounts', { author: author ?? t('outbox.anotherPhone') })}</span></span>
      </div>
      <div class="two-v">
        <Version title={t('outbox.yours')} body={mine} kind={entry.kind} />
        <Version title={author ? t('outbox.theirs', { author }) : t('outbox.theirsPhone')} body={theirs} kind={entry.kind} />
      </div>
      <div class="row needs-foot">
        <button class="btn btn-p grow" onClick={() => keepMine(entry.id)}>{t('outbox.keepMine')}</button>
        <button class="btn grow" aria-disabled={!theirs} onClick={() => theirs && keepTheirs(entry.id)}>
          {author ? t('outbox.keepTheirs', { author }) : t('outbox.keepOther')}
        </button>
      </div>
    </div>
  )
}

/** The same person on another phone is not "someone else". */
function authorOf(current) {
  const author = current?.author
  const name = typeof author === 'string' ? author : author?.name
  const id = typeof author === 'object' ? author?.id : author
  if (!name || id === person.value.id || name === person.value.name) return null
  return name.split(/\s+/)[0]
}

function Version({ title, body, kind }) {
  if (!body) return <div class="ver"><b>{title}</b></div>
  const at = body.rated_at ?? body.observed_at ?? body.started_at
  return (
    <div class="ver">
      <span class="row-between"><b>{title}</b><span class="muted num">{at ? timeOfDay(at, body.site_id ? zoneAt(body.site_id) : zoneOf(body.visit_id)) : ''}</span></span>
      {kind === 'observation' ? <Scores body={body} /> : <span>{body.outcome ? t(`outcome.${body.outcome}`) : t('outbox.facts')}</span>}
      <span class="clip3">{body.note || body.quote || body.context_note}</span>
    </div>
  )
}

/** Not taken as it is: the server's own sentence, and two ways on. The rest has been sent meanwhile. */
export function Rejected({ entry }) {
  const { problem } = entry
  const what = entry.kind === 'visit' ? address('review', entry.id) : address('capture', entry.observation_id ?? entry.id)
  const lines = (problem?.errors ?? []).map((one) => one.message).filter(Boolean)
  return (
    <div class="card needs">
      <div class="item">
        <span class="ico ico-f"><Icon name="warn" /></span>
        <span class="grow"><b class="strong">{t('outbox.notTaken', { name: titleOf(entry) })}</b>
          <span class="small muted sub">{sentenceOf(problem)} {lines.join(' ')}</span></span>
      </div>
      {problem?.code && <details class="small needs-more"><summary>{t('details')}</summary><code>{problem.code} {(problem.errors ?? []).map((one) => one.path).join(', ')}</code></details>}
      <div class="row needs-foot">
        <a class="btn grow" href={what}>{t('outbox.edit')}</a>
        <button class="btn btn-p grow" onClick={() => retry(entry.id)}>{t('outbox.retry')}</button>
      </div>
    </div>
  )
}

function sentenceOf(problem) {
  if (problem?.code === 'photo_gone') return t('outbox.photoGone')
  if (problem?.code === 'sound_gone') return t('outbox.soundGone')
  return problem?.detail || problem?.title || t('outbox.noSentence')
}
