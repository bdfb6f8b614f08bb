import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { placeOf, readEye } from '../record/leniency.js'
import { echo, learnEcho } from '../actions/outcomes.js'
import { Icon } from './icons.jsx'
import { addressOf } from '../actions/media.js'
import { comma, language, list, named, t } from '../state/signals.js'
import { channelName } from '../state/titles.js'
import { Group } from './frame.jsx'

const FIRST = 3
const STEPS = ['noted', 'in_work', 'proven']

/** What became of what I noted comes first: it is why one notes at all. */
export function Echo() {
  useEffect(() => { learnEcho().catch(() => {}) }, [])
  const all = useSignal(false)
  const known = echo.value
  if (known?.unreadable?.length) return <><Unreadable pictures={known.unreadable} /><Noted known={known} all={all} /></>
  return <Noted known={known} all={all} />
}

function Unreadable({ pictures }) {
  const places = list([...new Set(pictures.map(({ place }) => (place ? named(place) : t('visit.offMap'))))])
  return <p class="note note-sun"><Icon name="info" /><span>{t('echo.unreadable', { n: pictures.length, places })}</span></p>
}

function Noted({ known, all }) {
  if (!known?.items.length) return null
  const shown = all.value ? known.items : known.items.slice(0, FIRST)
  return (
    <Group title={t('echo.title')} aside={<span class="small muted">{t('echo.soFar', { n: known.total })}</span>}>
      <ul class="card list rows">{shown.map((item) => <li key={item.id} class={item.photo ? 'echo' : 'echo wide'}><Item item={item} /></li>)}</ul>
      {shown.length < known.items.length && <button class="btn btn-q" onClick={() => { all.value = true }}>{t('echo.all', { n: known.items.length })}<Icon name="down" small /></button>}
    </Group>
  )
}

function Item({ item }) {
  const title = item.title || `${named(item.place)}${comma()}${channelName(item.channel)}`
  const [before, after] = t(`echo.${item.state === 'declined' ? 'declined' : item.step}`, { title: '\n' }).split('\n')
  return (
    <>
      {item.photo && <Picture id={item.photo} />}
      <div>
        <p>{before}<b>{title}</b>{after}{item.others > 0 && `${language.value === 'zh' ? '' : ' '}${t('echo.others', { n: item.others })}`}</p>
        <Track step={item.step} />
      </div>
    </>
  )
}

/** From this phone while it is still here, else from the server; without either the words are enough. */
function Picture({ id }) {
  const url = useSignal(null)
  useEffect(() => { addressOf(id).then((here) => { url.value = here ?? `/photos/${id}?size=400` }, () => {}) }, [id])
  if (!url.value) return null
  return <img class="photo" src={url.value} alt={t('echo.photo')} onError={() => { url.value = null }} />
}

function Track({ step }) {
  const at = STEPS.indexOf(step)
  return (
    <ol class={`track at-${step}`} aria-label={t(`track.${step}`)}>
      {STEPS.map((name, index) => <li key={name} class={index <= at ? 'past' : ''} aria-current={index === at ? 'step' : undefined}>{t(`track.${name}`)}</li>)}
    </ol>
  )
}

/** Said kindly, seen by me only, and only once there is enough to go on. */
export function MyEye() {
  const eye = echo.value?.eye
  if (!eye) return null
  const { points, how, low, high, value } = readEye(eye)
  const [from, to, at] = [low, high, value].map(placeOf)
  return (
    <Group title={t('eye.title')} aside={<span class="small muted row"><Icon name="lock" small />{t('eye.onlyMe')}</span>}>
      <div class="card eye">
        <p>{t(`eye.${how}`, { n: points })} {t('eye.evened')}</p>
        <svg class="eye-bar" width="100%" height="34" role="img" aria-label={t('eye.range', { low, high })}>
          <defs><linearGradient id="eye-soft"><stop offset="0" class="eye-stop" stop-opacity=".16" /><stop offset=".5" class="eye-stop" /><stop offset="1" class="eye-stop" stop-opacity=".16" /></linearGradient></defs>
          <line class="eye-line" x1="0" x2="100%" y1="17" y2="17" /><line class="eye-middle" x1="50%" x2="50%" y1="2" y2="32" />
          <rect x={`${from}%`} y="11" width={`${to - from}%`} height="12" fill="url(#eye-soft)" />
          <line class="eye-end" x1={`${from}%`} x2={`${from}%`} y1="9" y2="25" /><line class="eye-end" x1={`${to}%`} x2={`${to}%`} y1="9" y2="25" />
          <circle class="eye-dot" cx={`${at}%`} cy="17" r="5" />
        </svg>
        <div class="eye-words" aria-hidden="true"><span>{t('eye.left')}</span><span>{t('eye.middle')}</span><span>{t('eye.right')}</span></div>
      </div>
    </Group>
  )
}
