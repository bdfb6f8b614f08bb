import { useSignal } from '@preact/signals'
import { FACTORS, HELD_BACK } from '../record/vocabulary.js'
import { choose, setFactor, toggle } from '../record/records.js'
import { Icon } from './icons.jsx'
import { FACTOR_ICON } from './icons_lazy.js'
import { edit } from '../actions/local_records.js'
import { t } from '../state/signals.js'
import { Radio } from './choices.jsx'

const FIRST = 5

/** Why it went so: what helped or hurt, whether it is the thing or the person's need, what held staff back. */
export function WhyPanel({ record, touchpoint }) {
  const more = useSignal(false)
  const change = (step) => edit('observation', record.id, step)
  const ranked = [...new Set([...(touchpoint?.factors ?? []).filter((slug) => FACTORS.includes(slug)), ...FACTORS])]
  const shown = more.value ? ranked : ranked.slice(0, FIRST)
  return (
    <div class={more.value ? 'panel p-why all' : 'panel p-why'}>
      <div class="facs">
        <div class="row-between facs-head">
          <span class="strong">{t('why.title')}</span>
          <button type="button" class="btn btn-q" aria-expanded={more.value} onClick={() => { more.value = !more.value }}>
            {more.value ? t('why.fewer') : t('why.more', { n: ranked.length - FIRST })}<Icon name={more.value ? 'up' : 'down'} small />
          </button>
        </div>
        {shown.map((factor) => <Factor key={factor} factor={factor} body={record.body} change={change} />)}
      </div>
      <fieldset class="fac">
        <legend class="vh">{t('why.about')}</legend>
        <span aria-hidden="true">{t('why.about')}</span>
        <div class="opts">
          {['thing', 'need'].map((slug) => (
            <Radio
              key={slug} name="about" checked={record.body.about === slug} option={{ value: slug, text: t(`why.${slug}`) }}
              onChoose={(chosen) => change((body) => choose(body, 'about', chosen))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset class="choice">
        <legend class="cap-row"><b>{t('why.held')}</b></legend>
        <div class="opts">
          {HELD_BACK.map((slug) => (
            <label key={slug}>
              <input
                class="pick" type="checkbox" name="held_back" value={slug} checked={record.body.held_back.includes(slug)}
                onChange={() => change((body) => toggle(body, 'held_back', slug))}
              />
              <span class="cell">{t(`held.${slug}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </div>
  )
}

function Factor({ factor, body, change }) {
  const effect = body.factors.find((one) => one.factor === factor)?.effect
  return (
    <fieldset class="fac">
      <legend class="vh">{t(`factor.${factor}`)}</legend>
      <span class="row" aria-hidden="true"><Icon name={FACTOR_ICON[factor]} />{t(`factor.${factor}`)}</span>
      <div class="opts tri">
        {[['helped', 'plus'], ['hurt', 'minus']].map(([slug, icon]) => (
          <Radio
            key={slug} name={`factor-${factor}`} checked={effect === slug} option={{ value: slug, icon: <Icon name={icon} />, text: t(`why.${slug}`) }}
            onChoose={(chosen) => change((old) => setFactor(old, factor, chosen))}
          />
        ))}
      </div>
    </fieldset>
  )
}
