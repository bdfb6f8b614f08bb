// The screens a phone needs a moment after the first one, in the order one meets them; fetched as soon as that stands.
import './moreicons.js'

export { Nobody } from './screens/nobody.jsx'
export { Welcome } from './screens/welcome.jsx'
export { Start } from './screens/start.jsx'
export { VisitMap } from './screens/map.jsx'
export { Capture } from './screens/capture.jsx'
export { PhotoStep } from './screens/photo.jsx'
export { Review } from './screens/review.jsx'
export { Receipt } from './screens/receipt.jsx'
export { Outbox } from './screens/outbox.jsx'
export { Me } from './screens/me.jsx'
export { Bin } from './screens/bin.jsx'
