// The signs of every later screen, and which sign belongs to which slug.
import { PATHS } from './icons.jsx'

Object.assign(PATHS, {
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 0 1 1 1v9.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1ZM12 17a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 3-2.5 4 3.5M15 9.5h.01',
  safety: 'M12 3l7.5 2.5V11c0 4.5-3 8-7.5 10-4.5-2-7.5-5.5-7.5-10V5.5L12 3ZM9 12l2 2 4-4',
  money: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM9 9l3 3.5L15 9M12 12.5V17M9.5 14.5h5',
  health: 'M9.5 4h5v5.5H20v5h-5.5V20h-5v-5.5H4v-5h5.5V4Z',
  broken: 'M9 4H5v16h14V4h-6M9 4l3 4-3 4 3 3-2 5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6 6l12 12M18 6 6 18',
  minus: 'M5 12h14',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  hand: 'M8 12V6a1.5 1.5 0 0 1 3 0v5V4.5a1.5 1.5 0 0 1 3 0V11V6a1.5 1.5 0 0 1 3 0v8c0 4-2.5 7-6 7-3 0-4.5-1.5-6-4l-2-4c-.5-1 1-2.3 2-1.3L8 14',
  light: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4',
  up: 'M5 15l7-7 7 7',
  app: 'M8 2.5h8a1.5 1.5 0 0 1 1.5 1.5v16a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 20V4A1.5 1.5 0 0 1 8 2.5ZM11 18.5h2',
  watch: 'M12 21a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM12 10v3.8l2.3 1.4M9.5 2.5h5M18 5.5l1.5 1.5',
  mic: 'M12 3.5a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5ZM6 11a6 6 0 0 0 12 0M12 17v3.5M9 20.5h6',
  stop: 'M7 7h10v10H7z',
  flag: 'M6 21V4h11l-2.5 4L17 12H6',
  counter: 'M3 12h18v8H3zM6 12V8h5v4M15 5.5a2 2 0 1 0 .01 0M12.5 12c.3-2 1.2-3 2.5-3s2.2 1 2.5 3',
  allMet: 'M3.5 7l1.8 1.8L8.5 5.5M3.5 16l1.8 1.8 3.2-3.3M12 7.5h8.5M12 16.5h8.5',
  unseen: 'M3 3l18 18M10 5.7c4.5-.8 8.5 1.3 11.5 6.3-.8 1.3-1.7 2.5-2.7 3.4M15.5 17.9C10 19.7 5.5 17 2.5 12c1-1.7 2.2-3.1 3.5-4.2',
  ask: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM9.5 9.5c.2-1.5 1.2-2.3 2.6-2.3 1.5 0 2.6.9 2.6 2.3 0 2-2.6 2-2.6 4M12 16.8v.1',
  heart: 'M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z',
  blocks: 'M4 4h4v4H4zM16 4h4v4h-4zM10 10h4v4h-4zM4 16h4v4H4zM16 16h4v4h-4z',
  transfer: 'M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4',
  erase: 'M8.5 20h11M4 14.5 13.5 5l6 6L11 19.5 8.5 20 4 15.5a.7.7 0 0 1 0-1ZM9 9.5l6 6',
  undo: 'M8 5 3.5 9.5 8 14M4 9.5h10a6 6 0 0 1 0 12h-3',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2',
  phone: 'M6 3.5h3l1.5 4.5-2 1.5a11 11 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2C11 20 4 13 4 5.5a2 2 0 0 1 2-2Z',
  web: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3',
  chat: 'M4 5h16v11h-9l-4.5 4v-4H4V5Z',
  social: 'M12 12.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM19 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12 21a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM6.5 6.5l4 3M17.5 6.5l-4 3M12 12.5V17',
  people: 'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 19.5c.7-3.5 3.3-5 6.5-5s5.8 1.5 6.5 5M16 5a3.2 3.2 0 0 1 0 6M18 14.7c2 .6 3.2 2.2 3.6 4.8',
  edit: 'M4 20l1-4.5L16.5 4a2 2 0 0 1 3 0l.5.5a2 2 0 0 1 0 3L8.5 19 4 20ZM14.5 6l3.5 3.5',
  walk: 'M13 5.5a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM9 21l2-6-2-3 1-4.5 3-.5 2 3 3 1M14 21l-1-5M7 12l1.5-3',
  text: 'M4 18 9 6l5 12M5.7 14h6.6M15 18l3-7.5 3 7.5M16 15.5h4',
  language: 'M3.5 6h9M8 4v2M11 6c-1 4-4 7-7 8.5M5.5 9c1 2.5 3.5 5 6 6M12.5 20l4-9.5 4 9.5M14 17h5',
  bin: 'M4.5 7h15M9 7V4.5h6V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5',
  tag: 'M3.5 11.5v-7a1 1 0 0 1 1-1h7l9 9-8 8-9-9ZM8 8h.01',
  star: 'M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8L12 3.5Z',
  fetch: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4.5 20h15',
  mail: 'M3.5 6h17v12.5h-17zM3.5 7l8.5 6.5L20.5 7',
  pause: 'M8 5.5v13M16 5.5v13',
  box: 'M4 8l8-4.5L20 8v8.5L12 21l-8-4.5V8ZM4 8l8 4.5L20 8M12 12.5V21',
  leaf: 'M5 19c0-9 5-14 15-14 0 10-5 14-11 14-2 0-3-.5-4-1.5M5 19.5c2-4 5-6.5 9-8',
  kiosk: 'M7 2.5h10v13H7zM9.5 5.5h5v4h-5zM12 15.5V21M8.5 21h7',
  megaphone: 'M4 10v4h3l8 4.5v-13L7 10H4ZM18 9a4 4 0 0 1 0 6M8 14.5 9 20h2.5',
  building: 'M5 21V4h9v17M14 9h5v12M3 21h18M8 8h.01M11 8h.01M8 12h.01M11 12h.01M8 16h.01M11 16h.01',
  desk: 'M3.5 5h17v11h-17zM9 20h6M12 16v4',
})

export const CHANNEL_ICON = {
  person: 'person', counter: 'counter', place: 'building', kiosk: 'kiosk', phone: 'phone', web: 'web', app: 'app',
  chat: 'chat', msg: 'mail', social: 'social', post: 'box', advert: 'megaphone', referral: 'people',
}
export const FACTOR_ICON = {
  service: 'hand', people: 'people', process: 'path', information: 'info', environment: 'place', product: 'box',
  price: 'tag', brand: 'star', personal: 'heart', sustainability: 'leaf',
}
export const SERIOUS_ICON = {
  safety: 'safety', money: 'money', health: 'health', dignity: 'person', broken_promise: 'broken',
}
export const MARK_ICON = { idea: 'idea', good_practice: 'copy', moment: 'heart' }
