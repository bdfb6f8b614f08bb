import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { inLanguage } from '../record/words.js'
import { stamp } from '../record/times.js'
import { carry, language } from '../state/signals.js'
import en from '../words/consent_en.js'
import zh from '../words/consent_zh.js'
import { HoldButton } from './hold_button.jsx'
import { Icon } from './icons.jsx'
import { WithdrawalCode } from './withdrawal_code.jsx'

const THEIRS = { en, zh }

/**
 * The phone is turned to the customer: a screen of their own, whole in their language. First the question, then their
 * code; only a hold leads back, so that no stray finger answers for them. `onDone` gets the answer, or null without one.
 */
export function ConsentScreen({ journey, consent, code, onDone }) {
  const spoken = useSignal(language.value)
  const given = useSignal(consent?.answer === 'not_asked' ? null : consent)
  const dialog = useRef(null)
  const page = useRef(null)
  useEffect(() => { dialog.current.showModal() }, [])
  useEffect(() => { page.current.scrollTo(0, 0) }, [given.value?.answer])
  const words = THEIRS[spoken.value]
  const back = () => onDone(given.value)
  return (
    <dialog class="con" ref={dialog} lang={spoken.value === 'zh' ? 'zh-Hans' : 'en'} aria-labelledby="con-title" onCancel={(event) => event.preventDefault()}>
      <svg class="cast" viewBox="0 0 390 844" preserveAspectRatio="none" aria-hidden="true"><path d="M270 0 390 0 390 844 120 844Z" /></svg>
      <header class="con-head">
        <b>{inLanguage(spoken.value, carry.value?.body.organisation?.name)}</b>
        <button type="button" class="con-lang" lang={spoken.value === 'zh' ? 'en' : 'zh-Hans'} onClick={() => { spoken.value = spoken.value === 'zh' ? 'en' : 'zh' }}><Icon name="language" small />{words.other}</button>
      </header>
      <div class="con-page" ref={page}>
        {given.value ? <Answered words={words} answer={given.value.answer} code={code} change={() => { given.value = null }} /> : (
          <Question
            words={words} text={inLanguage(spoken.value, journey?.consent) || words.ask}
            onAnswer={(answer, ticks) => { given.value = { ...ticks, answer, text_version: journey?.consent?.text_version ?? null, at: stamp() } }}
          />
        )}
      </div>
      <footer class="con-foot">
        <HoldButton className="btn btn-lg con-back" onHeld={back} onTapped={() => page.current.parentNode.querySelector('.con-hold').focus()}>{words.back}</HoldButton>
        <p class="small con-hold" tabIndex={-1}>{words.hold}</p>
      </footer>
    </dialog>
  )
}

/** Photos and voice notes are ticks of their own, and nothing is ticked before they do it. */
function Question({ words, text, onAnswer }) {
  const ticks = useSignal({ photos: false, voice: false })
  const answer = (said) => () => onAnswer(said, said === 'yes' ? ticks.value : { photos: false, voice: false })
  return (
    <>
      <h2 id="con-title" tabIndex={-1}>{text}</h2>
      <div class="con-ticks">
        {['photos', 'voice'].map((name) => (
          <label key={name}>
            <input type="checkbox" name={name} checked={ticks.value[name]} onChange={() => { ticks.value = { ...ticks.value, [name]: !ticks.value[name] } }} />
            <span><b>{words[name]}</b><span class="small">{words[`${name}Hint`]}</span></span>
          </label>
        ))}
      </div>
      <div class="con-answers">
        <button type="button" class="btn btn-lg con-yes" data-testid="con-yes" onClick={answer('yes')}><Icon name="check" />{words.yes}</button>
        <button type="button" class="btn btn-lg con-no" data-testid="con-no" onClick={answer('no')}>{words.no}</button>
      </div>
    </>
  )
}

/** Whoever declined has numbers kept as well, so there is a code either way. */
function Answered({ words, answer, code, change }) {
  const no = answer === 'no'
  return (
    <>
      <h2 id="con-title" tabIndex={-1}>{no ? words.thanksNo : words.thanks}</h2>
      {code ? <WithdrawalCode code={code} label={words.qr} /> : <p>{words.noCode}</p>}
      {code && <p>{no ? words.whatNo : words.what}</p>}
      <button type="button" class="btn con-no" onClick={change}>{words.change}</button>
    </>
  )
}
