// The screens a phone needs a moment after the first one; fetched as soon as that stands.
import './moreicons.js'

export { Bin } from './screens/bin.jsx'
export { Capture } from './screens/capture.jsx'
export { VisitMap } from './screens/map.jsx'
export { Me } from './screens/me.jsx'
export { Nobody } from './screens/nobody.jsx'
export { Outbox } from './screens/outbox.jsx'
export { PhotoStep } from './screens/photo.jsx'
export { Receipt } from './screens/receipt.jsx'
export { Review } from './screens/review.jsx'
export { Start } from './screens/start.jsx'
export { Welcome } from './screens/welcome.jsx'
