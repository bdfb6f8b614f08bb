import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { inLanguage } from '../record/words.js'
import { Icon } from './icons.jsx'
import { language, t } from '../state/signals.js'
import { Choice } from './choices.jsx'
import { WithdrawalCode } from './withdrawal_code.jsx'

const ENOUGH = {
  en: 'May I walk with you today and take notes on our service, not on you? You can take it back at any time.',
  zh: '我可以陪您走一趟，记下我们的服务吗？记的是服务，不是您。您随时可以撤回。',
}

/** The phone is turned to the customer: the sentence in their language, their answer, their code to take it back. */
export function Consent({ form, set, code, asked, body }) {
  const theirs = useSignal(language.value)
  const card = useRef(null)
  // What appears under the answer must not hide behind the buttons at the foot.
  useEffect(() => { if (form.consent || asked) card.current.scrollIntoView({ block: 'end', behavior: 'auto' }) }, [form.consent, asked])
  const journey = body.journeys.find((one) => one.id === form.journey_id)
  const text = inLanguage(theirs.value, journey?.consent) || ENOUGH[theirs.value]
  const label = form.customer_label?.trim()
  const quotes = theirs.value === 'zh' || language.value === 'zh' ? ['“', '”'] : ['“', '”']
  return (
    <section class="con" ref={card}>
      <svg class="cast" viewBox="0 0 358 220" preserveAspectRatio="none" aria-hidden="true"><path d="M250 0 358 0 358 220 150 220Z" /></svg>
      <div class="con-say">
        <p><b>{label ? t('start.turn', { name: label }) : t('start.turnAnyone')}</b>{' '}
          <span lang={theirs.value === 'zh' ? 'zh-Hans' : 'en'}>{quotes[0]}{text}{quotes[1]}</span></p>
        <button
          type="button" class="con-lang"
          onClick={() => { theirs.value = theirs.value === 'zh' ? 'en' : 'zh' }}
        ><span class="vh">{t('start.theirLanguage')}: </span><Icon name="language" small />{theirs.value === 'zh' ? 'English' : '中文'}</button>
      </div>
      <Choice
        name="consent" legend={t('start.consent')} value={form.consent} onChoose={(consent) => set({ consent: consent === form.consent ? null : consent })}
        options={[
          { value: 'yes', icon: <Icon name="check" />, text: t('start.yes') },
          { value: 'no', icon: <Icon name="cross" />, text: t('start.no') },
          { value: 'not_asked', icon: <Icon name="minus" />, text: t('start.notAsked') },
        ]}
      />
      {asked && !form.consent && <p class="con-ask" role="alert"><Icon name="info" small />{t('start.askFirst')}</p>}
      {form.consent === 'no' && <p class="con-ask"><Icon name="info" small />{t('start.declined')}</p>}
      {form.consent === 'yes' && (
        code ? <WithdrawalCode code={code} /> : <p class="con-ask"><Icon name="info" small />{t('start.noCode')}</p>
      )}
    </section>
  )
}
