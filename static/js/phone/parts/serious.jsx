import { useSignal } from '@preact/signals'
import { SERIOUS } from '../record/vocabulary.js'
import { Icon } from './icons.jsx'
import { edit, hold, release } from '../actions/local_records.js'
import { SERIOUS_ICON } from './icons_lazy.js'
import { entries, observationsOf, online, say, t } from '../state/signals.js'
import { nameOf } from '../state/titles.js'
import { beginMoment, currentOf } from '../actions/visit.js'
import { Choice } from './choices.jsx'
import { HoldButton } from './hold_button.jsx'
import { Sheet } from './sheet.jsx'

/** The row in Words: five kinds of grave things, and what becomes of the one that was chosen. */
export function SeriousRow({ record }) {
  return (
    <Kinds value={record.body.serious} onChoose={(slug) => setSerious(record, slug)}>
      <div class="cap-row"><b aria-hidden="true">{t('words.serious')}</b><span>{seriousWords(record)}</span></div>
    </Kinds>
  )
}

/**
 * The corner of capture and map, always in the same place: held by a finger it opens the kinds; by a key or a screen
 * reader they open at once, and the choice is confirmed. `record`: the capture one is in, if one is in one.
 */
export function SeriousCorner({ visit, record = null }) {
  const open = useSignal(null) // 'held' or 'pressed'
  return (
    <>
      <HoldButton
        className="btn btn-lg btn-i corner" aria-label={t('words.serious')} aria-description={t('serious.hold')}
        onHeld={() => { open.value = 'held' }} onPressed={() => { open.value = 'pressed' }} onTapped={() => say(t('serious.hold'))}
      ><Icon name="warn" /></HoldButton>
      {open.value && <SeriousSheet visit={visit} record={record} confirm={open.value === 'pressed'} onClose={() => { open.value = null }} />}
    </>
  )
}

/** About what one is in, what goes on now, else what was noted last, else a moment to be placed later. */
function SeriousSheet({ visit, record, confirm, onClose }) {
  const chosen = useSignal(null)
  const about = record ?? currentOf(visit) ?? observationsOf(visit.id).filter((one) => !one.body.deleted_at).pop()
  const write = async (slug) => {
    onClose()
    const target = about ?? await beginMoment(visit)
    if (target) setSerious(target, slug)
  }
  return (
    <Sheet title={about ? t('serious.title', { name: nameOf(about) }) : t('serious.titleAnywhere')} onClose={onClose}>
      <p class="small muted">{t('words.seriousHint')}</p>
      <Kinds value={chosen.value ?? about?.body.serious} onChoose={(slug) => { if (confirm) chosen.value = slug; else write(slug) }} />
      <div class="row sheet-foot">
        <button type="button" class="btn btn-lg grow" onClick={onClose}>{t('cancel')}</button>
        {chosen.value && <button type="button" class="btn btn-p btn-lg grow" onClick={() => write(chosen.value)}>{t('serious.say', { kind: t(`serious.${chosen.value}`) })}</button>}
      </div>
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
