// What the server says it holds of a visit, compared with what this phone believes to have sent.
import { needsPerson } from './entries.js'

const MOST_RESENT = 3

/** Once everything of a visit is out, the server says what it holds; what it misses goes again. */
export async function fetchReceipts({ store, api, now }, person) {
  for (const id of wantingReceipt(await store.entries(), person)) {
    const answer = await api.receipt(id)
    if (answer.is === 'signed_out') return 'signed_out'
    if (answer.is === 'later') return 'later'
    if (answer.is === 'ok') await fileReceipt({ store, now }, id, answer.body)
  }
  return null
}

function wantingReceipt(entries, person) {
  const byVisit = Map.groupBy ? Map.groupBy(entries, (entry) => entry.visit_id) : grouped(entries)
  return [...byVisit].filter(([, all]) => (
    all.every((entry) => entry.state === 'done' && entry.maker === person)
    && all.some((entry) => !entry.receipt_at || entry.receipt_at < entry.sent_at)
  )).map(([id]) => id)
}

function grouped(entries) {
  const groups = new Map()
  for (const entry of entries) groups.set(entry.visit_id, [...(groups.get(entry.visit_id) ?? []), entry])
  return groups
}

async function fileReceipt({ store, now }, visitId, receipt) {
  const held = new Set([
    receipt.visit?.id, ...(receipt.observations ?? []).map((one) => one.id), ...(receipt.photos ?? []).map((one) => one.id),
  ])
  const mine = (await store.entries()).filter((entry) => entry.visit_id === visitId && !needsPerson(entry))
  await store.changeEntries(mine.map((entry) => entry.id), (entry) => {
    if (held.has(entry.id)) return { ...entry, receipt_at: now() }
    return entry.receipt_at ? entry : sentAgain(entry, now())
  })
  await store.change('visit', visitId, (visit) => visit && { ...visit, receipt: { ...receipt, at: now() } })
}

/** Acknowledged, yet not held: it goes again under the same number, a few times, so that nothing spins for ever. */
function sentAgain(entry, at) {
  const resent = (entry.resent ?? 0) + 1
  if (resent > MOST_RESENT || entry.marks?.includes('withdrawn')) return { ...entry, receipt_at: at }
  const acked = Math.max(0, entry.acked - 1)
  return { ...entry, state: 'queued', dirty: true, acked, resent, next_at: at + 60_000 }
}
