import { useSignal } from '@preact/signals'
import { HEARD_FROM, LABEL_LIMIT } from '../record/vocabulary.js'
import { newCode } from '../record/codes.js'
import { agreed } from '../record/consent.js'
import { canFingerprint } from '../record/ids.js'
import { Chips, Choice, Select } from '../parts/choices.jsx'
import { ConsentScreen } from '../parts/consent.jsx'
import { Head } from '../parts/frame.jsx'
import { Icon } from '../parts/icons.jsx'
import { Unfinished } from '../parts/unfinished.jsx'
import { CHANNEL_ICON } from '../parts/icons_lazy.js'
import { address } from '../state/router.js'
import { draftFrom } from '../actions/visit_form.js'
import { carry, comma, formJourney, myVisits, named, t, unfinished, language, zoneAt } from '../state/signals.js'
import { channelName } from '../state/titles.js'
import { startPractice, startVisit } from '../actions/visit.js'
import { stamp, timeOfDay, zoneName } from '../record/times.js'

const SCENARIOS = ['first', 'returning', 'child', 'hurry', 'help']

/** Planned visits arrive filled in; without a plan the likeliest answers stand there already. */
export function Start({ id }) {
  const body = carry.value?.body
  const form = useSignal(null)
  const code = useSignal(canFingerprint() ? newCode() : null)
  const asking = useSignal(null) // what follows once the phone comes back from the customer
  if (!form.value && body?.journeys.length) form.value = draftFrom(id, body)
  const set = (part) => { form.value = { ...form.value, ...part } }
  if (!form.value) return <NotYet />
  formJourney.value = form.value.journey_id
  const begin = () => {
    const { consent, ...given } = form.value
    const answer = given.mode === 'walked' || !consent ? { answer: 'not_asked', at: stamp() } : consent
    startVisit({ ...given, consent: answer }, ['yes', 'no'].includes(answer.answer) ? code.value : null)
  }
  const goOn = (event) => {
    event.preventDefault()
    if (form.value.mode === 'shadowed' && !form.value.consent) asking.value = begin
    else begin()
  }
  const returned = (consent) => {
    const follow = asking.value
    asking.value = null
    set({ consent })
    if (consent?.answer === 'yes') follow()
  }
  const shadowed = form.value.mode === 'shadowed'
  return (
    <form class="phone" onSubmit={goOn}>
      <Head title={t('start.title')} back={address('today')} size="m" />
      <main class="start">
        <Unfinished list={unfinished.value.filter((visit) => !visit.body.practice)} told={t('start.alreadyOpen')} />
        <Where form={form.value} set={set} body={body} />
        <How form={form.value} set={set} />
        {shadowed && <Whom form={form.value} set={set} body={body} />}
        <Purpose form={form.value} set={set} />
        {shadowed && <Agreement form={form.value} set={set} onAsk={() => { asking.value = () => {} }} />}
      </main>
      <footer class="phone-foot">
        <button type="button" class="btn btn-lg" onClick={() => startPractice(form.value)}>{t('start.practise')}</button>
        <button class="btn btn-p btn-lg grow">{t(shadowed ? (form.value.consent ? 'start.go' : 'consent.ask') : 'start.goWalk')}<Icon name="forward" /></button>
      </footer>
      {asking.value && (
        <ConsentScreen journey={body.journeys.find((one) => one.id === form.value.journey_id)} consent={form.value.consent} code={code.value} onDone={returned} />
      )}
    </form>
  )
}

/** What the customer said, or that they are asked next. */
function Agreement({ form, set, onAsk }) {
  const { consent, customer_label: label } = form
  const answer = consent?.answer
  const words = { yes: () => t(agreed(consent)), no: () => t('consent.declined'), not_asked: () => t('consent.notAsked') }[answer]
  const name = label?.trim()
  return (
    <section class="card agreed" aria-labelledby="agreed-title">
      <h2 id="agreed-title" class="cap-row"><b>{t('consent')}</b></h2>
      <p>{words ? words() : name ? t('consent.turn', { name }) : t('consent.turnAnyone')}</p>
      <div class="agreed-ways">
        {answer && <button type="button" class="btn" onClick={onAsk}>{t(answer === 'not_asked' ? 'consent.ask' : 'consent.again')}</button>}
        {answer === 'no' && <button type="button" class="btn" onClick={() => set({ mode: 'walked', consent: null, customer_label: null })}>{t('consent.walk')}</button>}
        {!answer && <button type="button" class="btn" onClick={() => set({ consent: { answer: 'not_asked', at: stamp() } })}>{t('consent.skip')}</button>}
      </div>
    </section>
  )
}

function NotYet() {
  return (
    <div class="phone">
      <Head title={t('start.title')} back={address('today')} size="m" />
      <main><p class="note note-sun">{t('today.noCarry')}</p></main>
    </div>
  )
}

