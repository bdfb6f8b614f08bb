import { useEffect } from 'preact/hooks'
import { seen } from '../record/counts.js'
import { declined, mayPhotograph } from '../record/consent.js'
import { flatCurve } from '../record/curve.js'
import { nameIn } from '../record/names.js'
import { Curve } from '../parts/curve.jsx'
import { Thumb } from '../parts/thumb.jsx'
import { address, go } from '../state/router.js'
import { myVisit, named, observationsOf, photos, settle, t } from '../state/signals.js'
import { journeyOfVisit } from '../state/titles.js'
import { Sentence } from './review.jsx'

const TEN_SECONDS = 10_000

/** To be shown to the team on the spot: the line, the low point, a sentence, a picture. No name, and gone after ten seconds. */
export function Show({ id }) {
  const visit = myVisit(id)
  const back = () => go('receipt', id, { replace: true })
  useEffect(() => {
    if (!visit) { go('today', null, { replace: true }); return undefined }
    settle()
    const end = setTimeout(back, TEN_SECONDS)
    return () => clearTimeout(end)
  }, [id])
  if (!visit) return null
  const journey = journeyOfVisit(visit)
  const records = observationsOf(id)
  const { byTouchpoint } = seen(records)
  const curve = flatCurve(journey, (one) => byTouchpoint.get(one)?.body.emotion)
  const quote = declined(visit) ? null : quoteOf(records, curve.trough)
  const picture = mayPhotograph(visit) ? pictureOf(records, curve.trough) : null
  return (
    <div class="phone show">
      <header>
        <div class="phone-head"><h1 class="grow" tabIndex={-1}>{named(journey?.name)}</h1><a class="btn" href={address('receipt', id)}>{t('close')}</a></div>
        <div class="show-time" aria-hidden="true"><i /></div>
      </header>
      <main>
        <section class="card curve-card"><Curve curve={curve} /><Sentence curve={curve} visit={visit} byTouchpoint={byTouchpoint} /></section>
        {quote && <blockquote class="show-quote">“{quote}”</blockquote>}
        {picture && <div class="show-picture"><Thumb photo={picture} number={1} /></div>}
        <p class="small muted">{t('show.ends')}</p>
      </main>
    </div>
  )
}

/** From the lowest point if it has one; never one that looks as if it named somebody. */
function quoteOf(records, trough) {
  return fromLowest(records, trough).map(({ body }) => body.quote).find((quote) => quote && !nameIn(quote)) ?? null
}

function pictureOf(records, trough) {
  return fromLowest(records, trough).flatMap(({ body }) => body.photos).find(({ id }) => photos.value.get(id) && !photos.value.get(id).dropped) ?? null
}

function fromLowest(records, trough) {
  const lowest = (record) => (record.body.touchpoint_id === trough?.touchpoint.id ? 0 : 1)
  return records.filter(({ body }) => !body.deleted_at).sort((one, other) => lowest(one) - lowest(other))
}
