import { standardsHere } from '../record/counts.js'
import { allMet, setStandard } from '../record/records.js'
import { Icon } from './icons.jsx'
import { edit } from '../actions/local_records.js'
import { named, t } from '../state/signals.js'
import { Radio } from './choices.jsx'

const STATES = [['met', 'check'], ['not_met', 'cross'], ['not_seen', 'unseen']]

/** What should happen here: standards, promises with where they were made, questions with their right answer. */
export function StandardsPanel({ record, touchpoint }) {
  const standards = standardsHere(touchpoint, record.body.channel)
  const change = (step) => edit('observation', record.id, step)
  if (standards.length === 0) return <div class="panel p-none"><p>{t('standards.none')}</p></div>
  return (
    <div class="panel p-std">
      <div class="row-between">
        <span class="strong">{t('standards.title')}</span>
        <button type="button" class="btn" onClick={() => change((body) => allMet(body, standards.filter((one) => one.kind !== 'probe').map((one) => one.id)))}>
          <Icon name="allMet" small />{t('standards.all')}
        </button>
      </div>
      {standards.map((standard) => <Standard key={standard.id} standard={standard} body={record.body} change={change} />)}
    </div>
  )
}

function Standard({ standard, body, change }) {
  const probe = standard.kind === 'probe'
  const text = named(standard.text)
  return (
    <fieldset class="std">
      <legend class="vh">{text}</legend>
      <span class="std-text"><Kind standard={standard} /><span class="clip3">{probe && standard.answer ? `${text} ${named(standard.answer)}` : text}</span></span>
      <div class="opts tri">
        {STATES.map(([state, icon]) => (
          <Radio
            key={state} name={standard.id} checked={body.standards[standard.id] === state}
            onChoose={(chosen) => change((old) => setStandard(old, standard.id, chosen))}
            option={{ value: state, icon: <Icon name={probe && state === 'not_seen' ? 'minus' : icon} />, text: t(`${probe ? 'probe' : 'standard'}.${state}`) }}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Kind({ standard }) {
  if (standard.kind === 'promise') {
    const where = named(standard.where)
    return <small><Icon name="flag" />{where ? t('standards.promiseAt', { where }) : t('standards.promise')}</small>
  }
  if (standard.kind === 'probe') return <small><Icon name="ask" />{t('standards.probe')}</small>
  return null
}
