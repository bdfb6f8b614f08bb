import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { seen } from '../record/counts.js'
import { whereabouts } from '../record/whereabouts.js'
import { shortDate, timeOfDay } from '../record/times.js'
import { fileSize } from '../state/describe.js'
import { CheckDisc } from '../parts/drawings.jsx'
import { Icon } from '../parts/icons.jsx'
import { Head } from '../parts/frame.jsx'
import { Thumb } from '../parts/thumb.jsx'
import { address, go } from '../state/router.js'
import { checkReceipt, sendNow } from '../actions/sync_schedule.js'
import { comma, entries, language, myVisit, named, observationsOf, photos, t, zoneHere, zoneOf } from '../state/signals.js'
import { journeyOfVisit, nameOf } from '../state/titles.js'

/** What the server holds, counted and checked, touchpoint by touchpoint. */
export function Receipt({ id }) {
  const visit = myVisit(id)
  useEffect(() => { if (!visit) go('me', null, { replace: true }) }, [id])
  if (!visit) return null
  const state = stateOf(visit)
  const sub = `${named(journeyOfVisit(visit)?.name)}${comma()}${shortDate(visit.body.started_at, language.value, zoneOf(visit.id))}`
  return (
    <div class="phone">
      <Head title={t('receipt.title')} sub={sub} back={address('me')} size="s" />
      <main class="receipt">
        <section class="slip">
          <Sum state={state} />
          <Figures state={state} />
          <ul>{state.rows.map((row) => <Line key={row.id} row={row} />)}</ul>
          <Extra visit={visit} state={state} />
        </section>
        {!visit.body.practice && state.rows.length > 0 && <a class="btn btn-lg" href={address('show', id)}><Icon name="people" />{t('show.open')}</a>}
        <p class="small muted never">{t('receipt.never')}</p>
      </main>
      {!visit.body.practice && <Foot visit={visit} state={state} />}
    </div>
  )
}

function stateOf(visit) {
  const { byTouchpoint, offMap } = seen(observationsOf(visit.id))
  const rows = [...byTouchpoint.values(), ...offMap].map((record) => rowOf(record, visit))
  const own = [...entries.value.values()].filter((entry) => entry.visit_id === visit.id)
  const pictures = own.filter((entry) => entry.kind === 'photo')
  const gone = pictures.filter((entry) => entry.state === 'done')
  return {
    rows, pictures, gone, where: whereabouts(own), receipt: visit.receipt, practice: visit.body.practice,
    bytes: pictures.reduce((sum, entry) => sum + entry.bytes, 0),
    bytesGone: gone.reduce((sum, entry) => sum + entry.bytes, 0),
  }
}

function rowOf(record, visit) {
  const ofServer = new Map((visit.receipt?.photos ?? []).map((photo) => [photo.id, photo.state]))
  const sounds = (record.body.sounds ?? []).map(({ id }) => entries.value.get(id)).filter(Boolean)
  const pictures = record.body.photos.map((photo) => ({ ...photo, entry: entries.value.get(photo.id), state: ofServer.get(photo.id) }))
  return {
    id: record.id, name: nameOf(record), offMap: !record.body.touchpoint_id, entry: entries.value.get(record.id), pictures,
    soundWaiting: sounds.some((entry) => entry.state !== 'done'),
    waiting: pictures.filter((photo) => photo.entry && photo.entry.state !== 'done'),
    unreadable: pictures.some((photo) => photo.state === 'unreadable'),
  }
}

