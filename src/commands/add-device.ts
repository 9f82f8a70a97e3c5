/** Adding a tablet to a branch, and giving it a code to be paired with. */
import { type DeviceKind, PAIRING_MS, pairingCodeOf, pairingHashOf } from '../rules/device.ts'
import type { Pairing } from '../store/devices.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export interface AddDeviceInput {
  readonly cafeId: number
  /** The root secret. */
  readonly key: string
  /** UUIDv7. */
  readonly deviceId: string
  readonly branchId: string
  readonly kind: DeviceKind
  readonly name: string
  readonly atMs: number
}

/** A device that waits for its code (rules/device.ts says which). */
export async function addDevice(tx: Tx, input: AddDeviceInput): Promise<Outcome<'field-invalid'>> {
  const { cafeId, deviceId, branchId, kind, name, atMs } = input
  if ((await tx.branches.find(cafeId, branchId)) === null) return { ok: false, reason: 'field-invalid' }
  const device = { id: deviceId, branchId, kind, name, createdAtMs: atMs }
  await tx.devices.add(cafeId, device, await freePairing(tx, input))
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}

/** Another code: for a tablet that has not been paired in time, or that has lost its cookie. */
export async function renewPairing(
  tx: Tx,
  input: Pick<AddDeviceInput, 'cafeId' | 'key' | 'deviceId' | 'atMs'>,
): Promise<Outcome<'not-found'>> {
  const { cafeId, deviceId, atMs } = input
  const changed = await tx.devices.setPairing(cafeId, deviceId, await freePairing(tx, input))
  if (changed === 0) return { ok: false, reason: 'not-found' }
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}

/** Two devices of a café never wait for the same six digits: a millisecond later they are others. */
async function freePairing(
  tx: Tx,
  { cafeId, key, deviceId, atMs }: Pick<AddDeviceInput, 'cafeId' | 'key' | 'deviceId' | 'atMs'>,
): Promise<Pairing> {
  for (let expiresAtMs = atMs + PAIRING_MS; ; expiresAtMs += 1) {
    const hash = pairingHashOf(key, cafeId, pairingCodeOf(key, deviceId, expiresAtMs))
    if ((await tx.devices.findByPairing(cafeId, hash, atMs)) === null) return { hash, expiresAtMs }
  }
}
