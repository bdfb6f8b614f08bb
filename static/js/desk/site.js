// Small behaviours of the server's pages, one a file, wired here by data attributes. Without them every page still works;
// nothing is written as HTML.
import { leaveAfterSaving, saveByItself } from './autosave.js'
import { offerCopy } from './copy.js'
import { dragging } from './drag.js'
import { lockPhone } from './leaving.js'
import { offer } from './offer.js'
import { preview } from './preview.js'
import { sendOnce } from './send_once.js'
import { showPassword } from './show_password.js'
import { submitAtOnce } from './submit_at_once.js'
import { guessZone } from './time_zone.js'

document.querySelectorAll('.first-run select[name=time_zone]').forEach(guessZone)
document.querySelectorAll('[data-copy]').forEach(offerCopy)
document.querySelectorAll('[data-preview]').forEach(preview)
document.querySelectorAll('[data-auto-submit]').forEach(submitAtOnce)
document.querySelectorAll('[data-show-password]').forEach(showPassword)
document.querySelectorAll('[data-print]').forEach((button) => offer(button, () => print()))
document.querySelectorAll('[data-back]').forEach((button) => offer(button, () => history.back()))
document.querySelectorAll('form[action="/sign-out"]').forEach(lockPhone)
document.querySelectorAll('form[method="post"]').forEach(sendOnce)
document.querySelectorAll('form[data-save]').forEach(saveByItself)
document.querySelectorAll('form[data-map]').forEach(dragging)
if (document.querySelector('form[data-save], form[data-map]')) leaveAfterSaving()
