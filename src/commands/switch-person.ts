/** Who works at a counter device: by a PIN, which is looked at outside of any transaction, and by nothing else there. */
import type { NewAudit } from '../rules/audit.ts'
import { PINS_FREE, pinWaitUntil, wrongOn } from '../rules/pin-wait.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export interface PinTry {
  readonly cafeId: number
  readonly deviceId: string
  readonly personId: string
  readonly atMs: number
}

export type PinAdmission =
  | { readonly ok: true; readonly pinHash: string | null }
  | { readonly ok: false; readonly reason: 'pin-waits'; readonly againAtMs: number }

/**
 * Counts a try as wrong before it is looked at, so that a hundred at once are no more than five; `switchPerson` takes it back when it was right.
 * @returns the PIN's hash, or null for somebody who has none here: whoever asks then does the same work for nothing
 */
export async function admitPin(tx: Tx, { cafeId, atMs, ...pair }: PinTry): Promise<PinAdmission> {
  const before = await tx.pinTries.list(cafeId)
  const untilMs = pinWaitUntil(before, pair, atMs)
  if (untilMs !== null) return { ok: false, reason: 'pin-waits', againAtMs: untilMs }
  const person = await tx.people.find(cafeId, pair.personId)
  if (person === null || person.disabledAtMs !== null || !person.hasPin) return { ok: true, pinHash: null }

  await tx.pinTries.addWrong(cafeId, pair.deviceId, pair.personId, atMs)
  const now = await tx.pinTries.list(cafeId)
  const [earlier, counted] = [wrongOn(before, pair.deviceId), wrongOn(now, pair.deviceId)]
  const isOneOfMany = counted > earlier + 1 && counted > PINS_FREE // others came between: theirs have begun a wait
  const againAtMs = isOneOfMany ? pinWaitUntil(now, pair, atMs) : null
  if (againAtMs !== null) return { ok: false, reason: 'pin-waits', againAtMs }
  return { ok: true, pinHash: (await tx.people.proofsOf(cafeId, pair.personId))?.pinHash ?? null }
}

/** After the right PIN: nobody has to wait because of this person any more, and the device is theirs to work at. */
export async function switchPerson(
  tx: Tx,
  { cafeId, deviceId, personId, atMs }: PinTry,
  line: NewAudit,
): Promise<Outcome<never>> {
  for (const tries of await tx.pinTries.list(cafeId))
    if (tries.personId === personId) await tx.pinTries.clear(cafeId, tries.deviceId, personId)
  await tx.devices.switchPerson(cafeId, deviceId, personId, atMs)
  await tx.audits.append(cafeId, line)
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}

/** Nobody works at the device until the next PIN. */
export async function leaveDevice(
  tx: Tx,
  { cafeId, deviceId, atMs }: Omit<PinTry, 'personId'>,
  line: NewAudit,
): Promise<Outcome<never>> {
  await tx.devices.switchPerson(cafeId, deviceId, null, atMs)
  await tx.audits.append(cafeId, line)
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}
