// The frame of a phone screen: head with the save state always at the top right, main, foot, tab bar.
import { Icon } from './icons.jsx'
import { address } from '../state/router.js'
import { t, unfinished, waitingCount } from '../state/signals.js'
import { whereIn } from '../state/where.js'
import { Sync } from './sync.jsx'

export function Head({ title, sub, back, size = 'l', sync = 'line', before }) {
  return (
    <header class="phone-head">
      {back && <a class="iconbtn head-back" href={back} aria-label={t('back')}><Icon name="left" /></a>}
      {before}
      <div class="grow">
        <h1 class={`head-${size}`} tabIndex={-1}>{title}</h1>
        {sub && <p class="small muted">{sub}</p>}
      </div>
      <Sync variant={sync} />
    </header>
  )
}

export function TabBar({ now }) {
  const [visit, more] = unfinished.value
  const tabs = [
    ['today', 'today', address('today')], ['visit', 'path', !more && visit?.body.status === 'in_progress' ? whereIn(visit) : address('visit')],
    ['outbox', 'outbox', address('outbox')], ['me', 'me', address('me')],
  ]
  return (
    <nav class="tabbar" aria-label={t('nav.main')}>
      {tabs.map(([name, icon, href]) => (
        <a key={name} href={href} aria-current={name === now ? 'page' : undefined}>
          <Icon name={icon} />
          {name === 'outbox' && waitingCount.value > 0 && <span class="count">{waitingCount.value}</span>}
          {t(`nav.${name}`)}
        </a>
      ))}
    </nav>
  )
}

/** A group of rows under a small heading. */
export function Group({ title, aside, children }) {
  return (
    <section class="stack stack-2">
      <div class="grp"><h2>{title}</h2>{aside}</div>
      {children}
    </section>
  )
}
