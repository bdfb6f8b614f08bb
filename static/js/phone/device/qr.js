// A QR code of a short address, made on the phone: bytes, error correction M, versions 1 to 6. Pure.
// Words of the standard: codewords are bytes; a block's check bytes are the remainder of a division in GF(256).

/** @typedef {(boolean | null)[][]} Rows true is dark, null is free for data */

/**
 * Per version from 1 on: blocks, data bytes and check bytes in each. With M all blocks of these versions are equally long.
 * @type {[blocks: number, data: number, check: number][]}
 */
const VERSIONS = [[0, 0, 0], [1, 16, 10], [1, 28, 16], [1, 44, 26], [2, 32, 18], [2, 43, 24], [4, 27, 16]]
/** @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0, (_, y) => y % 2 === 0, (x) => x % 3 === 0, (x, y) => (x + y) % 3 === 0,
  (x, y) => ((x / 3 | 0) + (y / 2 | 0)) % 2 === 0, (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/**
 * Rows of true (dark) and false for the text; null when it is longer than 106 bytes. `mask` only for tests.
 * @param {string} text @param {number | null} mask
 */
export function qr(text, mask = null) {
  const bytes = new TextEncoder().encode(text)
  const version = VERSIONS.findIndex(([blocks, size]) => bytes.length + 2 <= blocks * size)
  if (version < 0) return null
  const bits = interleaved(codewords(bytes, version), version)
  const candidates = mask === null ? [0, 1, 2, 3, 4, 5, 6, 7] : [mask]
  const drawn = candidates.map((one) => drawWith(one, bits, version))
  return drawn.reduce((best, one) => (penalty(one) < penalty(best) ? one : best))
}

/** An SVG path of the dark squares, one run a row at a time. @param {Rows} rows */
export function asPath(rows) {
  const runs = rows.flatMap((row, y) => row.flatMap((dark, x) => {
    if (!dark || row[x - 1]) return []
    const end = row.indexOf(false, x)
    return [`M${x} ${y}h${(end < 0 ? row.length : end) - x}v1H${x}z`]
  }))
  return runs.join('')
}

/** @param {Uint8Array} bytes @param {number} version */
function codewords(bytes, version) {
  const [blocks, size] = VERSIONS[version]
  const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...[...bytes].flatMap((one) => [one >> 4, one & 15]), 0]
  const words = []
  for (let at = 0; at < nibbles.length; at += 2) words.push(nibbles[at] << 4 | nibbles[at + 1])
  for (let pad = 0; words.length < blocks * size; pad += 1) words.push(pad % 2 ? 0x11 : 0xec)
  return words
}

/**
 * Blocks side by side, byte by byte, then their check bytes likewise.
 * @param {number[]} words @param {number} version
 */
function interleaved(words, version) {
  const [count, size, check] = VERSIONS[version]
  const blocks = Array.from({ length: count }, (_, at) => words.slice(at * size, (at + 1) * size))
  const checks = blocks.map((block) => remainder(block, check))
  /** @type {(lists: number[][], length: number) => number[]} */
  const woven = (lists, length) => Array.from({ length }, (_, at) => lists.map((list) => list[at])).flat()
  return [...woven(blocks, size), ...woven(checks, check)].flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => word >> bit & 1))
}

/** @param {number[]} block @param {number} degree */
function remainder(block, degree) {
  let divisor = [1]
  for (let power = 0, root = 1; power < degree; power += 1, root = times(root, 2)) {
    const next = [...divisor, 0]
    divisor.forEach((factor, at) => { next[at + 1] ^= times(factor, root) })
    divisor = next
  }
  const rest = [...block, ...Array(degree).fill(0)]
  block.forEach((_, at) => {
    const factor = rest[at]
    divisor.forEach((one, by) => { rest[at + by] ^= times(one, factor) })
  })
  return rest.slice(block.length)
}

