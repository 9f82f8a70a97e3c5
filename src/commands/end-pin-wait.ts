/** A manager ends the wait after wrong PINs: whoever stands at the device may try again at once. */
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export async function endPinWait(
  tx: Tx,
  { cafeId, deviceId, atMs }: { readonly cafeId: number; readonly deviceId: string; readonly atMs: number },
): Promise<Outcome<'not-found'>> {
  const device = await tx.devices.find(cafeId, deviceId)
  if (device === null || device.revokedAtMs !== null) return { ok: false, reason: 'not-found' }
  await tx.pinTries.clearDevice(cafeId, deviceId)
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}
