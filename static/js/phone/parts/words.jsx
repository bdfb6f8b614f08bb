import { MARKS, NOTE_LIMIT } from '../record/vocabulary.js'
import { declined, maySpeak } from '../record/consent.js'
import { nameIn } from '../record/names.js'
import { phrasesFor } from '../record/phrases.js'
import { addPhrase, choose, setText } from '../record/records.js'
import { Icon } from './icons.jsx'
import { MARK_ICON } from './icons_lazy.js'
import { edit } from '../actions/local_records.js'
import { language, observations, t } from '../state/signals.js'
import { Choice } from './choices.jsx'
import { SeriousRow } from './serious.jsx'
import { Microphone, VoiceNotes } from './voice.jsx'

/** The customer's own words, what I saw, what it is, and how grave. */
export function WordsPanel({ record, visit, touchpoint }) {
  const { body, id } = record
  const change = (step) => edit('observation', id, step)
  return (
    <div class="panel p-words">
      {declined(visit)
        ? <p class="note note-tint">{t('words.quoteOff')}</p>
        : <Text field="quote" label={t('words.quote')} body={body} change={change} />}
      <div class="said">
        <Text field="note" label={t('words.note')} hint={t('words.noteHint')} body={body} change={change} />
        {maySpeak(visit) && <Microphone id={id} />}
      </div>
      <VoiceNotes id={id} sounds={body.sounds ?? []} />
      <Phrases phrases={phrasesFor(touchpoint, myNotes(record), language.value)} change={change} />
      <Choice
        name="mark" legend={t('words.mark')} value={body.mark}
        options={MARKS.map((slug) => ({ value: slug, icon: <Icon name={MARK_ICON[slug]} />, text: t(`mark.${slug}`) }))}
        onChoose={(slug) => change((old) => choose(old, 'mark', slug))}
      />
      <SeriousRow record={record} />
    </div>
  )
}

/** What this person noted on this phone, but for what is being written just now. */
function myNotes({ id, maker }) {
  return [...observations.value.values()].filter((one) => one.maker === maker && one.id !== id).map((one) => one.body)
}

function Text({ field, label, hint, body, change }) {
  const value = body[field] ?? ''
  const name = nameIn(value)
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        class="input" rows="2" maxLength={NOTE_LIMIT} placeholder={hint} value={value} enterkeyhint="done"
        onInput={(event) => { const { value: text } = event.currentTarget; change((old) => setText(old, field, text)) }}
      />
      {name && <span class="name-like" role="status"><Icon name="person" small />{t('words.name', { name })}</span>}
      {value.length >= NOTE_LIMIT && <span class="err" role="alert">{t('words.limit')}</span>}
    </label>
  )
}

function Phrases({ phrases, change }) {
  if (phrases.length === 0) return null
  return (
    <div class="phr">
      {phrases.map((phrase) => (
        <button key={phrase} type="button" class="filter" onClick={() => change((body) => addPhrase(body, phrase))}>
          <Icon name="plus" />{phrase}
        </button>
      ))}
    </div>
  )
}
