import { useSignal } from '@preact/signals'
import { canFingerprint } from '../record/ids.js'
import { timeOfDay } from '../record/times.js'
import { binned } from '../actions/trash.js'
import { Icon } from './icons.jsx'
import { address } from '../state/router.js'
import { chooseLanguage } from '../actions/language.js'
import { leave, payOwed } from '../actions/leaving.js'
import { pinsOfOthers } from '../actions/pin.js'
import { api, fetchCarry } from '../actions/sync_schedule.js'
import { change, settings } from '../state/settings.js'
import { carry, language, person, say, t, waitingCount, zoneHere } from '../state/signals.js'
import { ChangeOver } from './change_over.jsx'
import { Group } from './frame.jsx'
import { PinRow } from './pin_row.jsx'

export function Settings() {
  const { left, light, text, still } = settings.value
  return (
    <Group title={t('me.settings')}>
      <div class="card rows">
        <label class="set">
          <Icon name="hand" />
          <span class="grow"><b class="strong">{t('me.left')}</b><span class="small muted sub">{t('me.leftSub')}</span></span>
          <input class="pick" type="checkbox" checked={left} onChange={() => change({ left: !left })} /><span class="switch" />
        </label>
        {'vibrate' in navigator && (
          <label class="set">
            <Icon name="app" />
            <span class="grow"><b class="strong">{t('me.buzz')}</b><span class="small muted sub">{t('me.buzzSub')}</span></span>
            <input class="pick" type="checkbox" checked={!still} onChange={() => change({ still: !still })} /><span class="switch" />
          </label>
        )}
        <Segment icon="light" name="light" label={t('me.light')} value={light} onChoose={(chosen) => change({ light: chosen })}
          options={[['auto', t('me.lightAuto')], ['light', t('me.lightBright')], ['dark', t('me.lightDark')]]} />
        <Segment icon="text" name="text" label={t('me.text')} value={text} onChoose={(chosen) => change({ text: chosen })} letters
          options={[['small', 'A', t('me.textSmall')], ['normal', 'A', t('me.textNormal')], ['large', 'A', t('me.textLarge')]]} />
        <Segment icon="language" name="language" label={t('me.language')} value={language.value} onChoose={chooseLanguage}
          options={[['en', 'English', 'English', 'en'], ['zh', '中文', '中文', 'zh-Hans']]} />
        <Fetch />
        <BinRow />
      </div>
      <Leaving />
    </Group>
  )
}

function Segment({ icon, name, label, value, options, onChoose, letters }) {
  return (
    <div class="set">
      <Icon name={icon} /><b class="strong">{label}</b>
      <div class={letters ? 'seg letters' : 'seg'} role="radiogroup" aria-label={label}>
        {options.map(([slug, words, spoken, lang]) => (
          <label key={slug}>
            <input class="pick" type="radio" name={`set-${name}`} checked={value === slug} aria-label={spoken} onChange={() => onChoose(slug)} />
            <span lang={lang} class={`s-${slug}`}>{words}</span>
          </label>
        ))}
      </div>
    </div>
  )
}

function Fetch() {
  const busy = useSignal(false)
  const fetchNow = async () => {
    if (busy.value) return
    busy.value = true
    say(t(await fetchCarry() ? 'me.fetched' : 'me.fetchFailed'))
    busy.value = false
  }
  return (
    <button type="button" class="set" onClick={fetchNow}>
      <Icon name="fetch" />
      <span class="grow"><b class="strong">{t('me.fetch')}</b>{carry.value && <span class="small muted sub">{t('me.fetchedAt', { time: timeOfDay(carry.value.at, zoneHere()) })}</span>}</span>
      <span class={busy.value ? 'busy' : ''} />
    </button>
  )
}

function BinRow() {
  const n = binned().length
  if (n === 0) return null
  return (
    <a class="set" href={address('bin')}>
      <Icon name="bin" /><span class="grow"><b class="strong">{t('bin.title')}</b><span class="small muted sub">{t('bin.count', { n })}</span></span><Icon name="right" small />
    </a>
  )
}

function Leaving() {
  const n = waitingCount.value
  const asking = useSignal(false)
  const someoneElse = (event) => {
    if (pinsOfOthers().length === 0 && navigator.onLine) return
    event.preventDefault()
    asking.value = true
  }
  const signOut = async (event) => {
    event.preventDefault()
    await leave(person.value, api)
    await payOwed()
  }
  const desk = person.value.role === 'lead' || person.value.role === 'admin' || person.value.role === 'executive'
  return (
    <div class="card rows">
      {desk && (
        <a class="set" href={person.value.role === 'executive' ? '/summary' : '/areas'}>
          <Icon name="desk" />
          <span class="grow"><b class="strong">{t('me.desk')}</b><span class="small muted sub">{t('me.deskSub')}</span></span><Icon name="right" small />
        </a>
      )}
      <a class="set" href="/sign-in?again=1&next=/app" onClick={someoneElse}>
        <Icon name="people" />
        <span class="grow"><b class="strong">{t('me.someoneElse')}</b><span class="small muted sub">{t('me.someoneElseSub')}</span></span><Icon name="right" small />
      </a>
      {asking.value && <ChangeOver onClose={() => { asking.value = false }} />}
      {canFingerprint() && <PinRow />}
      <form method="post" action="/sign-out" onSubmit={signOut}>
        <button class="set">
          <Icon name="lock" />
          <span class="grow"><b class="strong">{t('me.signOut')}</b><span class="small muted sub">{n ? t('me.signOutSub', { n }) : t('me.signOutClean')}</span></span><Icon name="right" small />
        </button>
      </form>
    </div>
  )
}
