import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { BRUSHES } from '../device/redaction.js'
import { timeOfDay } from '../record/times.js'
import { Icon } from '../parts/icons.jsx'
import { HidingStage } from '../parts/redaction_stage.jsx'
import { discard, hideAll, hidesSomething, retake, showLast, use } from '../actions/photos.js'
import { observations, picture, t, zoneOf } from '../state/signals.js'
import { nameOf } from '../state/titles.js'

/** Before a picture is stored: look, hide, say what it shows. Only what is shown here is ever kept. */
export function PhotoStep() {
  const { observationId, at, blurred, camera } = picture.value
  const caption = useSignal('')
  const brush = useSignal('face')
  const busy = useSignal(false)
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
        <Hint shown={picture.value} blurred={blurred} />
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
          <button type="button" class={busy.value ? 'btn btn-p btn-lg grow busy' : 'btn btn-p btn-lg grow'} onClick={run(() => use(caption.value.trim()))}>
            <Icon name="check" />{t('photo.use')}
          </button>
        </div>
      </footer>
    </div>
  )
}

/** A blurred picture is said first: taking it again costs one tap now and cannot be done later. */
function Hint({ shown, blurred }) {
  const hidden = hidesSomething(shown)
  if (blurred && !hidden) return <p class="hint hint-warn" role="status"><Icon name="warn" /><span>{t('photo.blurred')}</span></p>
  const words = shown.all ? 'photo.hiddenAll' : hidden ? 'photo.hidden' : 'photo.hint'
  return <p class="hint"><Icon name="blocks" /><span>{t(words)}</span></p>
}

function Brushes({ brush }) {
  const shown = picture.value
  const hidden = hidesSomething(shown)
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
      <button type="button" aria-disabled={!hidden} onClick={() => hidden && showLast()}><Icon name="undo" />{t('photo.show')}</button>
      <button type="button" data-testid="hide-all" aria-pressed={shown.all} class={shown.all ? 'on' : ''} onClick={hideAll}><Icon name="blocks" />{t('photo.hideAll')}</button>
    </div>
  )
}
