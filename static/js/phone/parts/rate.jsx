import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { LEVELS, LOW, REASONS, SCALE } from '../record/vocabulary.js'
import { declined } from '../record/consent.js'
import { nextRow } from '../record/instruments.js'
import { choose, rate, toggle } from '../record/records.js'
import { Face } from './drawings.jsx'
import { useHold } from './long_press.js'
import { edit } from '../actions/local_records.js'
import { list, named, t } from '../state/signals.js'
import { Choice, Radio } from './choices.jsx'

/** The pyramid, base nearest the thumb; then how the customer feels, and how it was against what they expected. */
export function RatePanel({ record, visit, journey, desk, short }) {
  const open = useSignal(null) // the level whose reasons are asked
  const guide = useSignal(null) // { level, number } while an anchor is shown
  const { body, id } = record
  const keys = desk ? nextRow(body, !declined(visit)) : null // where the number keys write
  const change = (step) => edit('observation', id, step)
  const onRate = (level, value) => {
    const same = body[level] === value
    if (same && value <= LOW && open.value !== level) { open.value = level; return }
    open.value = !same && value <= LOW ? level : null
    const now = Date.now()
    change((old) => rate(old, level, same ? null : value, now))
  }
  return (
    <div class={open.value ? 'panel p-rate asking' : 'panel p-rate'}>
      <div class="pyr">
        {[...LEVELS].reverse().map((level) => (
          <Level
            key={level} level={level} body={body} keys={keys} asking={open.value === level} guide={guide} onRate={onRate}
            onReason={(reason) => change((old) => toggle(old, 'reasons', reason))}
          />
        ))}
      </div>
      {guide.value && <Guide journey={journey} guide={guide} value={body[guide.value.level]} onRate={onRate} />}
      {!declined(visit) && <Emotion body={body} visit={visit} change={change} keys={keys} />}
      {!short && <Expectation body={body} change={change} keys={keys} />}
    </div>
  )
}

function Level({ level, body, keys, asking, guide, onRate, onReason }) {
  const value = body[level]
  const why = body.reasons.filter((reason) => REASONS[level].includes(reason))
  const row = useRef(null)
  useEffect(() => { row.current?.scrollIntoView({ block: 'nearest' }) }, [asking && value !== null])
  const words = asking ? t('rate.why') : list(why.map((reason) => t(`reason.${reason}`).replace(/\u00ad/g, '')))
  return (
    <fieldset class={`lv-${level}`}>
      <legend class="vh">{t(`level.${level}`)}: {t(`ask.${level}`)}</legend>
      <div class="lab">
        <button type="button" class="lab-name" aria-label={t('rate.guide', { level: t(`level.${level}`) })} onClick={() => { guide.value = guide.value?.level === level ? null : { level, number: value ?? 3 } }}>
          <b>{t(`level.${level}`)}</b><i class="lab-what" aria-hidden="true">?</i>
        </button>
        <span class="lab-ask">{t(`ask.${level}`)}</span>{keys === level && <Keys />}<em class="clip">{words}</em>
      </div>
      <Five level={level} value={value} onRate={onRate} onHold={(number) => { guide.value = number ? { level, number } : null }} />
      {asking && value !== null && (
        <div class={`rz n${value}`} ref={row} role="group" aria-label={t('rate.whyNumber', { n: value })}>
          <div class="opts">
            {REASONS[level].map((reason) => (
              <label key={reason}>
                <input class="pick" type="checkbox" checked={body.reasons.includes(reason)} onChange={() => onReason(reason)} />
                <span class="cell">{t(`reason.${reason}`)}</span>
              </label>
            ))}
          </div>
        </div>
      )}
    </fieldset>
  )
}

export function Five({ level, value, onRate, onHold }) {
  return (
    <div class="five">
      {[1, 2, 3, 4, 5].map((number) => (
        <Cell key={number} level={level} number={number} checked={value === number} onRate={onRate} onHold={onHold} />
      ))}
    </div>
  )
}

/** Holding a number shows what it means here. */
function Cell({ level, number, checked, onRate, onHold }) {
  const press = useHold(() => onHold(number))
  const end = { 1: t('rate.poor'), 5: t('rate.excellent') }[number]
  return (
    <Radio
      name={level} checked={checked} onChoose={(chosen) => onRate(level, chosen)} press={press}
      option={{
        value: number, spoken: end ? `${number}, ${end}` : String(number),
        text: <>{number}{level === 'utility' && end && <small>{end}</small>}</>,
      }}
    />
  )
}

/** What is a 2 here? One line per number, from the journey itself; tapped, it is given. */
function Guide({ journey, guide, value, onRate }) {
  const { level, number } = guide.value
  const anchors = journey?.anchors?.[level] ?? {}
  return (
    <div class="guide" role="dialog" aria-label={t('rate.guide', { level: t(`level.${level}`) })}>
      <div class="row-between"><b>{t(`level.${level}`)}</b><button type="button" class="guide-close" onClick={() => { guide.value = null }}>{t('close')}</button></div>
      <ol>{[1, 2, 3, 4, 5].map((one) => (
        <li key={one} class={one === number ? 'on' : ''}>
          <button type="button" aria-pressed={one === value} onClick={() => { guide.value = null; if (one !== value) onRate(level, one) }}><i class={`h${one}`}>{one}</i><span>{named(anchors[one]) || t(`anchor.${one}`)}</span></button>
        </li>
      ))}</ol>
    </div>
  )
}

function Keys() {
  return <kbd class="kbd">1–5</kbd>
}

function Emotion({ body, visit, change, keys }) {
  const label = visit.body.customer_label
  const title = visit.body.mode === 'walked' ? t('feels.me') : label ? t('feels', { name: label }) : t('feels.anyone')
  const chosen = body.emotion
  return (
    <fieldset class="emo">
      <legend class="vh">{title}</legend>
      <div class="cap-row"><b>{title}{keys === 'emotion' && <Keys />}</b><span>{chosen === null ? '' : t(`emotion.${chosen}`)}</span></div>
      <div class="five">
        {SCALE.map((value) => (
          <Radio
            key={value} name="emotion" checked={chosen === value} onChoose={(emotion) => change((old) => choose(old, 'emotion', emotion))}
            option={{ value, spoken: t(`emotion.${value}`), icon: <Face emotion={value} /> }}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Expectation({ body, change, keys }) {
  return (
    <Choice
      name="expectation" legend={<>{t('expected')}{keys === 'expectation' && <Keys />}</>} hidden={false} value={body.expectation} className="opts expect"
      options={SCALE.map((value) => ({ value, text: t(`expect.${value}`) }))}
      onChoose={(expectation) => change((old) => choose(old, 'expectation', expectation))}
    />
  )
}
