/** Pairing a tablet by its six digits, and retiring it. */
import { type Device, type DeviceKind, pairingHashOf } from '../rules/device.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export interface PairInput {
  readonly cafeId: number
  /** The root secret. */
  readonly key: string
  /** Which of the two addresses the tablet has opened. */
  readonly kind: DeviceKind
  /** As typed: six digits. */
  readonly code: string
  /** Of the secret that it is given. */
  readonly secretHash: string
  /** The card that this browser showed until now, if any: a shared tablet never has one. */
  readonly browserId: string | null
  readonly atMs: number
  readonly address: string
}

/** From now on the secret is the tablet's, and the code is spent. */
export async function pairDevice(
  tx: Tx,
  input: PairInput,
): Promise<Outcome<'pairing-wrong' | 'pairing-kind'>> {
  const { cafeId, key, kind, code, secretHash, atMs, address } = input
  const pairingHash = pairingHashOf(key, cafeId, code)
  const device = await tx.devices.findByPairing(cafeId, pairingHash, atMs)
  if (device === null) return { ok: false, reason: 'pairing-wrong' }
  if (device.kind !== kind) return { ok: false, reason: 'pairing-kind' }
  const isPaired = await tx.devices.pair(cafeId, device.id, { pairingHash, secretHash, atMs, address })
  if (!isPaired) return { ok: false, reason: 'pairing-wrong' }
  if (input.browserId !== null) await tx.browsers.forget(cafeId, input.browserId)
  await tx.audits.append(cafeId, {
    atMs,
    actor: kind,
    personId: null,
    deviceId: device.id,
    address,
    act: 'device-paired',
    subject: device.id,
    facts: {},
  })
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}

/** Nothing of it works any more, its open streams included. One that was retired already is no device. */
export async function retireDevice(
  tx: Tx,
  { cafeId, id }: Pick<Device, 'cafeId' | 'id'>,
  atMs: number,
): Promise<Outcome<'not-found'>> {
  if (!(await tx.devices.revoke(cafeId, id, atMs))) return { ok: false, reason: 'not-found' }
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}