/** Product in GF(256) with the polynomial of the standard. @param {number} one @param {number} other */
function times(one, other) {
  let product = 0
  for (; other; other >>= 1, one = one << 1 ^ (one & 0x80 ? 0x11d : 0)) if (other & 1) product ^= one
  return product
}

/** @param {number} mask @param {number[]} bits @param {number} version */
function drawWith(mask, bits, version) {
  const size = 17 + 4 * version
  /** @type {Rows} */
  const rows = Array.from({ length: size }, () => Array(size).fill(null))
  drawFixed(rows, version)
  drawFormat(rows, mask)
  drawData(rows, bits, MASKS[mask])
  return rows
}

/** @param {Rows} rows @param {number} version */
function drawFixed(rows, version) {
  const size = rows.length
  for (let at = 0; at < size; at += 1) rows[6][at] = rows[at][6] = at % 2 === 0
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(rows, x, y, 4, (far) => far !== 2 && far !== 4)
  if (version > 1) square(rows, size - 7, size - 7, 2, (far) => far !== 1)
}

/**
 * Rings around a middle; `dark` says which, by how far they are from it.
 * @param {Rows} rows @param {number} middleX @param {number} middleY @param {number} reach @param {(far: number) => boolean} dark
 */
function square(rows, middleX, middleY, reach, dark) {
  for (let y = middleY - reach; y <= middleY + reach; y += 1) {
    for (let x = middleX - reach; x <= middleX + reach; x += 1) {
      if (rows[y]?.[x] !== undefined) rows[y][x] = dark(Math.max(Math.abs(x - middleX), Math.abs(y - middleY)))
    }
  }
}

/**
 * Which mask was used, twice, with check bits of its own; error correction M is written as 00.
 * @param {Rows} rows @param {number} mask
 */
function drawFormat(rows, mask) {
  const size = rows.length
  let rest = mask << 10
  for (let bit = 14; bit >= 10; bit -= 1) if (rest >> bit & 1) rest ^= 0x537 << (bit - 10)
  const format = (mask << 10 | rest) ^ 0x5412
  const first = [[8, 0], [8, 1], [8, 2], [8, 3], [8, 4], [8, 5], [8, 7], [8, 8], [7, 8], [5, 8], [4, 8], [3, 8], [2, 8], [1, 8], [0, 8]]
  first.forEach(([x, y], bit) => {
    const dark = Boolean(format >> bit & 1)
    rows[y][x] = dark
    if (bit < 8) rows[8][size - 1 - bit] = dark
    else rows[size - 15 + bit][8] = dark
  })
  rows[size - 8][8] = true
}

/**
 * Two columns at a time from the right, up and down in turn, round what is fixed.
 * @param {Rows} rows @param {number[]} bits @param {(x: number, y: number) => boolean} masks
 */
function drawData(rows, bits, masks) {
  const size = rows.length
  let at = 0
  let up = true
  for (let right = size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5 // the column of the clock line
    for (let step = 0; step < size; step += 1) {
      const y = up ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (rows[y][x] === null) rows[y][x] = Boolean(bits[at++]) !== masks(x, y)
      }
    }
  }
}

/**
 * What makes a code hard to read: long runs, blocks, look-alikes of the corners, too much of one colour.
 * @param {Rows} rows
 */
function penalty(rows) {
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((line) => line.map(Number).join(''))
  let sum = 0
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2
    for (let at = 0; at < line.length; at += 1) if (/^(10111010000|00001011101)/.test(line.slice(at))) sum += 40
  }
  for (let y = 1; y < rows.length; y += 1) {
    for (let x = 1; x < rows.length; x += 1) {
      const one = rows[y][x]
      if (one === rows[y - 1][x] && one === rows[y][x - 1] && one === rows[y - 1][x - 1]) sum += 3
    }
  }
  const share = rows.flat().filter(Boolean).length / rows.length ** 2
  return sum + 10 * Math.floor(Math.abs(share * 20 - 10))
}
