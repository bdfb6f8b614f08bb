import { useComputed } from '@preact/signals'
import { route } from '../state/router.js'
import { hush, spoken, t, toast, trouble, updateReady } from '../state/signals.js'
import { useNewVersion } from '../actions/service_worker.js'

/** What must be said on any screen: what happened, what went wrong, that a new version waits. */
export function Notices() {
  const capturing = useComputed(() => route.value.name === 'capture')
  return (
    <>
      <p class="vh spoken" role="status" aria-live="polite" data-testid="spoken">{spoken.value}</p>
      <div class="notices">
        {trouble.value && <Trouble kind={trouble.value} />}
        {updateReady.value && !capturing.value && <Update />}
        {toast.value && <Toast />}
      </div>
    </>
  )
}

function Trouble({ kind }) {
  const words = {
    full: [t('full.title'), t('full.text')], replaced: ['', t('update.closed')], broken: ['', t('broken.text')],
  }[kind]
  return (
    <div class="note note-under notice" role="alert">
      <span class="grow">{words[0] && <b>{words[0]}. </b>}{words[1]}</span>
      {kind === 'replaced'
        ? <button class="btn" onClick={() => location.reload()}>{t('update.reload')}</button>
        : <button class="btn btn-s" onClick={() => { trouble.value = null }}>{t('close')}</button>}
    </div>
  )
}

function Update() {
  return (
    <div class="toast" role="status">
      <span>{t('update.text')}</span>
      <button onClick={useNewVersion}>{t('update.button')}</button>
    </div>
  )
}

function Toast() {
  const { text, undo } = toast.value
  return (
    <div class="toast" role="status" data-testid="toast">
      <span>{text}</span>
      {undo && <button onClick={() => { hush(); undo() }}>{t('undo')}</button>}
    </div>
  )
}
