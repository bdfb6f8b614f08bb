import { useSignal } from '@preact/signals'
import { Brand, Face, MiniPyramid } from '../parts/drawings.jsx'
import { Icon } from '../parts/icons.jsx'
import { address, go } from '../state/router.js'
import { change } from '../state/settings.js'
import { t } from '../state/signals.js'

const PICTURES = [
  () => <Brand />,
  () => <><MiniPyramid level="utility" /><MiniPyramid level="usability" /><MiniPyramid level="delight" /><Face emotion={2} /></>,
  () => <Icon name="saved" />,
]

/** Three screens for whoever holds this for the first time: what it is about, how it is done, that nothing is lost. */
export function Welcome() {
  const at = useSignal(0)
  const last = at.value === PICTURES.length - 1
  const done = () => { change({ welcomed: true }); go('today', null, { replace: true }) }
  const Picture = PICTURES[at.value]
  return (
    <div class="phone welcome">
      <main class="nobody-main">
        <div class="welcome-art" aria-hidden="true"><Picture /></div>
        <h1 tabIndex={-1}>{t(`welcome.${at.value}.title`)}</h1>
        <p class="lede">{t(`welcome.${at.value}.text`)}</p>
        <p class="small muted" role="status">{t('welcome.of', { n: at.value + 1, of: PICTURES.length })}</p>
      </main>
      <footer class="phone-foot">
        {last
          ? <><button class="btn btn-lg" onClick={done}>{t('welcome.done')}</button>
            <a class="btn btn-p btn-lg grow" href={address('start')} onClick={() => change({ welcomed: true })}>{t('welcome.practise')}<Icon name="forward" /></a></>
          : <><button class="btn btn-lg" onClick={done}>{t('welcome.skip')}</button>
            <button class="btn btn-p btn-lg grow" onClick={() => { at.value += 1 }}>{t('capture.next')}<Icon name="forward" /></button></>}
      </footer>
    </div>
  )
}
