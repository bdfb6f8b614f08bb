import { Icon } from './icons.jsx'
import { choose } from '../actions/photos.js'
import { t } from '../state/signals.js'

/** A field for pictures: straight from the camera, or several from the gallery. */
export function Picker({ record, camera = false, words, className = 'gallery', onChosen }) {
  return (
    <label class={className}>
      <input
        class="pick" type="file" accept="image/*" multiple={!camera} capture={camera ? 'environment' : undefined}
        aria-label={words ? undefined : t(camera ? 'capture.photo' : 'capture.gallery')}
        onChange={(event) => { choose(event, record.id, camera); onChosen?.() }}
      />
      <Icon name={camera ? 'camera' : 'image'} />{words}
    </label>
  )
}
