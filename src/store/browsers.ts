/** Customers' browsers, each bound to one card. */
import type { Browser, Card } from '../rules/card.ts'
import type { CookieUse } from '../rules/cookie-use.ts'
import type { Phone } from '../rules/phone.ts'
import { cardOf } from './cards.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

/** A proven browser as its card lists it. */
export interface ProvenBrowser {
  readonly id: string
  readonly claimedAtMs: number
}

export interface BrowserWithCard {
  readonly browser: Browser
  readonly card: Card
  /** The number of the card, opened when it is asked for. */
  readonly phone: () => Phone
  /** What is remembered of the browser's cookies. */
  readonly cookie: CookieUse
}

export function browserReads(db: Database, vault: PhoneVault) {
  return {
    /** A browser with its card: all that its pages begin with, in one question. */
    findWithCard: async (cafeId: number, id: string): Promise<BrowserWithCard | null> => {
      const row = await db.first(
        sql`SELECT b.cafe_id, b.id, b.card_id, b.own, b.spent_elsewhere, b.promised_version, b.last_entry_id,
                   b.ticket_entry_id, b.created_at_ms, b.cookie_day_ms, b.cookie_seen_at_ms, c.at_ms AS claimed_at_ms,
                   k.balance, k.promised_version AS card_promised_version, k.last_entry_id AS card_last_entry_id,
                   k.last_stamp_at_ms, k.visits_day, k.visits, k.last_code_step, k.phone_sealed
            FROM browsers b JOIN cards k ON k.cafe_id = b.cafe_id AND k.id = b.card_id
                 LEFT JOIN claims c ON c.cafe_id = b.cafe_id AND c.browser_id = b.id
            WHERE b.cafe_id = ${cafeId} AND b.id = ${uuid(id)}`,
      )
      if (row === null) return null
      const card = cardOf(cardRowOf(row))
      const phone = () => vault.open(cafeId, card.id, columns(row).bytes('phone_sealed'))
      return { browser: browserOf(row), card, phone, cookie: cookieUseOf(row) }
    },

    /** The proven browsers of a card, the first to be proven first. */
    provenOf: async (cafeId: number, cardId: string, most: number): Promise<readonly ProvenBrowser[]> =>
      (
        await db.all(
          sql`SELECT b.id, c.at_ms FROM browsers b JOIN claims c ON c.cafe_id = b.cafe_id AND c.browser_id = b.id
              WHERE b.cafe_id = ${cafeId} AND b.card_id = ${uuid(cardId)} ORDER BY c.at_ms, b.id LIMIT ${most}`,
        )
      ).map((row) => ({ id: columns(row).uuid('id'), claimedAtMs: columns(row).integer('at_ms') })),

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

    /** A browser as it stands after another's own stamps went over to it. */
    keepOwn: ({ cafeId, id, own, promisedVersion }: Browser) =>
      db.run(
        sql`UPDATE browsers SET own = ${own}, promised_version = ${promisedVersion}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      ),

    /** Records the claim that makes a browser proven. */
    prove: (cafeId: number, id: string, actor: string, atMs: number) =>
      db.run(
        sql`INSERT INTO claims (cafe_id, browser_id, at_ms, actor) VALUES (${cafeId}, ${uuid(id)}, ${atMs}, ${actor})
            ON CONFLICT (cafe_id, browser_id) DO NOTHING`,
      ),

    /** Takes back what made it proven. */
    unprove: (cafeId: number, id: string) =>
      db.run(sql`DELETE FROM claims WHERE cafe_id = ${cafeId} AND browser_id = ${uuid(id)}`),

    /** Remembers a newer cookie; one older than what is remembered changes nothing, nor does any once a copy was noticed. */
    noteCookie: (cafeId: number, id: string, dayMs: number, atMs: number) =>
      db.run(
        sql`UPDATE browsers SET cookie_day_ms = ${dayMs}, cookie_seen_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND (cookie_day_ms < ${dayMs} OR cookie_seen_at_ms IS NULL)`,
      ),

    /** Remembers that a copy was noticed. @returns whether it is news */
    noteCopy: async (cafeId: number, id: string, atMs: number): Promise<boolean> =>
      (await db.run(
        sql`UPDATE browsers SET cookie_day_ms = NULL, cookie_seen_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND (cookie_day_ms IS NOT NULL OR cookie_seen_at_ms IS NULL)`,
      )) === 1,

    /** From now on the cookie of this day is the newest again. @returns how many had noticed a copy */
    dropCopyNotice: (cafeId: number, id: string, dayMs: number, atMs: number) =>
      db.run(
        sql`UPDATE browsers SET cookie_day_ms = ${dayMs}, cookie_seen_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND cookie_day_ms IS NULL AND cookie_seen_at_ms IS NOT NULL`,
      ),
  }
}

/** A browser as it is bound: unproven, with nothing of its own. */
export function freshBrowser(cafeId: number, id: string, cardId: string, promisedVersion: number): Browser {
  const fresh = { own: 0, spentElsewhere: 0, isProven: false, lastEntryId: null, ticketEntryId: null }
  return { cafeId, id, cardId, promisedVersion, ...fresh }
}

function cardRowOf(row: Row): Row {
  const { card_id, card_promised_version, card_last_entry_id } = row
  return { ...row, id: card_id, promised_version: card_promised_version, last_entry_id: card_last_entry_id }
}

function cookieUseOf(row: Row): CookieUse {
  const { integer, integerOrNull } = columns(row)
  return {
    createdAtMs: integer('created_at_ms'),
    dayMs: integerOrNull('cookie_day_ms'),
    seenAtMs: integerOrNull('cookie_seen_at_ms'),
  }
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
