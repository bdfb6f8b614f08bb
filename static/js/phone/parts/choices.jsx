// Rows of equal cells around real radios and checkboxes, so that keyboards and screen readers need nothing more.

/**
 * One of several, or none. Tapping the chosen cell clears it: a radio alone cannot do that, so the click is watched
 * before the browser's own change.
 */
export function Choice({ name, legend, value, options, onChoose, className = 'opts', hidden = true, children }) {
  return (
    <fieldset class="choice">
      <legend class={hidden ? 'vh' : 'cap-row'}>{hidden ? legend : <b>{legend}</b>}</legend>
      {children}
      <div class={className}>
        {options.map((option) => (
          <Radio key={option.value} name={name} option={option} checked={option.value === value} onChoose={onChoose} />
        ))}
      </div>
    </fieldset>
  )
}

export function Radio({ name, option, checked, onChoose, press }) {
  return (
    <label {...press}>
      <input
        class="pick" type="radio" name={name} value={option.value} checked={checked} aria-label={option.spoken}
        onChange={() => { if (!checked) onChoose(option.value) }}
        onClick={() => { if (checked) onChoose(option.value) }}
        onKeyDown={(event) => { if (checked && event.key === ' ') { event.preventDefault(); onChoose(option.value) } }}
      />
      <span class="cell">{option.icon}{option.text}</span>
    </label>
  )
}

/** A list to choose from that looks like the field it stands in; the phone's own picker opens on it. */
export function Select({ label, value, options, onChoose, className = 'pickone', children }) {
  return (
    <label class={className}>
      {children}
      <select class="pick" aria-label={label} value={value ?? ''} onChange={(event) => onChoose(event.currentTarget.value || null)}>
        {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
      </select>
    </label>
  )
}

/** A row of chips that runs off to the side; one or none chosen. */
export function Chips({ name, label, value, options, onChoose }) {
  return (
    <div class="chips" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value}>
          <input
            class="pick" type="radio" name={name} checked={option.value === value}
            onChange={() => { if (option.value !== value) onChoose(option.value) }}
            onClick={() => { if (option.value === value) onChoose(null) }}
          />
          <span class="filter">{option.text}</span>
        </label>
      ))}
    </div>
  )
}
