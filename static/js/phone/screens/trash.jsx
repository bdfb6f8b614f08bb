import { binned, daysLeft, putBack } from '../actions/trash.js'
import { Icon } from '../parts/icons.jsx'
import { Head } from '../parts/frame.jsx'
import { address } from '../state/router.js'
import { t, visits } from '../state/signals.js'
import { nameOf, visitTitle } from '../state/titles.js'

/** What was thrown away within thirty days. */
export function Bin() {
  const list = binned()
  return (
    <div class="phone">
      <Head title={t('bin.title')} sub={t('bin.sub')} back={address('me')} size="m" />
      <main>
        {list.length === 0 && <p class="muted">{t('bin.empty')}</p>}
        {list.length > 0 && <ul class="card list rows">{list.map(({ kind, record }) => <li key={record.id}><Row kind={kind} record={record} /></li>)}</ul>}
      </main>
    </div>
  )
}

function Row({ kind, record }) {
  const name = kind === 'visit' ? visitTitle(record) : nameOf(record)
  const under = kind === 'visit' ? '' : `${visitTitle(visits.value.get(record.visit_id))} · `
  return (
    <div class="item">
      <span class="ico"><Icon name={kind === 'visit' ? 'path' : 'edit'} /></span>
      <span class="grow"><b class="strong">{name}</b><span class="small muted sub">{under}{t('bin.days', { n: daysLeft(record) })}</span></span>
      <button class="btn btn-s" aria-label={t('bin.backOf', { name })} onClick={() => putBack(kind, record.id)}>{t('bin.back')}</button>
    </div>
  )
}
