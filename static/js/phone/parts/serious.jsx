import { SERIOUS } from '../record/vocabulary.js'
import { Icon } from './icons.jsx'
import { edit, hold, release } from '../actions/local_records.js'
import { SERIOUS_ICON } from './icons_lazy.js'
import { entries, observationsOf, online, say, t } from '../state/signals.js'
import { nameOf } from '../state/titles.js'
import { beginMoment, currentOf } from '../actions/visit.js'
import { Choice } from './choices.jsx'
import { Sheet } from './sheet.jsx'

/** The row in Words: five kinds of grave things, and what becomes of the one that was chosen. */
export function SeriousRow({ record }) {
  return (
    <Kinds value={record.body.serious} onChoose={(slug) => setSerious(record, slug)}>
      <div class="cap-row"><b aria-hidden="true">{t('words.serious')}</b><span>{seriousWords(record)}</span></div>
    </Kinds>
  )
}

/** From anywhere on the map: what is going on now, else what was noted last, else a moment to be placed later. */
export function SeriousSheet({ visit, onClose }) {
  const record = currentOf(visit) ?? observationsOf(visit.id).filter((one) => !one.body.deleted_at).pop()
  const choose = async (slug) => {
    onClose()
    const about = record ?? await beginMoment(visit)
    if (about) setSerious(about, slug)
  }
  return (
    <Sheet title={record ? t('serious.title', { name: nameOf(record) }) : t('serious.titleAnywhere')} onClose={onClose}>
      <p class="small muted">{t('words.seriousHint')}</p>
      <Kinds value={record?.body.serious} onChoose={choose} />
      <button type="button" class="btn btn-lg" onClick={onClose}>{t('cancel')}</button>
    </Sheet>
  )
}

function Kinds({ value, onChoose, children }) {
  return (
    <Choice
      name="serious" legend={t('words.serious')} value={value} className="opts opts-under" onChoose={onChoose}
      options={SERIOUS.map((slug) => ({ value: slug, icon: <Icon name={SERIOUS_ICON[slug]} />, text: t(`serious.${slug}`) }))}
    >{children}</Choice>
  )
}

/** Grave things need no statistics: after eight seconds in which a slip can be undone, the lead has it. */
export function setSerious(record, slug) {
  const before = record.body.serious
  const kind = before === slug ? null : slug
  hold(record.id)
  edit('observation', record.id, (body) => ({ ...body, serious: kind }))
  if (!kind) { release('observation', record.id); return }
  say(t(online.value ? 'serious.set' : 'serious.setOffline', { kind: t(`serious.${kind}`) }),
    () => { edit('observation', record.id, (body) => ({ ...body, serious: before })).then(() => release('observation', record.id)) },
    () => release('observation', record.id))
}

/** Where it is: still to be undone, waiting for a network, or with the lead. */
export function seriousWords(record) {
  if (!record.body.serious) return t('words.seriousHint')
  const entry = entries.value.get(record.id)
  return t(entry?.state === 'done' && !record.unqueued ? 'serious.there' : 'serious.soon')
}
