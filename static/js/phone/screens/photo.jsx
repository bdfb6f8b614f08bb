import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { BRUSHES } from '../device/redaction.js'
import { timeOfDay } from '../record/times.js'
import { Icon } from '../parts/icons.jsx'
import { HidingStage } from '../parts/redaction_stage.jsx'
import { discard, facesLeft, hideAll, hidesSomething, retake, undo, use, useAndTakeNext } from '../actions/photos.js'
import { observations, picture, t, zoneOf } from '../state/signals.js'
import { nameOf } from '../state/titles.js'

const WARNS = ['cut', 'blurred']

/** Before a picture is stored: look, hide, say what it shows. Only what is shown here is ever kept. */
export function PhotoStep() {
  const { observationId, at, camera } = picture.value
  const caption = useSignal('')
  const brush = useSignal('face')
  const busy = useSignal(false)
  const said = () => caption.value.trim()
  const heading = useRef(null)
  useEffect(() => { heading.current?.focus() }, [observationId])
  const record = observations.value.get(observationId)
  const run = (work) => async () => {
    if (busy.value) return
    busy.value = true
    try { await work() } finally { busy.value = false }
  }
  return (
    <div class="phone ph" data-theme="dark">
      <header class="phone-head">
        <button type="button" class="iconbtn head-back" aria-label={t('photo.discard')} onClick={run(discard)}><Icon name="cross" /></button>
        <div class="grow">
          <h1 class="head-xs" tabIndex={-1} ref={heading}>{t('photo.title')}</h1>
          <p class="small">{t('photo.at', { name: record ? nameOf(record) : '', time: timeOfDay(at, zoneOf(record?.visit_id)) })}</p>
        </div>
        <span class="sync ph-sync"><Icon name="lock" />{t('sync.notSaved')}</span>
      </header>
      <main class="shot">
        <HidingStage brush={brush.value} />
        <Hints shown={picture.value} />
      </main>
      <footer class="tools">
        <Brushes brush={brush} />
        <label class="ph-caption">
          <span class="vh">{t('photo.caption')}</span>
          <input
            class="input" maxLength="200" value={caption.value} placeholder={`${t('photo.caption')}? ${t('photo.captionHint')}`} autocomplete="off"
            onInput={(event) => { caption.value = event.currentTarget.value }}
          />
        </label>
        <div class="row ph-foot">
          <label class="btn btn-lg retake">
            <input class="pick" type="file" accept="image/*" capture={camera ? 'environment' : undefined} onChange={retake} />{t(camera ? 'photo.retake' : 'photo.other')}
          </label>
          {camera && (
            <label class="btn btn-lg btn-i one-more">
              <input class="pick" type="file" accept="image/*" capture="environment" aria-label={t('photo.next')} onChange={(event) => run(() => useAndTakeNext(event, said()))()} />
              <Icon name="camera" /><Icon name="plus" small />
            </label>
          )}
          <button type="button" class={busy.value ? 'btn btn-p btn-lg grow busy' : 'btn btn-p btn-lg grow'} onClick={run(() => use(said()))}>
            <Icon name="check" />{t('photo.use')}
          </button>
        </div>
      </footer>
    </div>
  )
}

/**
 * A blurred picture is said first: taking it again costs one tap now and cannot be done later.
 * All sentences lie in one place, as high as the longest, so that the picture stands still when they change.
 */
function Hints({ shown }) {
  const found = facesLeft(shown).length
  const says = shown.all ? 'hiddenAll' : hidesSomething(shown) ? 'hint' : shown.cut ? 'cut' : shown.blurred ? 'blurred' : found ? 'found' : 'hint'
  return (
    <div class="hints" role="status">
      {['hint', 'found', 'hiddenAll', 'cut', 'blurred'].map((name) => (
        <p key={name} class={`hint ${WARNS.includes(name) ? 'hint-warn' : ''} ${name === says ? '' : 'off'}`}>
          <Icon name={WARNS.includes(name) ? 'warn' : 'blocks'} /><span>{t(`photo.${name}`, { n: found || 1 })}</span>
        </p>
      ))}
    </div>
  )
}

/** How much one tap hides, one step back, or a tap shows again what is hidden. */
function Brushes({ brush }) {
  const { past, all } = picture.value
  return (
    <div class="toolrow">
      <div class="brushes" role="radiogroup" aria-label={t('photo.brush')}>
        {Object.keys(BRUSHES).map((name) => (
          <label key={name}>
            <input class="pick" type="radio" name="brush" value={name} checked={brush.value === name} onChange={() => { brush.value = name }} />
            <span class="cell"><i class={`dot dot-${name}`} />{t(`photo.brush.${name}`)}</span>
          </label>
        ))}
      </div>
      <Tool icon="undo" words="undo" off={past.length === 0} onClick={undo} />
      <Tool icon="erase" words="photo.show" on={!brush.value} onClick={() => { brush.value = brush.value ? null : 'face' }} />
      <Tool icon="blocks" words="photo.hideAll" on={all} onClick={hideAll} testid="hide-all" />
    </div>
  )
}

function Tool({ icon, words, on, off, onClick, testid }) {
  return <button type="button" class={on ? 'on' : ''} data-testid={testid} aria-pressed={on} aria-disabled={off} onClick={onClick}><Icon name={icon} />{t(words)}</button>
}