function Where({ form, set, body }) {
  const journey = body.journeys.find((one) => one.id === form.journey_id)
  const channels = channelsOf(journey)
  const plan = form.plan
  const site = body.sites.find((one) => one.id === form.site_id)
  return (
    <section class="card rows">
      <Select
        className="from" label={t('start.journey')} value={form.journey_id}
        options={body.journeys.map((one) => ({ value: one.id, text: named(one.name) }))}
        onChoose={(journey_id) => set({ journey_id, wanted: [], persona_id: null })}
      >
        <Icon name="path" />
        <span class="grow"><b class="strong">{named(journey?.name)}</b>
          <span class="small muted sub">{t('start.version', { n: journey?.version })}{plan && `${comma()}${t('start.planned', { time: [timeOfDay(plan.starts_at, zoneAt(plan.site_id)), zoneName(plan.starts_at, language.value, zoneAt(plan.site_id))].filter(Boolean).join(' ') })}`}</span>
        </span>
        <Icon name="down" small />
      </Select>
      <div class="where">
        <Select
          className="pickone" label={t('start.site')} value={form.site_id}
          options={[...(form.site_id ? [] : [{ value: '', text: t('start.anySite') }]), ...body.sites.map((one) => ({ value: one.id, text: named(one.name) }))]}
          onChoose={(site_id) => set(siteChoice(site_id, body))}
        >
          <Icon name="place" /><span class="grow clip">{site ? named(site.name) : t('start.anySite')}</span><Icon name="down" />
        </Select>
        <Select
          className="pickone" label={t('start.channel')} value={form.channel}
          options={channels.map((slug) => ({ value: slug, text: channelName(slug) }))} onChoose={(channel) => set({ channel })}
        >
          <Icon name={CHANNEL_ICON[form.channel] ?? 'person'} /><span class="grow clip">{channelName(form.channel)}</span><Icon name="down" />
        </Select>
      </div>
    </section>
  )
}

/** At a competitor's we walk ourselves: their customers are not ours to follow. */
function siteChoice(site_id, body) {
  const competitor = body.sites.find((one) => one.id === site_id)?.kind === 'competitor'
  return competitor ? { site_id, mode: 'walked' } : { site_id }
}

function channelsOf(journey) {
  const all = (journey?.stages ?? []).flatMap((stage) => stage.touchpoints.flatMap((touchpoint) => touchpoint.channels))
  return [...new Set(all)]
}

function How({ form, set }) {
  return (
    <Choice
      name="mode" legend={t('start.how')} hidden={false} className="opts opts-2 opts-out" value={form.mode}
      options={[
        { value: 'shadowed', icon: <Icon name="people" />, text: t('start.shadowed') },
        { value: 'walked', icon: <Icon name="walk" />, text: t('start.walked') },
      ]} onChoose={(mode) => set({ mode })}
    />
  )
}

function Whom({ form, set, body }) {
  const personas = body.personas.filter((one) => !one.journey_id || one.journey_id === form.journey_id)
  const persona = personas.find((one) => one.id === form.persona_id)
  return (
    <fieldset>
      <legend class="cap-row wide"><b>{t('start.whom')}</b><span>{t('start.asCalled')}</span></legend>
      <div class={personas.length ? 'who' : ''}>
        <input
          class="input" value={form.customer_label ?? ''} maxLength={LABEL_LIMIT} aria-label={t('start.called')} autocomplete="off"
          placeholder={t('start.calledHint')} onInput={(event) => set({ customer_label: event.currentTarget.value || null })}
        />
        {personas.length > 0 && (
          <Select
            className="input sel pickone" label={t('start.persona')} value={form.persona_id}
            options={[{ value: '', text: t('start.anyPersona') }, ...personas.map((one) => ({ value: one.id, text: named(one.name) }))]}
            onChoose={(persona_id) => set({ persona_id })}
          ><span class="clip">{persona ? named(persona.name) : t('start.anyPersona')}</span><Icon name="down" small /></Select>
        )}
      </div>
      <Chips
        name="scenario" label={t('start.scenario')} value={form.scenario} onChoose={(scenario) => set({ scenario })}
        options={unique([form.plan?.scenario, form.scenario, ...SCENARIOS.map((slug) => t(`scenario.${slug}`))])
          .map((text) => ({ value: text, text }))}
      />
    </fieldset>
  )
}

function Purpose({ form, set }) {
  const before = unique(myVisits.value.filter((one) => one.body.journey_id === form.journey_id).map((one) => one.body.purpose)).slice(0, 6)
  return (
    <>
      <fieldset>
        <legend class="cap-row"><b>{t('start.cameFor')}</b></legend>
        <input
          class="input" value={form.purpose ?? ''} maxLength="200" aria-label={t('start.cameFor')} autocomplete="off"
          placeholder={t('start.cameForHint')} onInput={(event) => set({ purpose: event.currentTarget.value || null })}
        />
        {before.length > 0 && (
          <Chips name="purpose" label={t('start.cameFor')} value={form.purpose} onChoose={(purpose) => set({ purpose })}
            options={before.map((text) => ({ value: text, text }))} />
        )}
      </fieldset>
      <fieldset>
        <legend class="cap-row"><b>{t('start.heardFrom')}</b></legend>
        <Chips name="heard" label={t('start.heardFrom')} value={form.heard_from} onChoose={(heard_from) => set({ heard_from })}
          options={HEARD_FROM.map((slug) => ({ value: slug, text: t(`heard.${slug}`) }))} />
      </fieldset>
    </>
  )
}

const unique = (list) => [...new Set(list.filter(Boolean))]
