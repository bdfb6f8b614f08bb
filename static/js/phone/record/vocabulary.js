// Made from shadowing/core/vocabulary.py when the bundle is built. Change it there.
/** @import { Level } from './types.d.ts' */

/** @type {Level[]} */
export const LEVELS = ['utility', 'usability', 'delight']
/** @type {Record<Level, string[]>} */
export const REASONS = {
  utility: ['late', 'incomplete', 'inconsistent', 'not_worth_it', 'wrong'],
  usability: ['hard_to_find', 'too_many_steps', 'unclear', 'had_to_repeat', 'dead_end'],
  delight: ['cold', 'rushed', 'not_listened_to', 'unpleasant_place'],
}
export const FACTORS = ['product', 'service', 'people', 'information', 'process', 'environment', 'price', 'brand', 'personal', 'sustainability']
export const HANDOVERS = ['smooth', 'repeated', 'lost']
export const HELD_BACK = ['system', 'rule', 'staffing', 'information']
export const SERIOUS = ['safety', 'money', 'health', 'dignity', 'broken_promise']
export const MARKS = ['idea', 'good_practice', 'moment']
export const OUTCOMES = ['yes', 'partly', 'no', 'gave_up']
export const HEARD_FROM = ['friend', 'professional', 'website', 'advert', 'been_before', 'other']
export const SKIP_REASONS = ['could_not_see', 'not_offered', 'customer_skipped', 'no_time', 'other']
export const CHANNELS = ['person', 'counter', 'place', 'kiosk', 'phone', 'web', 'app', 'chat', 'msg', 'social', 'post', 'advert', 'referral']
export const DIGITAL = ['kiosk', 'web', 'app', 'chat', 'msg', 'social']
export const SCALE = [-2, -1, 0, 1, 2]
export const LOW = 3
export const NOTE_LIMIT = 20000
export const LABEL_LIMIT = 40
export const PIN_LIMIT = 20
export const CODE_SIGNS = '2346789ABCDEFGHJKMNPQRTUVWXYZ'
