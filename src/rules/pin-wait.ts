/** How long a device, or a person on all devices, waits after wrong PINs (safety.md S36, F7). */

/** Wrong PINs of one person on one device. */
export interface WrongPins {
  readonly deviceId: string
  readonly personId: string
  readonly wrong: number
  readonly lastAtMs: number
}

export const PINS_FREE = 5 // a tired thumb; of a million PINs it is nothing
const WAIT_FIRST_MS = 30_000
const WAIT_MOST_MS = 60 * 60_000 // from then on a day holds two dozen tries
const COUNTED_MS = 24 * 60 * 60_000 // yesterday's slips of a colleague make nobody wait

/** Until when no PIN of this person is looked at on this device, or null when one may be tried now. */
export function pinWaitUntil(
  tries: readonly WrongPins[],
  { deviceId, personId }: { readonly deviceId: string; readonly personId: string },
  nowMs: number,
): number | null {
  const fresh = tries.filter(({ lastAtMs }) => nowMs - lastAtMs < COUNTED_MS)
  const onDevice = fresh.filter((one) => one.deviceId === deviceId)
  const ofPerson = fresh.filter((one) => one.personId === personId)
  const untilMs = Math.max(waitOf(onDevice), waitOf(ofPerson))
  return untilMs > nowMs ? untilMs : null
}

/** How many wrong PINs a device has seen. */
export function wrongOn(tries: readonly WrongPins[], deviceId: string): number {
  return tries.reduce((sum, one) => (one.deviceId === deviceId ? sum + one.wrong : sum), 0)
}

/** 30 s after the fifth, twice as long after each more, an hour at most. */
function waitOf(tries: readonly WrongPins[]): number {
  const wrong = tries.reduce((sum, one) => sum + one.wrong, 0)
  if (wrong < PINS_FREE) return 0
  const lastAtMs = Math.max(...tries.map((one) => one.lastAtMs))
  return lastAtMs + Math.min(WAIT_MOST_MS, WAIT_FIRST_MS * 2 ** (wrong - PINS_FREE))
}
