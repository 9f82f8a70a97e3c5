/** What the owner's pages count and list: questions over the ledger of a café, its newest part only. */
import type { Entry } from '../rules/entry.ts'
import type { Phone } from '../rules/phone.ts'
import { entryOf } from './entries.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, firstIdAt, sql, uuid } from './sql.ts'

export interface Figures {
  /** Given, without those taken back. */
  readonly stamps: number
  /** Used, without those given back. */
  readonly rewards: number
  /** Cards that were stamped. */
  readonly customers: number
  /** Of these, cards that were opened before. */
  readonly back: number
}

/** A line of any card, with the card's number: shown masked. */
export interface FeedLine {
  readonly entry: Entry
  readonly phone: Phone
}

export function reportReads(db: Database, vault: PhoneVault) {
  return {
    /** Of the time since a moment. By the key: ids begin with the time that they were made at. */
    figuresSince: async (cafeId: number, fromMs: number): Promise<Figures> => {
      const row = await db.first(
        sql`SELECT coalesce(sum(CASE WHEN e.kind = 'stamp' OR (e.kind = 'void' AND e.stamps < 0) THEN e.stamps END), 0) AS stamps,
                   coalesce(sum(CASE WHEN e.kind = 'redeem' THEN 1 WHEN e.kind = 'void' AND e.stamps > 0 THEN -1 END), 0) AS rewards,
                   count(DISTINCT CASE WHEN e.kind = 'stamp' THEN e.card_id END) AS customers,
                   count(DISTINCT CASE WHEN e.kind = 'stamp' AND c.created_at_ms < ${fromMs} THEN e.card_id END) AS back
            FROM entries e JOIN cards c ON c.cafe_id = e.cafe_id AND c.id = e.card_id
            WHERE e.cafe_id = ${cafeId} AND e.id > ${uuid(firstIdAt(fromMs))} AND e.at_ms >= ${fromMs}`,
      )
      if (row === null) throw new Error('a sum has a row')
      const { integer } = columns(row)
      return {
        stamps: integer('stamps'),
        rewards: integer('rewards'),
        customers: integer('customers'),
        back: integer('back'),
      }
    },

    /** The café's newest lines, newest first. */
    newestLines: async (cafeId: number, most: number): Promise<readonly FeedLine[]> =>
      (
        await db.all(
          sql`SELECT e.*, c.phone_sealed FROM entries e JOIN cards c ON c.cafe_id = e.cafe_id AND c.id = e.card_id
              WHERE e.cafe_id = ${cafeId} ORDER BY e.id DESC LIMIT ${most}`,
        )
      ).map((row) => {
        const entry = entryOf(row)
        return { entry, phone: vault.open(cafeId, entry.cardId, columns(row).bytes('phone_sealed')) }
      }),
  }
}
