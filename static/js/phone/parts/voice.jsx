import { useEffect } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import { shortClock } from '../record/times.js'
import { Icon } from './icons.jsx'
import { steady } from '../device/steady.js'
import { addressOf, takeBack } from '../actions/media.js'
import { photos, t } from '../state/signals.js'
import { canRecord, listening, record, stop } from '../actions/voice.js'

/** Said instead of typed. Leaving the panel ends the recording and keeps it. */
export function Microphone({ id }) {
  const on = listening.value?.observationId === id
  useEffect(() => stop, [id])
  if (!canRecord()) return null
  return on
    ? <button type="button" class="btn voice-b on" onClick={stop}><Icon name="stop" /><Running since={listening.value.began} /></button>
    : <button type="button" class="btn btn-i voice-b" aria-label={t('voice.record')} onClick={() => record(id)}><Icon name="mic" /></button>
}

/** What was said, to be heard and taken back; whose voice may be in it. */
export function VoiceNotes({ id, sounds }) {
  const on = listening.value?.observationId === id
  if (!on && sounds.length === 0) return null
  return (
    <div class="voice">
      {sounds.map((sound, index) => <Spoken key={sound.id} sound={sound} n={index + 1} />)}
      <p class="small muted">{t('voice.hint')}</p>
    </div>
  )
}

function Running({ since }) {
  const now = useSignal(steady.now())
  useEffect(() => {
    const beat = setInterval(() => { now.value = steady.now() }, 500)
    return () => clearInterval(beat)
  }, [])
  return <span class="num">{t('voice.stop', { clock: shortClock((now.value - since) / 1000) })}</span>
}

function Spoken({ sound, n }) {
  const url = useSignal(null)
  useEffect(() => { addressOf(sound.id).then((address) => { url.value = address }, () => {}) }, [sound.id])
  const name = t('voice.one', { n, clock: shortClock(sound.seconds ?? 0) })
  const kept = photos.value.get(sound.id)
  return (
    <div class="voice-one">
      {url.value
        ? <audio class="grow" controls preload="metadata" src={url.value} aria-label={name} />
        : <span class="grow small muted">{name}, {t('voice.gone')}</span>}
      {kept && <button type="button" class="btn btn-i" aria-label={t('voice.remove', { n })} onClick={() => takeBack(kept)}><Icon name="bin" /></button>}
    </div>
  )
}
