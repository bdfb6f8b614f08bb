// Small behaviours of the server's pages, one a file, wired here by data attributes. Without them every page still works;
// nothing is written as HTML.
import { leaveAfterSaving, saveByItself } from './autosave.js'
import { dragCards } from './board.js'
import { offerCopy } from './copy.js'
import { dragging } from './drag.js'
import { lockPhone } from './leaving.js'
import { listKeys } from './list_keys.js'
import { offer } from './offer.js'
import { openHere } from './open_here.js'
import { compareTwo } from './pair.js'
import { viewLarge } from './photo_viewer.js'
import { preview } from './preview.js'
import { sendOnce } from './send_once.js'
import { showPassword } from './show_password.js'
import { singleKeys } from './single_keys.js'
import { applyInPlace, submitAtOnce } from './submit_at_once.js'
import { guessZone } from './time_zone.js'

/** @param {ParentNode} root */
function behave(root) {
  root.querySelectorAll('.first-run select[name=time_zone]').forEach(guessZone)
  root.querySelectorAll('[data-copy]').forEach(offerCopy)
  root.querySelectorAll('[data-pair]').forEach(compareTwo)
  root.querySelectorAll('[data-preview]').forEach(preview)
  root.querySelectorAll('a[data-view]').forEach(viewLarge)
  root.querySelectorAll('[data-auto-submit]').forEach(submitAtOnce)
  root.querySelectorAll('a[data-open-here]').forEach((link) => openHere(link, behave))
  root.querySelectorAll('[data-show-password]').forEach(showPassword)
  root.querySelectorAll('[data-print]').forEach((button) => offer(button, () => print()))
  root.querySelectorAll('[data-back]').forEach((button) => offer(button, () => history.back()))
  root.querySelectorAll('form[action="/sign-out"]').forEach(lockPhone)
  root.querySelectorAll('form[method="post"]').forEach(sendOnce)
  root.querySelectorAll('form[data-save]').forEach(saveByItself)
  root.querySelectorAll('form[data-keys]').forEach(singleKeys)
  root.querySelectorAll('form[data-map]').forEach(dragging)
  root.querySelectorAll('[data-keys]').forEach(listKeys)
  root.querySelectorAll('[data-board]').forEach(dragCards)
}

behave(document)
applyInPlace(behave)
if (document.querySelector('form[data-save], form[data-map]')) leaveAfterSaving()
