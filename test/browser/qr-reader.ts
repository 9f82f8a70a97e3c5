/** What a camera would read off a QR code of a page: undamaged ones of error correction M, up to version 9 (ISO/IEC 18004). */
import type { Page } from 'playwright-core'

interface Square {
  readonly size: number
  /** Whether the module is dark; without the quiet zone. */
  isDark(x: number, y: number): boolean
}

const BORDER = 3
/** By version: where the centres of the alignment patterns are, and how many data bytes each block holds at M. */
const ALIGNMENT = [[], [], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46]]
const BLOCKS = [
  [],
  [16],
  [28],
  [44],
  [32, 32],
  [43, 43],
  [27, 27, 27, 27],
  [31, 31, 31, 31],
  [38, 38, 39, 39],
  [36, 36, 36, 37, 37],
]
const MASKS: readonly ((x: number, y: number) => number)[] = [
  (x, y) => (x + y) % 2,
  (_, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** @param selector of the drawing, or of something around it */
export async function readQr(page: Page, selector: string): Promise<string> {
  const drawing = page.locator(`${selector} svg.qr, svg.qr${selector}`).filter({ visible: true }).first()
  const [box, path] = await drawing.evaluate((svg) => [
    svg.getAttribute('viewBox') ?? '',
    svg.querySelector('path')?.getAttribute('d') ?? '',
  ])
  const dark = new Set([...(path ?? '').matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${x} ${y}`))
  const size = Number(box?.split(' ')[2]) - 2 * BORDER
  return textIn({ size, isDark: (x, y) => dark.has(`${x + BORDER} ${y + BORDER}`) })
}

function textIn(square: Square): string {
  const version = (square.size - 17) / 4
  const blocks = BLOCKS[version]
  if (blocks === undefined) throw new Error(`no QR code of version 1 to 9: ${square.size} modules`)
  return textOf(dataIn(bytesOf(modulesIn(square, version)), blocks))
}

/** The modules that hold data, unmasked, in the order in which they were laid. */
function modulesIn({ size, isDark }: Square, version: number): boolean[] {
  const format =
    [14, 13, 12, 11, 10].reduce((bits, bit) => bits * 2 + Number(isDark(14 - bit, 8)), 0) ^ 0b10101
  if (format >> 3 !== 0) throw new Error('not error correction M')
  const mask = MASKS[format & 7] as (x: number, y: number) => number
  const found: boolean[] = []
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2) {
    const isUpward = ((right + (right < 6 ? 2 : 1)) & 2) === 0
    for (let step = 0; step < size; step++) {
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1])
        if (!isPattern(x, y, size, version)) found.push(isDark(x, y) !== (mask(x, y) === 0))
    }
  }
  return found
}

function isPattern(x: number, y: number, size: number, version: number): boolean {
  const [isLeft, isTop, isRight, isBottom] = [x < 9, y < 9, x >= size - 8, y >= size - 8]
  if (x === 6 || y === 6 || (isLeft && isTop) || (isRight && isTop) || (isLeft && isBottom)) return true
  if (version >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6))) return true
  const centres = ALIGNMENT[version] ?? []
  const last = centres.at(-1)
  const isCorner = (cx: number, cy: number) =>
    (cx === 6 && cy === 6) || (cx === 6 && cy === last) || (cx === last && cy === 6)
  return centres.some((cx) =>
    centres.some((cy) => !isCorner(cx, cy) && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2),
  )
}

function bytesOf(modules: readonly boolean[]): number[] {
  return Array.from({ length: Math.floor(modules.length / 8) }, (_, place) =>
    modules.slice(place * 8, place * 8 + 8).reduce((byte, isDark) => byte * 2 + Number(isDark), 0),
  )
}

/** The blocks lie interleaved, byte by byte. */
function dataIn(bytes: readonly number[], lengths: readonly number[]): number[] {
  const blocks: number[][] = lengths.map(() => [])
  let next = 0
  for (let place = 0; place < Math.max(...lengths); place++)
    for (const [block, length] of lengths.entries())
      if (place < length) blocks[block]?.push(bytes[next++] ?? 0)
  return blocks.flat()
}

function textOf(data: readonly number[]): string {
  const bits = data.map((byte) => byte.toString(2).padStart(8, '0')).join('')
  let at = 0
  const take = (count: number) => {
    at += count
    return Number.parseInt(bits.slice(at - count, at), 2)
  }
  const mode = take(4)
  if (mode === 4) {
    const octets = Array.from({ length: take(8) }, () => take(8))
    return new TextDecoder().decode(Uint8Array.from(octets))
  }
  if (mode !== 2) throw new Error(`a QR code of mode ${mode}`)
  const length = take(9)
  const pairs = Array.from({ length: Math.floor(length / 2) }, () => take(11))
  const text = pairs.map((pair) => `${LETTERS[Math.floor(pair / 45)]}${LETTERS[pair % 45]}`).join('')
  return length % 2 === 0 ? text : text + LETTERS[take(6)]
}
