// Voice notes: the microphone listens for a minute at most; what was said is stored like a photo.
import { signal } from '@preact/signals'
import { fingerprint, newId } from '../record/ids.js'
import { steady } from '../device/steady.js'
import { keepMedium } from './media.js'
import { observations, say, t } from '../state/signals.js'

export const LONGEST = 60_000
const KINDS = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
const BITS = 32_000 // a second: plenty for a voice, 240 kB a minute

/** { observationId, began } while the microphone listens. */
export const listening = signal(/** @type {{ observationId: string, began: number } | null} */ (null))
/** @type {MediaRecorder | null} */
let recorder = null

export function canRecord() {
  return Boolean(/** @type {unknown} */ (navigator.mediaDevices?.getUserMedia) && globalThis.MediaRecorder && kind())
}

/** Asks for the microphone and listens until `stop`, the minute is over or the page is left. @param {string} observationId */
export async function record(observationId) {
  if (listening.value) return
  let stream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch {
    say(t('voice.denied'))
    return
  }
  /** @type {Blob[]} */
  const parts = []
  recorder = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: BITS })
  const began = steady.now()
  const late = setTimeout(stop, LONGEST)
  recorder.addEventListener('dataavailable', ({ data }) => { if (data.size) parts.push(data) })
  recorder.addEventListener('stop', () => {
    clearTimeout(late)
    for (const track of stream.getTracks()) track.stop()
    listening.value = null
    keepSpoken(observationId, new Blob(parts), /** @type {MediaRecorder} */ (recorder).mimeType, (steady.now() - began) / 1000)
  })
  recorder.start()
  listening.value = { observationId, began }
}

export function stop() {
  if (recorder?.state === 'recording') recorder.stop()
}

// A phone put away must not go on listening, and what was said until then is not lost.
document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') stop() })

/** @param {string} observationId @param {Blob} blob @param {string} type @param {number} seconds */
async function keepSpoken(observationId, blob, type, seconds) {
  const owner = observations.value.get(observationId)
  if (!owner || blob.size === 0) return
  const data = await blob.arrayBuffer()
  await keepMedium({
    id: newId(), kind: 'sound', observation_id: observationId, visit_id: owner.visit_id, maker: owner.maker,
    sha256: await fingerprint(data), bytes: data.byteLength, seconds: Math.round(seconds * 10) / 10,
    type: type.split(';')[0], taken_at: Date.now(),
  }, data)
}

function kind() {
  return KINDS.find((one) => MediaRecorder.isTypeSupported(one))
}
