// What sending needs, in a piece of its own: the first screen stands before anything is sent.
export { makeOutbox } from '../outbox.js'
export { tidy } from './tidy.js'
