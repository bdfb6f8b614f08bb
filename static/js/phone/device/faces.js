// Faces as the browser finds them, where it can; a proposal, never a need.
/** @import { Patch } from '../record/types.d.ts' */
import { patchAround } from './redaction.js'

const MOST = 30

/** What would hide each of them. None where the browser cannot look. @param {HTMLCanvasElement} canvas @returns {Promise<Patch[]>} */
export async function facesOn(canvas) {
  try {
    const found = await new (/** @type {any} */ (globalThis).FaceDetector)({ maxDetectedFaces: MOST }).detect(canvas)
    return found.map((/** @type {any} */ { boundingBox }) => patchAround(boundingBox, canvas))
  } catch {
    return []
  }
}
