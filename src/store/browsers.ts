/** Customers' browsers, each bound to one card. */
import type { Browser } from '../rules/card.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export function browserReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<Browser | null> => {
      const row = await db.first(
        sql`SELECT b.cafe_id, b.id, b.card_id, b.own, b.spent_elsewhere, b.promised_version, b.last_entry_id,
                   b.ticket_entry_id, c.at_ms AS claimed_at_ms
            FROM browsers b LEFT JOIN claims c ON c.cafe_id = b.cafe_id AND c.browser_id = b.id
            WHERE b.cafe_id = ${cafeId} AND b.id = ${uuid(id)}`,
      )
      return row && browserOf(row)
    },
  }
}

export function browserWrites(db: Database) {
  return {
    /** Binds a new browser to a card: unproven, with nothing of its own. */
    bind: async (
      cafeId: number,
      id: string,
      cardId: string,
      promisedVersion: number,
      atMs: number,
    ): Promise<Browser> => {
      await db.run(
        sql`INSERT INTO browsers (cafe_id, id, card_id, own, spent_elsewhere, promised_version, created_at_ms)
            VALUES (${cafeId}, ${uuid(id)}, ${uuid(cardId)}, 0, 0, ${promisedVersion}, ${atMs})`,
      )
      return freshBrowser(cafeId, id, cardId, promisedVersion)
    },

    /** From now on its cookie is nobody's. The lines that it earned stay on the card. */
    forget: (cafeId: number, id: string) =>
      db.run(sql`DELETE FROM browsers WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),

    /** Records the claim that makes a browser proven. */
    prove: (cafeId: number, id: string, actor: string, atMs: number) =>
      db.run(
        sql`INSERT INTO claims (cafe_id, browser_id, at_ms, actor) VALUES (${cafeId}, ${uuid(id)}, ${atMs}, ${actor})
            ON CONFLICT (cafe_id, browser_id) DO NOTHING`,
      ),
  }
}

/** A browser as it is bound: unproven, with nothing of its own. */
export function freshBrowser(cafeId: number, id: string, cardId: string, promisedVersion: number): Browser {
  const fresh = { own: 0, spentElsewhere: 0, isProven: false, lastEntryId: null, ticketEntryId: null }
  return { cafeId, id, cardId, promisedVersion, ...fresh }
}

export function browserOf(row: Row): Browser {
  const { integer, integerOrNull, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    cardId: id('card_id'),
    own: integer('own'),
    spentElsewhere: integer('spent_elsewhere'),
    isProven: integerOrNull('claimed_at_ms') !== null,
    promisedVersion: integer('promised_version'),
    lastEntryId: uuidOrNull('last_entry_id'),
    ticketEntryId: uuidOrNull('ticket_entry_id'),
  }
}
