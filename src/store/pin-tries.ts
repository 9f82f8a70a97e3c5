/** Wrong PINs since the last right one, of a person on a device; a manager clears a device's. */
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export interface PinTries {
  readonly deviceId: string
  readonly personId: string
  readonly wrong: number
  readonly lastAtMs: number
}

export function pinTryReads(db: Database) {
  return {
    /** Of one person on one device; null when there was none since the last right PIN. */
    find: async (cafeId: number, deviceId: string, personId: string): Promise<PinTries | null> => {
      const row = await db.first(
        sql`SELECT device_id, person_id, wrong, last_at_ms FROM pin_tries
            WHERE cafe_id = ${cafeId} AND device_id = ${uuid(deviceId)} AND person_id = ${uuid(personId)}`,
      )
      return row && triesOf(row)
    },

    /** All of the café's: a row for each person who mistyped on a device. */
    list: async (cafeId: number): Promise<readonly PinTries[]> =>
      (
        await db.all(
          sql`SELECT device_id, person_id, wrong, last_at_ms FROM pin_tries WHERE cafe_id = ${cafeId}
              ORDER BY device_id, person_id`,
        )
      ).map(triesOf),
  }
}

export function pinTryWrites(db: Database) {
  return {
    /** @returns how many there are now */
    addWrong: async (cafeId: number, deviceId: string, personId: string, atMs: number): Promise<number> => {
      const row = await db.first(
        sql`INSERT INTO pin_tries (cafe_id, device_id, person_id, wrong, last_at_ms)
            VALUES (${cafeId}, ${uuid(deviceId)}, ${uuid(personId)}, 1, ${atMs})
            ON CONFLICT (cafe_id, device_id, person_id) DO UPDATE SET wrong = pin_tries.wrong + 1, last_at_ms = excluded.last_at_ms
            RETURNING wrong`,
      )
      if (row === null) throw new Error('an upsert returns its row')
      return columns(row).integer('wrong')
    },

    /** After the right PIN. */
    clear: (cafeId: number, deviceId: string, personId: string) =>
      db.run(
        sql`DELETE FROM pin_tries
            WHERE cafe_id = ${cafeId} AND device_id = ${uuid(deviceId)} AND person_id = ${uuid(personId)}`,
      ),

    /** Everybody's on a device, as a manager clears them. @returns how many rows there were */
    clearDevice: (cafeId: number, deviceId: string) =>
      db.run(sql`DELETE FROM pin_tries WHERE cafe_id = ${cafeId} AND device_id = ${uuid(deviceId)}`),
  }
}

function triesOf(row: Row): PinTries {
  const { integer, uuid: id } = columns(row)
  return {
    deviceId: id('device_id'),
    personId: id('person_id'),
    wrong: integer('wrong'),
    lastAtMs: integer('last_at_ms'),
  }
}