function Sum({ state }) {
  const { where: { waits: n, moves, mediaOnly, held }, receipt, practice } = state
  const waiting = mediaOnly ? 'receipt.waitingMedia' : 'receipt.waiting'
  const [title, sub] = practice ? [t('start.practice'), t('receipt.practice')]
    : n ? [t(moves ? 'receipt.moving' : waiting, { n }), t('receipt.byItself')]
      : held && receipt ? [t('receipt.arrived'), t('receipt.checked', { time: timeOfDay(receipt.at, zoneHere()) })]
        : [t('receipt.notChecked'), t('receipt.notCheckedSub')]
  const well = !practice && held && receipt
  return (
    <div class="sum">
      <span class={well ? 'ico ico-s' : 'ico ico-w'}><Icon name={well ? 'check' : practice ? 'path' : 'clock'} /></span>
      <h2>{title}</h2><p class="muted">{sub}</p>
    </div>
  )
}

function Figures({ state }) {
  const { rows, pictures, gone, receipt, bytes, bytesGone } = state
  const held = receipt?.observations?.length
  const size = gone.length === pictures.length ? fileSize(bytes) : `${fileSize(bytesGone)} / ${fileSize(bytes)}`
  return (
    <div class="two3">
      <div><b class="num">{held ?? rows.length}</b><span class="small muted">{t(held === undefined ? 'receipt.heldHere' : 'receipt.held', { n: held ?? rows.length })}</span></div>
      <div><b class="num">{t('receipt.ofPhotos', { n: gone.length, of: pictures.length })}</b><span class="small muted">{t('receipt.photos', { size: pictures.length ? size : '0' })}</span></div>
    </div>
  )
}

function Line({ row }) {
  const here = row.entry?.state === 'done'
  const waitingBytes = row.waiting.reduce((sum, photo) => sum + photo.bytes, 0)
  return (
    <li class="ln">
      {here ? <CheckDisc /> : <span class="ln-wait"><Icon name="clock" small /></span>}
      <span>{row.offMap ? `“${row.name}”` : row.name}
        {row.offMap && <span class="small muted sub">{t('receipt.offMap')}</span>}
        {!here && row.entry && <span class="small ln-wt sub">{t('receipt.recordWaiting')}</span>}
        {row.waiting.length > 0 && <span class="small ln-wt sub">{t('receipt.photoWaiting', { size: fileSize(waitingBytes) })}</span>}
        {row.soundWaiting && <span class="small ln-wt sub">{t('receipt.soundWaiting')}</span>}
        {row.unreadable && <span class="small ln-wt sub">{t('receipt.unreadable')}</span>}</span>
      <span class="pics">{row.pictures.filter((photo) => !photos.value.get(photo.id)?.dropped).map((photo, index) => (
        <span key={photo.id} class={photo.entry?.state === 'done' || !photo.entry ? '' : 'pic-wait'}><Thumb photo={photo} number={index + 1} /></span>
      ))}</span>
    </li>
  )
}

function Extra({ visit, state }) {
  const print = state.receipt?.photos?.[0]?.sha256 ?? visit.body.withdrawal_hash
  return (
    <dl class="ext">
      {print && <><dt>{t('receipt.fingerprint')}</dt><dd class="num">{`${print.slice(0, 4)} ${print.slice(4, 8)} … ${print.slice(-4)}`}</dd></>}
      {visit.body.withdrawal_hash && <><dt>{t('receipt.code')}</dt><dd>{visit.body.customer_label || t('receipt.theCustomer')}</dd></>}
      {state.pictures.length > 0 && <><dt>{t('receipt.deleted')}</dt><dd>{t(state.where.waits ? 'receipt.deletedNot' : 'receipt.deletedAfter')}</dd></>}
    </dl>
  )
}

function Foot({ visit, state }) {
  const busy = useSignal(false)
  const waits = state.where.waits > 0
  const act = async () => {
    if (busy.value) return
    busy.value = true
    await (waits ? sendNow() : checkReceipt(visit.id))
    busy.value = false
  }
  return (
    <footer class="phone-foot">
      <button class={`btn btn-lg grow ${waits ? 'btn-p' : ''} ${busy.value ? 'busy' : ''}`} onClick={act}>
        {!busy.value && <Icon name="send" />}{t(waits ? 'outbox.send' : 'receipt.again')}
      </button>
    </footer>
  )
}
