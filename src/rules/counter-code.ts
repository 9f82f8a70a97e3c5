/**
 * The code on the counter's screen, in `code` mode: six digits, another every half minute, different in each café and branch. Who has not seen the
 * screen just now cannot know it (safety.md F1).
 */
import { createHmac, timingSafeEqual } from 'node:crypto'

export const STEP_MS = 30_000 // long enough to type; a photo of it is worth nothing a minute later
const STEPS_BEHIND = 1 // besides the current one: whoever typed while it changed
const STEPS_KNOWN = 20 // of the last ten minutes: told as too old, which a typing slip is not
const DIGITS = 6
const CODES = 10 ** DIGITS
const FAIR = Math.floor(2 ** 32 / CODES) * CODES // larger draws would favour small codes
const CODE_SHAPE = /^\d{6}$/

export interface CounterPlace {
  readonly cafeId: number
  readonly branchId: string
  /** Which half minute (stepOf). */
  readonly step: number
}

export interface JudgeInput {
  readonly cafeId: number
  /** Every branch of the café: any counter's code will do. */
  readonly branchIds: readonly string[]
  readonly code: string
  readonly nowMs: number
}

export type CodeVerdict =
  | { readonly ok: true; readonly step: number }
  | { readonly ok: false; readonly reason: 'code-wrong' | 'code-expired' }

/** The half minute that a time lies in. */
export function stepOf(nowMs: number): number {
  return Math.floor(nowMs / STEP_MS)
}

/** The six digits that a branch's counter shows in a half minute. @param key of `counterCodeKeyOf` (store/keys.ts) */
export function counterCode(key: Uint8Array, { cafeId, branchId, step }: CounterPlace): string {
  const hash = createHmac('sha256', key).update(`${cafeId}:${branchId}:${step}`).digest()
  return String(fairDraw(hash) % CODES).padStart(DIGITS, '0')
}

/** Whether a code is on a counter's screen now, or was until just now. Takes as long whatever is wrong with it. */
export function judgeCode(key: Uint8Array, { cafeId, branchIds, code, nowMs }: JudgeInput): CodeVerdict {
  const typed = Buffer.from(CODE_SHAPE.test(code) ? code : 'no code')
  const now = stepOf(nowMs)
  let found: number | null = null
  for (const branchId of branchIds) {
    for (let step = now - STEPS_KNOWN; step <= now; step += 1) {
      const shown = Buffer.from(counterCode(key, { cafeId, branchId, step }))
      const isIt = shown.length === typed.length && timingSafeEqual(shown, typed)
      if (isIt) found = Math.max(step, found ?? step)
    }
  }
  if (found === null) return { ok: false, reason: 'code-wrong' }
  return found >= now - STEPS_BEHIND ? { ok: true, step: found } : { ok: false, reason: 'code-expired' }
}

/** The first of the hash's eight numbers below which all codes are equally likely: that the first is none happens once in seven thousand times. */
function fairDraw(hash: Buffer): number {
  for (let at = 0; at + 4 <= hash.length; at += 4) {
    const draw = hash.readUInt32BE(at)
    if (draw < FAIR) return draw
  }
  return 0 // once in 10^30
}
