// The screens a phone needs a moment after the first one, in the order one meets them; fetched as soon as that stands.
import '../parts/icons_lazy.js'

export { Nobody } from './nobody.jsx'
export { Welcome } from './welcome.jsx'
export { Start } from './start.jsx'
export { VisitMap } from './map.jsx'
export { Capture } from './capture.jsx'
export { PhotoStep } from './photo.jsx'
export { Review } from './review.jsx'
export { Receipt } from './receipt.jsx'
export { Outbox } from './outbox.jsx'
export { Me } from './me.jsx'
export { Bin } from './trash.jsx'
