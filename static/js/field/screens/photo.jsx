import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { timeOfDay } from '../../times.js'
import { Icon } from '../icons.jsx'
import { discard, toggleHidden, use } from '../pictures.js'
import { observations, picture, t } from '../state.js'
import { nameOf } from '../visiting.js'

/** Before a picture is stored: look, hide, say what it shows. Only what is shown here is ever kept. */
export function PhotoStep() {
  const { url, hidden, observationId, at } = picture.value
  const caption = useSignal('')
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
        <div class="grow">
          <h1 class="head-s" tabIndex={-1} ref={heading}>{t('photo.title')}</h1>
          <p class="small">{t('photo.at', { name: record ? nameOf(record) : '', time: timeOfDay(at) })}</p>
        </div>
        <span class="sync ph-sync"><Icon name="lock" />{t('sync.notSaved')}</span>
      </header>
      <main class="shot">
        <img src={url} alt={t(hidden ? 'photo.previewHidden' : 'photo.preview')} />
        <p class="hint"><Icon name="blocks" /><span>{t(hidden ? 'photo.hidden' : 'photo.hint')}</span></p>
      </main>
      <footer class="tools">
        <div class="toolrow">
          <button type="button" aria-pressed={Boolean(hidden)} class={hidden ? 'on' : ''} onClick={run(toggleHidden)}>
            <Icon name={hidden ? 'undo' : 'blocks'} />{t(hidden ? 'photo.show' : 'photo.hide')}
          </button>
          <label class="ph-caption">
            <span class="vh">{t('photo.caption')}</span>
            <input
              class="input" maxLength="200" value={caption.value} placeholder={`${t('photo.caption')}? ${t('photo.captionHint')}`} autocomplete="off"
              onInput={(event) => { caption.value = event.currentTarget.value }}
            />
          </label>
        </div>
        <div class="row ph-foot">
          <button type="button" class="btn btn-lg" onClick={run(discard)}>{t('photo.discard')}</button>
          <button type="button" class={busy.value ? 'btn btn-p btn-lg grow busy' : 'btn btn-p btn-lg grow'} onClick={run(() => use(caption.value.trim()))}>
            <Icon name="check" />{t('photo.use')}
          </button>
        </div>
      </footer>
    </div>
  )
}
