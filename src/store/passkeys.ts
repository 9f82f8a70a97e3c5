/** The passkeys of people: public halves only, so nothing here opens anything. */
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export interface Passkey {
  /** As the authenticator names it, base64url. */
  readonly id: string
  readonly personId: string
  /** COSE. */
  readonly publicKey: Uint8Array
  /** How often it says it was used: always 0 for one that is synchronised. */
  readonly counter: number
  /** How a browser reaches it, such as `internal` or `hybrid`. */
  readonly transports: readonly string[]
  /** What its owner calls it. */
  readonly name: string
  readonly createdAtMs: number
  readonly usedAtMs: number | null
}

export function passkeyReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<Passkey | null> => {
      const row = await db.first(
        sql`SELECT id, person_id, public_key, counter, transports, name, created_at_ms, used_at_ms FROM passkeys
            WHERE cafe_id = ${cafeId} AND id = ${id}`,
      )
      return row && passkeyOf(row)
    },

    /** Oldest first. */
    ofPerson: async (cafeId: number, personId: string): Promise<readonly Passkey[]> =>
      (
        await db.all(
          sql`SELECT id, person_id, public_key, counter, transports, name, created_at_ms, used_at_ms FROM passkeys
              WHERE cafe_id = ${cafeId} AND person_id = ${uuid(personId)} ORDER BY created_at_ms, id`,
        )
      ).map(passkeyOf),
  }
}

export function passkeyWrites(db: Database) {
  return {
    /** @returns whether it was added: not when the café knows it already */
    add: async (cafeId: number, passkey: Omit<Passkey, 'usedAtMs'>): Promise<boolean> => {
      const { id, personId, publicKey, counter, transports, name, createdAtMs } = passkey
      const changed = await db.run(
        sql`INSERT INTO passkeys (cafe_id, id, person_id, public_key, counter, transports, name, created_at_ms)
            VALUES (${cafeId}, ${id}, ${uuid(personId)}, ${publicKey}, ${counter}, ${transports.join(' ')}, ${name},
                    ${createdAtMs}) ON CONFLICT (cafe_id, id) DO NOTHING`,
      )
      return changed === 1
    },

    /** @returns whether it was there, and its counter had not gone further meanwhile: a copy's would have */
    touch: async (cafeId: number, id: string, counter: number, atMs: number): Promise<boolean> => {
      const changed = await db.run(
        sql`UPDATE passkeys SET counter = ${counter}, used_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${id} AND (counter < ${counter} OR counter = 0)`,
      )
      return changed === 1
    },

    /** @returns whether it was that person's */
    remove: async (cafeId: number, personId: string, id: string): Promise<boolean> =>
      (await db.run(
        sql`DELETE FROM passkeys WHERE cafe_id = ${cafeId} AND id = ${id} AND person_id = ${uuid(personId)}`,
      )) === 1,
  }
}

function passkeyOf(row: Row): Passkey {
  const { bytes, integer, integerOrNull, text, uuid: id } = columns(row)
  return {
    id: text('id'),
    personId: id('person_id'),
    publicKey: bytes('public_key'),
    counter: integer('counter'),
    transports: text('transports').split(' ').filter(Boolean),
    name: text('name'),
    createdAtMs: integer('created_at_ms'),
    usedAtMs: integerOrNull('used_at_ms'),
  }
}
