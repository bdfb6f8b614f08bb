// Signs, drawn on a 24 grid with one stroke. Meaning never rests on them alone: a word stands beside.
// Here are those of the first screen; moreicons.js adds the rest.
export const PATHS = {
  saved: 'M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5ZM9.3 12l2 2 3.5-4',
  send: 'M4 12a8 8 0 0 1 14-5.3L20 9M20 4v5h-5M20 12a8 8 0 0 1-14 5.3L4 15M4 20v-5h5',
  offline: 'M3 3l18 18M5 12.5a10 10 0 0 1 4-2.5M19 12.5a10 10 0 0 0-5-2.8M8.5 16a5 5 0 0 1 6-.5M12 20h.01M2 9a15 15 0 0 1 4-2.5M22 9A15 15 0 0 0 11 5.5',
  cloud: 'M7 18.5a4.5 4.5 0 0 1-.5-9 6 6 0 0 1 11.4 1.3A3.9 3.9 0 0 1 17.5 18.5H7Z',
  warn: 'M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.3v.1',
  person: 'M12 7.5a2.2 2.2 0 1 0 0-4.5 2.2 2.2 0 0 0 0 4.5ZM8 21l1-7-1.5-1V10a1.5 1.5 0 0 1 1.5-1.5h6a1.5 1.5 0 0 1 1.5 1.5v3l-1.5 1 1 7',
  plus: 'M12 5v14M5 12h14',
  place: 'M12 21s7-6.3 7-11.5a7 7 0 0 0-14 0C5 14.7 12 21 12 21ZM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  forward: 'M4 12h15M13 6l6 6-6 6',
  right: 'M9 5l7 7-7 7',
  left: 'M15 5l-7 7 7 7',
  down: 'M5 9l7 7 7-7',
  idea: 'M9 18.5h6M10 21h4M7.5 13a6 6 0 1 1 9 0c-1 1-1.5 1.8-1.5 3H9c0-1.2-.5-2-1.5-3Z',
  today: 'M4 18h16M7 18a5 5 0 0 1 10 0M12 5v3M4.6 9.6l2 1.6M19.4 9.6l-2 1.6',
  path: 'M7 4v9a4 4 0 0 0 8 0V9a3 3 0 0 1 3-3M7 4a1.6 1.6 0 1 0 .01 0M18 6h2',
  outbox: 'M4 14v4a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-4M4 14h4l1.5 2.5h5L16 14h4M12 11V3M8.5 6.5 12 3l3.5 3.5',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5',
  lock: 'M6 11h12v9.5H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.5v.1',
}

export function Icon({ name, small }) {
  return (
    <svg class={small ? 'i i-s' : 'i'} viewBox="0 0 24 24" aria-hidden="true"><path d={PATHS[name]} /></svg>
  )
}
