// What sending needs, in a piece of its own: the first screen stands before anything is sent.
export { makeOutbox } from '../device/outbox.js'
export { tidy } from '../device/free_space.js'
