// The camera of a place that is looked at again: the old picture stands over the new one, so that both show the same spot.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { isRated } from '../record/counts.js'
import { choose, chooseFiles } from '../actions/photos.js'
import { entries, t } from '../state/signals.js'
import { Icon } from './icons.jsx'
import { Sheet } from './sheet.jsx'

/**
 * The address of the picture from before, once the server has the rating; null while there is none. A place is rated
 * first and seen as it was afterwards; only visits from the plan look at anything again.
 */
export function useBefore({ id, body, unqueued }, visit) {
  const address = `/api/v1/observations/${id}/before-photo`
  const shown = useSignal(null)
  const ready = visit.body.plan_id && isRated(body) && !unqueued && entries.value.get(id)?.state === 'done'
  useEffect(() => {
    if (ready) Object.assign(new Image(), { src: address, onload: () => { shown.value = address } })
  }, [ready, address])
  return shown.value
}

/** Where this phone has no camera for pages, its own camera opens, and the old picture stands above the button. */
export function GhostCamera({ record, before, onClose }) {
  const film = useRef(null)
  const running = useSignal(null)
  useEffect(() => {
    let live = true
    let stream = null
    const stop = () => stream?.getTracks().forEach((track) => track.stop())
    opened().then((found) => {
      stream = found
      if (!live) stop()
      else film.current.srcObject = found
    }, () => { if (live) running.value = false })
    return () => { live = false; stop() }
  }, [])
  const shoot = async () => {
    const { videoWidth: width, videoHeight: height } = film.current
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    canvas.getContext('2d').drawImage(film.current, 0, 0)
    const blob = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', .95) })
    onClose()
    chooseFiles([blob], record.id, true)
  }
  return (
    <Sheet title={t('camera.title')} onClose={onClose} className="again">
      <div class="finder">
        {running.value !== false && <video ref={film} autoplay muted playsInline onPlaying={() => { running.value = true }} />}
        <img src={before} alt={t('camera.before')} class={running.value === false ? '' : 'over'} />
      </div>
      <p class="small">{t(running.value === false ? 'camera.beside' : 'camera.over')}</p>
      {running.value === false
        ? <label class="btn btn-p btn-lg"><input class="pick" type="file" accept="image/*" capture="environment" onChange={(event) => { onClose(); choose(event, record.id, true) }} /><Icon name="camera" />{t('capture.photo')}</label>
        : <button type="button" class="btn btn-p btn-lg" aria-disabled={!running.value} onClick={() => running.value && shoot()}><Icon name="camera" />{t('capture.photo')}</button>}
      <button type="button" class="btn" onClick={(event) => event.currentTarget.closest('dialog').close()}>{t('close')}</button>
    </Sheet>
  )
}

const opened = async () => navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1600 } } })
