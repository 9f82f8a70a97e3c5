/** What the limiters have counted: the same for every process, and still there after a restart. */
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql } from './sql.ts'

/** One count of one limiter in one café. */
export interface Counted {
  readonly points: number
  readonly expiresAtMs: number
}

/** What is counted: which limiter, and for whom. Whom may be an address or an e-mail, so only a keyed digest of it is kept. */
export interface CountKey {
  readonly name: string
  readonly whom: string
}

export function limitReads(db: Database, vault: PhoneVault) {
  return {
    /** @returns null when nothing is counted, or no longer */
    find: async (cafeId: number, key: CountKey, nowMs: number): Promise<Counted | null> => {
      const row = await db.first(
        sql`SELECT points, expires_at_ms FROM limits
            WHERE cafe_id = ${cafeId} AND key = ${keyText(vault, key)} AND expires_at_ms > ${nowMs}`,
      )
      return row && countedOf(row)
    },
  }
}

export function limitWrites(db: Database, vault: PhoneVault) {
  return {
    /** Counts some more, in the time that began with the first. @returns the count with these */
    add: async (cafeId: number, key: CountKey, more: Counted, nowMs: number): Promise<Counted> => {
      const row = await db.first(
        sql`INSERT INTO limits (cafe_id, key, points, expires_at_ms)
            VALUES (${cafeId}, ${keyText(vault, key)}, ${more.points}, ${more.expiresAtMs})
            ON CONFLICT (cafe_id, key) DO UPDATE SET
              points = excluded.points + CASE WHEN limits.expires_at_ms > ${nowMs} THEN limits.points ELSE 0 END,
              expires_at_ms = CASE WHEN limits.expires_at_ms > ${nowMs} THEN limits.expires_at_ms ELSE excluded.expires_at_ms END
            RETURNING points, expires_at_ms`,
      )
      if (row === null) throw new Error('an upsert returns its row')
      return countedOf(row)
    },

    /** Takes some back, down to none. @returns whether there were any */
    giveBack: async (cafeId: number, key: CountKey, points: number): Promise<boolean> =>
      (await db.run(
        sql`UPDATE limits SET points = CASE WHEN points > ${points} THEN points - ${points} ELSE 0 END
            WHERE cafe_id = ${cafeId} AND key = ${keyText(vault, key)} AND points > 0`,
      )) === 1,

    /** @returns whether there was a count */
    clear: async (cafeId: number, key: CountKey): Promise<boolean> =>
      (await db.run(sql`DELETE FROM limits WHERE cafe_id = ${cafeId} AND key = ${keyText(vault, key)}`)) ===
      1,

    /** Counts whose time is over. @returns how many there were, at most so many */
    dropExpired: (cafeId: number, nowMs: number, most: number) =>
      db.run(
        sql`DELETE FROM limits WHERE cafe_id = ${cafeId} AND key IN
              (SELECT key FROM limits WHERE cafe_id = ${cafeId} AND expires_at_ms <= ${nowMs} LIMIT ${most})`,
      ),
  }
}

function keyText(vault: PhoneVault, { name, whom }: CountKey): string {
  return `${name}:${vault.digest(`${name}:${whom}`).toString('base64url')}`
}

function countedOf(row: Row): Counted {
  const { integer } = columns(row)
  return { points: integer('points'), expiresAtMs: integer('expires_at_ms') }
}
