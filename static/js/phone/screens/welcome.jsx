import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { LEVELS } from '../record/vocabulary.js'
import { Brand } from '../parts/drawings.jsx'
import { Head } from '../parts/frame.jsx'
import { Icon } from '../parts/icons.jsx'
import { Five } from '../parts/rate.jsx'
import { draftFrom } from '../actions/visit_form.js'
import { startPractice } from '../actions/visit.js'
import { address, go } from '../state/router.js'
import { change } from '../state/settings.js'
import { carry, list, t } from '../state/signals.js'

const STEPS = 3
/** What three others gave in the played situation: no two people see quite the same. */
const OTHERS = { utility: [2, 2, 3], usability: [3, 4, 4], delight: [4, 4, 5] }

/** Three screens for whoever holds this for the first time: what it is about, the pad itself, that nothing is lost. */
export function Welcome() {
  const at = useSignal(0)
  const done = () => { change({ welcomed: true }); go('today', null, { replace: true }) }
  const last = at.value === STEPS - 1
  return (
    <div class="phone welcome">
      <main class={at.value === 1 ? 'nobody-main welcome-try' : 'nobody-main'} key={at.value}>
        {at.value !== 1 && <div class="welcome-art" aria-hidden="true">{at.value ? <Icon name="saved" /> : <Brand />}</div>}
        <h1 tabIndex={-1}>{t(`welcome.${at.value}.title`)}</h1>
        <p class="lede">{t(`welcome.${at.value}.text`)}</p>
        {at.value === 1 && <Try />}
        <p class="small muted" role="status">{t('welcome.of', { n: at.value + 1, of: STEPS })}</p>
      </main>
      <footer class="phone-foot">
        {last
          ? <><button class="btn btn-lg" onClick={done}>{t('welcome.done')}</button>
            <a class="btn btn-p btn-lg grow" href={address('practise')} onClick={() => change({ welcomed: true })}>{t('welcome.practise')}<Icon name="forward" /></a></>
          : <><button class="btn btn-lg" onClick={done}>{t('welcome.skip')}</button>
            <button class="btn btn-p btn-lg grow" onClick={() => { at.value += 1 }}>{t('capture.next')}<Icon name="forward" /></button></>}
      </footer>
    </div>
  )
}

/** The pad with a situation that is played: what a number means stands there once it is given, and what others gave. */
function Try() {
  const given = useSignal({})
  const latest = useSignal(null)
  const level = latest.value
  return (
    <div class="pad-try">
      <div class="pyr">
        {[...LEVELS].reverse().map((name) => (
          <fieldset key={name} class={`lv-${name}`}>
            <legend class="vh">{t(`level.${name}`)}: {t(`ask.${name}`)}</legend>
            <div class="lab"><b>{t(`level.${name}`)}</b><span class="lab-ask">{t(`ask.${name}`)}</span></div>
            <Five level={name} value={given.value[name] ?? null} onHold={() => {}} onRate={(_, number) => { given.value = { ...given.value, [name]: number }; latest.value = name }} />
          </fieldset>
        ))}
      </div>
      <p class="try-said" role="status">{level ? <><b>{t(`anchor.${given.value[level]}`)}</b> {t('welcome.others', { level: t(`level.${level}`), list: list(OTHERS[level]) })}</> : t('welcome.try')}</p>
    </div>
  )
}

/** Practice begins at once, in the journey one walked last. */
export function Practise() {
  const body = carry.value?.body
  const ready = Boolean(body?.journeys.length)
  useEffect(() => { if (ready) startPractice(draftFrom(null, body)) }, [ready])
  return <div class="phone"><Head title={t('start.practice')} back={address('today')} size="m" /><main>{!ready && <p class="note note-sun">{t('today.noCarry')}</p>}</main></div>
}
