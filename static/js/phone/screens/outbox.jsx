import { isMedium, needsPerson } from '../record/entries.js'
import { placeOf } from '../record/whereabouts.js'
import { sameDay, timeOfDay } from '../record/times.js'
import { Group, Head, TabBar } from '../parts/frame.jsx'
import { Conflict, Rejected } from '../parts/needs.jsx'
import { Rescue } from '../parts/rescue.jsx'
import { Icon } from '../parts/icons.jsx'
import { address } from '../state/router.js'
import { sendNow } from '../actions/sync_schedule.js'
import { fileSize, whatOf } from '../state/describe.js'
import { allEntries, line, mine, myEntries, needsCount, people, person, sealed, t, waitingHere, zoneHere } from '../state/signals.js'
import { titleOf } from '../state/titles.js'

export function Outbox() {
  const all = myEntries.value
  const needs = all.filter(needsPerson)
  const records = all.filter((entry) => !isMedium(entry) && !needsPerson(entry))
  const waiting = records.filter((entry) => entry.state !== 'done' || photosOf(entry).some((photo) => photo.state !== 'done'))
  const sent = records.filter((entry) => !waiting.includes(entry) && sameDay(entry.sent_at, Date.now(), zoneHere()))
  const others = [...waitingHere()].filter(([id, n]) => id !== person.value.id && n > 0)
  const shut = sealed.value.get(person.value.id) ?? 0 // their key could not be had yet
  return (
    <div class="phone">
      <Head title={t('outbox.title')} />
      <main class="outbox">
        <Reassurance />
        {shut > 0 && <p class="note note-sun"><Icon name="lock" /><span>{t('outbox.shut', { n: shut })}</span></p>}
        {needs.length > 0 && (
          <Group title={t('outbox.needs')} aside={<span class="small muted">{needs.length}</span>}>
            {needs.map((entry) => (entry.state === 'conflict' ? <Conflict key={entry.id} entry={entry} /> : <Rejected key={entry.id} entry={entry} />))}
          </Group>
        )}
        {waiting.length > 0 && <Waiting list={waiting} />}
        {sent.length > 0 && <Sent list={sent} refused={needs.some((entry) => entry.state === 'rejected')} />}
        {others.length > 0 && <Others list={others} />}
        {waiting.length + needs.length + others.length + shut > 0 && <Rescue />}
      </main>
      <div class="foot-two">
        <SendNow />
        <TabBar now="outbox" />
      </div>
    </div>
  )
}

function photosOf(entry) {
  return allEntries.value.filter((other) => other.observation_id === entry.id)
}

function Reassurance() {
  const [open, stuck] = [mine.value.free, needsCount.value]
  if (signedOut() && open > 0) return <div class="note note-sun"><Icon name="lock" /><p>{t('outbox.signIn', { n: open })}</p></div>
  if (open + stuck > 0) {
    return (
      <div class="note note-tint">
        <Icon name="saved" />
        <p><b>{t('outbox.nothingLost')}</b> {open > 0 ? t('outbox.stored', { n: open }) : t('outbox.yourWord', { n: stuck })}
          {open > 0 && onApple() && ` ${t('outbox.keepOpen')}`}</p>
      </div>
    )
  }
  return (
    <div class="empty">
      <svg class="big empty-arc" viewBox="0 0 148 84" aria-hidden="true"><path d="M6 74C34 8 114 8 142 74" /><circle cx="100" cy="32" r="8" /></svg>
      <p>{t(myEntries.value.length ? 'outbox.empty' : 'outbox.emptyNew')}</p>
    </div>
  )
}

function signedOut() {
  return line.value.is === 'signed_out'
}

/** iPhones send only while the app is open; saying so is kinder than a surprise. */
function onApple() {
  return /iPhone|iPad/.test(navigator.userAgent)
}

function Waiting({ list }) {
  const bytes = list.flatMap(photosOf).filter((photo) => photo.state !== 'done').reduce((sum, photo) => sum + photo.bytes, 0)
  const n = list.length
  const aside = bytes ? t('outbox.recordsSize', { n, size: fileSize(bytes) }) : t('outbox.records', { n })
  return (
    <Group title={t('outbox.waiting')} aside={<span class="small muted">{aside}</span>}>
      <ul class="card list rows">{list.map((entry) => (
        <li class="item" key={entry.id}>
          <span class="ico ico-w"><Icon name={entry.state === 'sending' ? 'send' : 'clock'} /></span>
          <span class="grow"><b class="strong">{titleOf(entry)}</b>
            <span class="small muted sub">{timeOfDay(entry.queued_at, zoneHere())} · {whatOf(entry)}{entry.attempts > 0 && entry.next_at > Date.now() && ` · ${t('outbox.retryAt', { time: timeOfDay(entry.next_at, zoneHere()) })}`}</span></span>
        </li>
      ))}</ul>
    </Group>
  )
}

function Sent({ list, refused }) {
  const n = list.length
  return (
    <Group title={t('outbox.sentToday')} aside={<span class="small muted">{t(refused ? 'outbox.sentCountSome' : 'outbox.sentCount', { n })}</span>}>
      <ul class="card list rows">{[...list].sort((one, other) => other.sent_at - one.sent_at).map((entry) => (
        <li key={entry.id}>
          <a class="item" href={address('receipt', entry.visit_id)}>
            <span class="ico ico-s"><Icon name="check" /></span>
            <span class="grow"><b class="strong">{titleOf(entry)}</b><span class="small muted sub">{sentWords(entry)}</span></span>
            <Icon name="right" small />
          </a>
        </li>
      ))}</ul>
    </Group>
  )
}

function sentWords(entry) {
  const known = ['journey_changed', 'clock_doubtful', 'touchpoint_unknown', 'withdrawn']
  const [mark] = entry.marks ?? []
  if (mark) return t(known.includes(mark) ? `mark.${mark}` : 'mark.other')
  const n = photosOf(entry).length
  const held = [entry, ...photosOf(entry)].every((one) => placeOf(one) === 'held')
  const time = timeOfDay(held ? entry.receipt_at : entry.sent_at, zoneHere())
  return t(held ? (n ? 'outbox.heldPhotos' : 'outbox.held') : (n ? 'outbox.sentPhotos' : 'outbox.sent'), { n, time })
}

/** Of others only whose and how many: what it is about is theirs. */
function Others({ list }) {
  return (
    <Group title={t('outbox.others')}>
      <ul class="card list rows">{list.map(([id, n]) => (
        <li class="item" key={id}>
          <span class="ico"><Icon name="lock" /></span>
          <span class="grow"><b class="strong">{t('outbox.othersWait', { n, name: people.value[id] ?? t('outbox.someone') })}</b>
            <span class="small muted sub">{t('outbox.othersUntil')}</span></span>
        </li>
      ))}</ul>
    </Group>
  )
}

function SendNow() {
  const sending = line.value.is === 'sending'
  if (mine.value.free === 0) return null
  if (signedOut()) return <div class="phone-foot"><a class="btn btn-lg btn-p grow" href="/sign-in?next=/app">{t('outbox.signInButton')}</a></div>
  return (
    <div class="phone-foot">
      <button class={sending ? 'btn btn-lg btn-p grow busy' : 'btn btn-lg btn-p grow'} onClick={sendNow}>
        {!sending && <Icon name="send" />}{t(sending ? 'outbox.sending' : 'outbox.send')}
      </button>
    </div>
  )
}
