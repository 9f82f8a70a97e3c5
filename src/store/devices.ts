/** Paired tablets: kiosks and counters. */
import type { Device, DeviceKind, DeviceSecrets } from '../rules/device.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

/** A device that waits for its pairing code. */
export interface NewDevice {
  readonly id: string
  readonly branchId: string
  readonly kind: DeviceKind
  readonly name: string
  readonly createdAtMs: number
}

export interface Pairing {
  readonly hash: string
  readonly expiresAtMs: number
}

export function deviceReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<Device | null> => {
      const row = await db.first(sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`)
      return row && deviceOf(row)
    },

    /** With the hashes of its secrets; null for one that was never paired. */
    findPaired: async (cafeId: number, id: string): Promise<(Device & { secrets: DeviceSecrets }) | null> => {
      const row = await db.first(
        sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND secret_hash IS NOT NULL`,
      )
      return row && { ...deviceOf(row), secrets: secretsOf(row) }
    },

    /** The device that this code pairs, while the code counts. */
    findByPairing: async (cafeId: number, hash: string, nowMs: number): Promise<Device | null> => {
      const row = await db.first(
        sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} AND pairing_hash = ${hash}
              AND pairing_expires_at_ms > ${nowMs} AND revoked_at_ms IS NULL`,
      )
      return row && deviceOf(row)
    },

    /** The paired device whose secret has this hash. */
    findBySecret: async (cafeId: number, hash: string): Promise<Device | null> => {
      const row = await db.first(
        sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} AND secret_hash = ${hash} AND revoked_at_ms IS NULL`,
      )
      return row && deviceOf(row)
    },

    /** All there ever were, for the names in old lines. */
    listEver: async (cafeId: number): Promise<readonly Device[]> =>
      (await db.all(sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} ORDER BY created_at_ms, id`)).map(
        deviceOf,
      ),

    /** All that were not revoked, oldest first. */
    list: async (cafeId: number): Promise<readonly Device[]> =>
      (
        await db.all(
          sql`SELECT * FROM devices WHERE cafe_id = ${cafeId} AND revoked_at_ms IS NULL ORDER BY created_at_ms, id`,
        )
      ).map(deviceOf),
  }
}

export function deviceWrites(db: Database) {
  return {
    add: (cafeId: number, device: NewDevice, pairing: Pairing) =>
      db.run(
        sql`INSERT INTO devices (cafe_id, id, branch_id, kind, name, created_at_ms, pairing_hash, pairing_expires_at_ms)
            VALUES (${cafeId}, ${uuid(device.id)}, ${uuid(device.branchId)}, ${device.kind}, ${device.name}, ${device.createdAtMs},
                    ${pairing.hash}, ${pairing.expiresAtMs})`,
      ),

    /** Another code, which ends the one before. */
    setPairing: (cafeId: number, id: string, pairing: Pairing) =>
      db.run(
        sql`UPDATE devices SET pairing_hash = ${pairing.hash}, pairing_expires_at_ms = ${pairing.expiresAtMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND revoked_at_ms IS NULL`,
      ),

    /** From now on this secret is the device's, and the code is spent. @returns whether the code still counted */
    pair: async (
      cafeId: number,
      id: string,
      paired: {
        readonly pairingHash: string
        readonly secretHash: string
        readonly atMs: number
        readonly address: string | null
      },
    ): Promise<boolean> =>
      (await db.run(
        sql`UPDATE devices SET secret_hash = ${paired.secretHash}, previous_secret_hash = NULL, rolled_at_ms = ${paired.atMs},
                   paired_at_ms = ${paired.atMs}, used_at_ms = ${paired.atMs}, address = ${paired.address},
                   pairing_hash = NULL, pairing_expires_at_ms = NULL, person_id = NULL, person_at_ms = NULL
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND pairing_hash = ${paired.pairingHash}
              AND pairing_expires_at_ms > ${paired.atMs} AND revoked_at_ms IS NULL`,
      )) === 1,

    /** The next secret was shown, so it is the current one. @returns whether it was so before this call */
    roll: async (
      cafeId: number,
      id: string,
      change: { readonly from: string; readonly to: string; readonly atMs: number },
    ): Promise<boolean> =>
      (await db.run(
        sql`UPDATE devices SET secret_hash = ${change.to}, previous_secret_hash = ${change.from}, rolled_at_ms = ${change.atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND secret_hash = ${change.from} AND revoked_at_ms IS NULL`,
      )) === 1,

    noteUse: (cafeId: number, id: string, atMs: number, address: string | null) =>
      db.run(
        sql`UPDATE devices SET used_at_ms = ${atMs}, address = ${address}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND revoked_at_ms IS NULL`,
      ),

    /** @returns whether it was one until now */
    revoke: async (cafeId: number, id: string, atMs: number): Promise<boolean> =>
      (await db.run(
        sql`UPDATE devices SET revoked_at_ms = ${atMs}, person_id = NULL, person_at_ms = NULL, pairing_hash = NULL
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND revoked_at_ms IS NULL`,
      )) === 1,

    /** Who works at it now; null for nobody. */
    switchPerson: (cafeId: number, id: string, personId: string | null, atMs: number) =>
      db.run(
        sql`UPDATE devices SET person_id = ${uuid(personId)}, person_at_ms = ${personId && atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND revoked_at_ms IS NULL`,
      ),

    /** Ends a person's work at every device, such as of one who has left. */
    endPerson: (cafeId: number, personId: string) =>
      db.run(
        sql`UPDATE devices SET person_id = NULL, person_at_ms = NULL
            WHERE cafe_id = ${cafeId} AND person_id = ${uuid(personId)}`,
      ),
  }
}

function deviceOf(row: Row): Device {
  const { integer, integerOrNull, text, textOrNull, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    branchId: id('branch_id'),
    kind: text('kind') as DeviceKind,
    name: text('name'),
    createdAtMs: integer('created_at_ms'),
    pairingExpiresAtMs: integerOrNull('pairing_expires_at_ms'),
    pairedAtMs: integerOrNull('paired_at_ms'),
    usedAtMs: integerOrNull('used_at_ms'),
    address: textOrNull('address'),
    revokedAtMs: integerOrNull('revoked_at_ms'),
    personId: uuidOrNull('person_id'),
    personAtMs: integerOrNull('person_at_ms'),
  }
}

function secretsOf(row: Row): DeviceSecrets {
  const { integer, text, textOrNull } = columns(row)
  return {
    current: text('secret_hash'),
    previous: textOrNull('previous_secret_hash'),
    rolledAtMs: integer('rolled_at_ms'),
  }
}
