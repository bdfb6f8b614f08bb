import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { makeRescue } from '../device/rescue.js'
import { fileSize } from '../state/describe.js'
import { Icon } from './icons.jsx'
import { queueAll, store } from '../actions/local_records.js'
import { isoDate } from '../record/times.js'
import { people, say, t, zoneHere } from '../state/signals.js'

/** For the day on which a phone cannot send any more: all that waits, in a file, passed on by hand. */
export function Rescue() {
  const busy = useSignal(false)
  const made = useSignal(null)
  useEffect(() => () => { if (made.value) URL.revokeObjectURL(made.value.url) }, [])
  const make = async () => {
    if (busy.value) return
    busy.value = true
    try {
      made.value = await prepare()
      if (!made.value) say(t('rescue.none'))
    } catch {
      say(t('rescue.failed'))
    }
    busy.value = false
  }
  return (
    <div class="card rows">
      <button type="button" class="set" onClick={make}>
        <Icon name="saved" />
        <span class="grow"><b class="strong">{t('rescue.title')}</b><span class="small muted sub">{t('rescue.sub')}</span></span>
        <span class={busy.value ? 'busy' : ''} />
      </button>
      {made.value && <Made {...made.value} />}
    </div>
  )
}

async function prepare() {
  await queueAll()
  const { blob, records, photos } = await makeRescue({ store, from: location.origin, people: people.value })
  if (!blob) return null
  const file = new File([blob], `shadowing-rescue-${isoDate(Date.now(), zoneHere())}.txt`, { type: 'text/plain' })
  return { file, records, photos, url: URL.createObjectURL(file) }
}

/** Sharing must follow a tap at once, so the file is made first and passed on by a second tap. */
function Made({ file, records, photos, url }) {
  const sharing = navigator.canShare?.({ files: [file] })
  const share = () => navigator.share({ files: [file] }).catch(() => {}) // the person thought better of it
  return (
    <div class="set rescue" role="status">
      <p class="grow small">{t('rescue.ready', { n: records, photos, size: fileSize(file.size) })}</p>
      {sharing && <button type="button" class="btn btn-s" onClick={share}>{t('rescue.share')}</button>}
      <a class="btn btn-s" href={url} download={file.name}>{t('rescue.save')}</a>
    </div>
  )
}
