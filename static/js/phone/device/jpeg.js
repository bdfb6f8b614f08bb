// Reads width and height from a picture's header, without decoding a single pixel.

/** { width, height } of a JPEG or PNG; null when it is neither or the header is damaged. @param {ArrayBuffer} buffer */
export function pictureSize(buffer) {
  const view = new DataView(buffer)
  if (view.byteLength < 26) return null
  if (view.getUint16(0) === 0xffd8) return jpegSize(view)
  if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) }
  return null
}

/**
 * Walks the segments to the first start-of-frame; those four markers look alike but are not frames.
 * @param {DataView} view
 */
function jpegSize(view) {
  const notFrames = new Set([0xc4, 0xc8, 0xcc])
  let at = 2
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) { at += 1; continue }
    if (marker >= 0xc0 && marker <= 0xcf && !notFrames.has(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    }
    at += 2 + view.getUint16(at + 2)
  }
  return null
}

/**
 * Sides after shrinking to `most` on the longer one; small pictures stay as they are. One longer than twice its width, a screenshot of a whole
 * page, stays legible: it keeps half of `most` in width, as long as it is no longer than 7.5 times `most`. The server's rule (images.py) is the same.
 * @param {number} width @param {number} height @param {number} most
 */
export function fitInto(width, height, most) {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)]
  const scale = Math.min(1, Math.max(most / longer, Math.min(most / 2 / shorter, 7.5 * most / longer)))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
