/** The first answer to each idempotency key, kept in the transaction of the change that it answers. */
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

/** What was done, and all that the same reply needs again. */
export interface Answer {
  /** The browser as which the customer goes on, or the one that was forgotten; null when it is about neither. */
  readonly browserId: string | null
  /** The line that was written, or null: pages find the card by it. */
  readonly entryId: string | null
  /** Stamps added; 0 when the change was another one. */
  readonly stamps: number
  readonly atMs: number
}

export interface KeptAnswer extends Answer {
  /** Who asked: `person:<id>` or `device:<id>` behind the counter; `browser:<id>`, or `csrf:<id>` for one not yet known. */
  readonly asker: string
  /** Whether it was the same request: keyed digests are compared, so no form is kept. */
  readonly isFor: (request: string) => boolean
}

export function answerReads(db: Database, vault: PhoneVault) {
  return {
    find: async (cafeId: number, key: string): Promise<KeptAnswer | null> => {
      const row = await db.first(
        sql`SELECT asker, request_digest, browser_id, entry_id, stamps, at_ms FROM answers WHERE cafe_id = ${cafeId} AND key = ${key}`,
      )
      return row && answerOf(row, vault)
    },

    /** A page of a café's keys in their order, from after one of them; '' is before all. */
    keysAfter: async (cafeId: number, after: string, most: number) =>
      (
        await db.all(
          sql`SELECT key, at_ms FROM answers WHERE cafe_id = ${cafeId} AND key > ${after} ORDER BY key LIMIT ${most}`,
        )
      ).map((row) => ({ key: columns(row).text('key'), atMs: columns(row).integer('at_ms') })),
  }
}

export function answerWrites(db: Database, vault: PhoneVault) {
  return {
    keep: (cafeId: number, key: string, asker: string, request: string, answer: Answer) =>
      db.run(
        sql`INSERT INTO answers (cafe_id, key, asker, request_digest, browser_id, entry_id, stamps, at_ms)
            VALUES (${cafeId}, ${key}, ${asker}, ${vault.digest(request)}, ${uuid(answer.browserId)}, ${uuid(answer.entryId)},
                    ${answer.stamps}, ${answer.atMs})`,
      ),

    /** Forgets answers. @returns how many there were */
    drop: (cafeId: number, keys: readonly string[]): Promise<number> => {
      const list = JSON.stringify(keys) // one statement: over a network five hundred would hold up the café for a second
      return db.engine === 'sqlite'
        ? db.run(
            sql`DELETE FROM answers WHERE cafe_id = ${cafeId} AND key IN (SELECT value FROM json_each(${list}))`,
          )
        : db.run(
            sql`DELETE FROM answers WHERE cafe_id = ${cafeId} AND key IN (SELECT json_array_elements_text(${list}::json))`,
          )
    },
  }
}

export function answerOf(row: Row, vault: PhoneVault): KeptAnswer {
  const { bytes, integer, text, uuidOrNull } = columns(row)
  const digest = Buffer.from(bytes('request_digest'))
  return {
    asker: text('asker'),
    isFor: (request) => digest.equals(vault.digest(request)),
    browserId: uuidOrNull('browser_id'),
    entryId: uuidOrNull('entry_id'),
    stamps: integer('stamps'),
    atMs: integer('at_ms'),
  }
}
