import { useEffect } from 'preact/hooks'
import { facts, progress, seen } from '../record/counts.js'
import { flatCurve } from '../record/curve.js'
import { isBefore } from '../record/journeys.js'
import { OUTCOMES } from '../record/vocabulary.js'
import { choose, setText } from '../record/records.js'
import { clockFace, shortClock } from '../record/times.js'
import { throwAway } from '../actions/trash.js'
import { Curve } from '../parts/curve.jsx'
import { emptyOf, Gaps } from '../parts/gaps.jsx'
import { Head } from '../parts/frame.jsx'
import { Choice, Radio } from '../parts/choices.jsx'
import { PlaceSelect } from '../parts/touchpoint_select.jsx'
import { Scores } from '../parts/scores.jsx'
import { Icon } from '../parts/icons.jsx'
import { edit, queue } from '../actions/local_records.js'
import { address, go } from '../state/router.js'
import { language, myVisit, named, observationsOf, t } from '../state/signals.js'
import { journeyOfVisit, nameOf, visitTitle } from '../state/titles.js'
import { capture, finishVisit, freePlaces, resume } from '../actions/visit.js'
import { lengthOf, lower } from './map.jsx'

/** How it went, in one sentence, a curve and three facts; then three questions; then only what is missing. */
export function Review({ id }) {
  const visit = myVisit(id)
  useEffect(() => { if (!visit) go('today', null, { replace: true }); return () => queue('visit', id) }, [id])
  if (!visit) return null
  const journey = journeyOfVisit(visit)
  const records = observationsOf(id)
  const { byTouchpoint, offMap } = seen(records)
  const curve = flatCurve(journey, (one) => byTouchpoint.get(one)?.body.emotion)
  const over = visit.body.status === 'done' || visit.body.status === 'abandoned'
  return (
    <div class="phone">
      <Head title={t('review.title')} sub={`${visitTitle(visit)} · ${lengthOf(visit)}`} sync="saved" size="m" back={address('visit', id)} />
      <main class="review">
        <section class="card curve-card">
          <h2 class="vh">{t('review.curve')}</h2>
          <Curve curve={curve} />
          <Sentence curve={curve} visit={visit} byTouchpoint={byTouchpoint} />
          <Facts visit={visit} journey={journey} records={records} />
        </section>
        <Questions visit={visit} />
        <Asked visit={visit} journey={journey} records={records} />
        <Moments visit={visit} list={offMap} />
        <Gaps visit={visit} journey={journey} records={records} />
        <Noted visit={visit} records={[...byTouchpoint.values(), ...offMap]} />
        {!over && <Endings visit={visit} paused={visit.body.status === 'paused'} />}
      </main>
      <footer class="phone-foot">
        {over
          ? <button class="btn btn-lg grow" onClick={() => resume(id)}>{t('review.goOn')}</button>
          : <>{visit.body.status === 'paused'
            ? <button class="btn btn-lg" onClick={() => resume(id)}>{t('today.goOn')}</button>
            : <a class="btn btn-lg" href={address('visit', id)}>{t('back')}</a>}
            <button class="btn btn-p btn-lg grow" onClick={() => finishVisit(id, 'done')}><Icon name="check" />{t('review.finish')}</button></>}
      </footer>
    </div>
  )
}

/** How the customer left, and where it was lowest. */
export function Sentence({ curve, visit, byTouchpoint }) {
  const { last, trough } = curve
  if (!last) return <p class="small curve-say">{t('review.noEmotion')}</p>
  const wait = trough && byTouchpoint.get(trough.touchpoint.id)?.body.timings?.wait
  const left = t(visit.body.mode === 'walked' ? 'review.leftMe' : 'review.left', { word: t(`emotion.${last.emotion}`) })
  const name = trough && (language.value === 'zh' ? named(trough.touchpoint.name) : lower(named(trough.touchpoint.name)))
  const low = trough ? t(wait ? 'review.lowWait' : 'review.low', { name, clock: clockFace(wait ?? 0) }) : ''
  return <p class="small curve-say"><b>{left}</b> {low}</p>
}

function Facts({ visit, journey, records }) {
  const { seen: done, of } = progress(visit, records, journey)
  const { waited, met, judged } = facts(records)
  return (
    <div class="facts">
      <div><b>{done}/{of}</b><span class="small muted">{t('review.touchpoints')}</span></div>
      <div><b>{waited === null ? '–' : shortClock(waited)}</b><span class="small muted">{t('review.waiting')}</span></div>
      <div><b>{judged ? `${met}/${judged}` : '–'}</b><span class="small muted">{t('review.standards')}</span></div>
    </div>
  )
}

