// Ids made on the phone, and fingerprints.

/** A random UUID; works on plain http too, where crypto.randomUUID is missing. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = toHex(bytes)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Plain http has no fingerprints: a code whose fingerprint cannot travel must not be promised. */
export const canFingerprint = () => Boolean(globalThis.crypto?.subtle)

/**
 * SHA-256 in hex of text or bytes; null where the browser offers none (plain http).
 * @param {string | BufferSource} content
 */
export async function fingerprint(content) {
  if (!canFingerprint()) return null
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** The header that lets the server check a photo on arrival. @param {string} hex */
export function contentDigest(hex) {
  const bytes = (hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16))
  return `sha-256=:${btoa(String.fromCharCode(...bytes))}:`
}

/** @param {Uint8Array} bytes */
function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
