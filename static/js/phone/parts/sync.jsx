import { Icon } from './icons.jsx'
import { address } from '../state/router.js'
import { timeOfDay } from '../record/times.js'
import { line, myEntries, needsCount, online, savedAt, t, trouble, waitingCount, zoneHere } from '../state/signals.js'

/**
 * One ladder of words, always in the same place. `line`: how sending goes. `saved`: on screens where one notes things,
 * what matters is that the last tap is kept; trouble still comes first.
 */
export function Sync({ variant = 'line', practice = false }) {
  const { icon, tone, words } = practice ? PRACTICE() : (troubles() ?? (variant === 'saved' ? saved() : sending()))
  const lines = words.map((part, index) => <span key={index}>{part}</span>)
  return (
    <a class={`sync ${tone}`} href={address('outbox')} data-testid="sync">
      <Icon name={icon} /><span class="sync-words">{lines}</span>
    </a>
  )
}

const PRACTICE = () => ({ icon: 'saved', tone: '', words: [t('sync.practice')] })

function troubles() {
  if (trouble.value === 'full') return { icon: 'warn', tone: 'sync-fail', words: [t('sync.full')] }
  if (needsCount.value > 0) {
    return { icon: 'warn', tone: 'sync-fail', words: [t('sync.needs', { n: needsCount.value })] }
  }
  return null
}

function saved() {
  const at = savedAt.value
  return { icon: 'saved', tone: 'sync-ok', words: [at ? t('sync.savedAt', { time: timeOfDay(at, zoneHere()) }) : t('sync.saved')] }
}

function sending() {
  const state = line.value
  const n = waitingCount.value
  if (state.is === 'sending') {
    const done = Math.min(state.done + 1, state.of)
    return { icon: 'send', tone: '', words: [t('sync.sending', { done, of: state.of })] }
  }
  if (state.is === 'signed_out' && n > 0) return { icon: 'lock', tone: 'sync-wait', words: [t('sync.signIn')] }
  if (n > 0) return { icon: 'saved', tone: 'sync-wait', words: [t('sync.waiting', { n }), t('sync.safe')] }
  if (!online.value) return { icon: 'offline', tone: '', words: [t('sync.offline'), t('sync.goOn')] }
  const last = Math.max(0, ...myEntries.value.map((entry) => entry.sent_at ?? 0))
  if (!last) return { icon: 'saved', tone: 'sync-ok', words: [t('sync.saved')] }
  return { icon: 'cloud', tone: 'sync-ok', words: [t('sync.sent', { time: timeOfDay(last, zoneHere()) })] }
}
