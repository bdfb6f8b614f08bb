import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { mayPhotograph } from '../record/consent.js'
import { progress } from '../record/counts.js'
import { setCaption } from '../record/records.js'
import { shortClock } from '../record/times.js'
import { Icon } from './icons.jsx'
import { edit } from '../actions/local_records.js'
import { takeBack } from '../actions/media.js'
import { chooseFiles } from '../actions/photos.js'
import { address } from '../state/router.js'
import { observationsOf, photos, t } from '../state/signals.js'
import { visitTitle } from '../state/titles.js'
import { Picker } from './picker.jsx'
import { PinLayer, PinNotes } from './pins.jsx'
import { Thumb } from './thumb.jsx'

/** At a desk: the screenshots large beside the pad, in the order of their times; more by pasting or dropping. */
export function DeskStage({ record, visit, journey }) {
  const list = record.body.photos
  const chosen = useSignal(null)
  const shown = list.find((photo) => photo.id === chosen.value) ?? list[list.length - 1]
  const allowed = mayPhotograph(visit)
  usePasting(record.id, allowed)
  const drop = (event) => {
    event.preventDefault()
    if (allowed) chooseFiles(event.dataTransfer.files, record.id)
  }
  return (
    <section class="stage-desk" aria-label={t('desk.stage')} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <DeskHead visit={visit} journey={journey} />
      {shown ? <Large record={record} photo={shown} number={list.indexOf(shown) + 1} /> : <p class="stage-none muted">{t(allowed ? 'desk.none' : 'photo.declined')}</p>}
      <nav class="strip" aria-label={t('desk.strip')}>
        {list.map((photo, index) => (
          <button key={photo.id} type="button" aria-current={photo === shown ? 'true' : undefined} onClick={() => { chosen.value = photo.id }}>
            <Thumb photo={photo} number={index + 1} /><span><b class="clip2">{photo.caption || index + 1}</b><span class="num">{sinceOpened(record, photo)}</span></span>
          </button>
        ))}
        {allowed && <Picker record={record} className="gallery strip-add" words={<span>{t('desk.paste')}</span>} />}
      </nav>
    </section>
  )
}

function DeskHead({ visit, journey }) {
  const { seen, of } = progress(visit, observationsOf(visit.id), journey)
  return (
    <header class="desk-head">
      <a class="iconbtn head-back" href={address('visit', visit.id)} aria-label={t('capture.map')}><Icon name="left" /></a>
      <span class="strong">{visitTitle(visit)}</span>
      {visit.body.mode === 'walked' && <span class="small muted">{t('start.walked')}</span>}
      <progress class="prog" max={of} value={seen} aria-label={t('visit.seenOf', { seen, of })} />
      <span class="small muted nowrap">{t('visit.seenOf', { seen, of })}</span>
    </header>
  )
}

function Large({ record, photo, number }) {
  const write = (event) => { const { value } = event.currentTarget; edit('observation', record.id, (body) => setCaption(body, photo.id, value)) }
  return (
    <div class="large">
      <div class="pinned"><Thumb photo={photo} number={number} /><PinLayer record={record} photo={photo} /></div>
      <div class="stack stack-2 pin-side">
        <p class="eyebrow">{t('desk.screenAt', { n: number, clock: sinceOpened(record, photo) })}</p>
        <label class="field"><span>{t('photo.caption')}</span>
          <textarea class="input" rows="2" maxLength="200" value={photo.caption ?? ''} placeholder={t('photo.captionHint')} onInput={write} /></label>
        <PinNotes record={record} photo={photo} />
        <div><button type="button" class="btn btn-q" onClick={() => takeBack(photos.value.get(photo.id))}><Icon name="bin" small />{t('photo.remove')}</button></div>
      </div>
    </div>
  )
}

/** When a screen was taken, counted from the opening of this touchpoint. */
function sinceOpened(record, photo) {
  const taken = photos.value.get(photo.id)?.taken_at ?? Date.parse(record.body.observed_at)
  return shortClock((taken - Date.parse(record.body.observed_at)) / 1000)
}

function usePasting(id, allowed) {
  useEffect(() => {
    const paste = (event) => {
      const files = [...event.clipboardData.files].filter((file) => file.type.startsWith('image/'))
      if (files.length === 0 || !allowed) return
      event.preventDefault()
      chooseFiles(files, id)
    }
    addEventListener('paste', paste)
    return () => removeEventListener('paste', paste)
  }, [id, allowed])
}
