// The code with which a customer takes a visit back: read aloud, photographed and typed by strangers.
import { CODE_SIGNS as SIGNS } from './vocabulary.js'

/** Six signs, each drawn evenly (bytes beyond the last whole round are thrown away), and one that finds a slip in typing. */
export function newCode() {
  const limit = 256 - (256 % SIGNS.length)
  let code = ''
  while (code.length < 6) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < limit) code += SIGNS[byte % SIGNS.length]
  }
  return code + checkSign(code)
}

/** As shadowing/phone/withdrawal/codes.py: the places of all seven signs, weighted 1 to 7, add up to a multiple of 29. @param {string} code */
export function checkSign(code) {
  const prime = SIGNS.length
  const weighted = [...code].reduce((sum, sign, at) => sum + (at + 1) * SIGNS.indexOf(sign), 0)
  const place = [...SIGNS].findIndex((_, at) => (weighted + 7 * at) % prime === 0)
  return SIGNS[place]
}

/** "K7MP4RM" as people read it: "K7M P4RM". @param {string} code */
export function spaced(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}