function Questions({ visit }) {
  const me = visit.body.mode === 'walked' ? 'Me' : ''
  const change = (field) => (value) => edit('visit', visit.id, (body) => choose(body, field, value))
  return (
    <section class="card end5">
      <h2 class="vh">{t('review.ask')}</h2>
      <Choice
        name="outcome" legend={t(`review.outcome${me}`)} hidden={false} value={visit.body.outcome} onChoose={change('outcome')}
        options={OUTCOMES.map((slug) => ({ value: slug, text: t(`outcome.${slug}`) }))}
      />
      <Five name="satisfaction" legend={t(`review.satisfied${me}`)} ends={t('review.satisfiedEnds')} value={visit.body.satisfaction} onChoose={change('satisfaction')} />
      <Five name="come_again" legend={t(`review.again${me}`)} ends={t('review.againEnds')} value={visit.body.come_again} onChoose={change('come_again')} />
    </section>
  )
}

function Five({ name, legend, ends, value, onChoose }) {
  const [low, high] = ends.split('|')
  return (
    <fieldset>
      <legend class="cap-row wide"><b>{legend}</b></legend>
      <div class="five">
        {[1, 2, 3, 4, 5].map((number) => (
          <Radio
            key={number} name={name} checked={value === number} onChoose={onChoose}
            option={{ value: number, spoken: { 1: low, 5: high }[number] ?? String(number), text: number }}
          />
        ))}
      </div>
      <div class="ends" aria-hidden="true"><span>{low}</span><span>{high}</span></div>
    </fieldset>
  )
}

/** What was noted first and not placed yet. It may stay where it is: not everything is on the map. */
function Moments({ visit, list }) {
  if (list.length === 0 || freePlaces(visit).length === 0) return null
  return (
    <section class="card gaps">
      <h2>{t('moment.toPlace', { n: list.length })}</h2>
      {list.map((record) => (
        <div key={record.id} class="miss">
          <a class="strong moment-name" href={address('capture', record.id)}>{nameOf(record)}</a>
          <PlaceSelect record={record} visit={visit} />
        </div>
      ))}
    </section>
  )
}

/** What lies before the customer came was not watched: the customer tells of it. */
function Asked({ visit, journey, records }) {
  if (visit.body.mode === 'walked') return null
  const rows = emptyOf(visit, journey, records).filter(isBefore)
  if (rows.length === 0) return null
  return (
    <section class="card gaps">
      <h2>{t('review.before')}</h2>
      {rows.map((row) => (
        <div key={row.id} class="miss row-between">
          <b class="strong">{t('review.howWas', { name: named(row.name) })}</b>
          <button class="btn btn-q" aria-label={t('review.askOf', { name: named(row.name) })} onClick={() => capture(visit, row.id, { told: true })}>{t('review.askIt')}</button>
        </div>
      ))}
    </section>
  )
}

/** Everything of this visit, to open or to throw away. */
function Noted({ visit, records }) {
  return (
    <details class="card noted">
      <summary>{t('review.noted', { n: records.length })}</summary>
      <ul class="list">{records.map((record) => (
        <li key={record.id} class="noted-row">
          <a class="grow" href={address('capture', record.id)}><b class="strong">{nameOf(record)}</b></a><Scores body={record.body} />
          <button class="iconbtn" aria-label={t('bin.throw', { name: nameOf(record) })} onClick={() => throwAway('observation', record.id, nameOf(record))}><Icon name="bin" /></button>
        </li>
      ))}</ul>
      <button class="btn" onClick={() => throwAway('visit', visit.id, visitTitle(visit))}><Icon name="bin" small />{t('bin.visit')}</button>
    </details>
  )
}

function Endings({ visit, paused }) {
  return (
    <section class="stack stack-2">
      <label class="field">
        <span>{t('review.context')}</span>
        <input
          class="input" value={visit.body.context_note ?? ''} maxLength="500" placeholder={t('review.contextHint')} autocomplete="off"
          onInput={(event) => { const { value } = event.currentTarget; edit('visit', visit.id, (body) => setText(body, 'context_note', value, 500)) }}
        />
      </label>
      <div class="row endings">
        {!paused && <button class="btn grow" onClick={() => finishVisit(visit.id, 'paused')}><Icon name="pause" small />{t('review.pause')}</button>}
        <button class="btn grow" onClick={() => finishVisit(visit.id, 'abandoned')}><Icon name="broken" small />{t('review.break')}</button>
      </div>
    </section>
  )
}
