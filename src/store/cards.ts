/** Cards: a balance under one phone number in one café. */
import type { Card } from '../rules/card.ts'
import type { Phone } from '../rules/phone.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

/** What a new card needs, should the number have none. */
export interface Opening {
  readonly id: string
  readonly promisedVersion: number
  readonly atMs: number
}

/** A card as staff find it. */
export interface FoundCard extends Pick<Card, 'id' | 'balance' | 'promisedVersion' | 'lastStampAtMs'> {
  /** Opened: shown to nobody in full without a line in the audit log. */
  readonly phone: Phone
}

export interface FoundCards {
  readonly cards: readonly FoundCard[]
  /** Whether there are others that were not given. */
  readonly hasMore: boolean
}

export function cardReads(db: Database, vault: PhoneVault) {
  return {
    find: async (cafeId: number, id: string): Promise<Card | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, balance, promised_version, last_entry_id, last_stamp_at_ms, visits_day, visits, last_code_step FROM cards
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      return row && cardOf(row)
    },

    findByPhone: async (cafeId: number, phone: Phone): Promise<Card | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, balance, promised_version, last_entry_id, last_stamp_at_ms, visits_day, visits, last_code_step FROM cards
            WHERE cafe_id = ${cafeId} AND phone_lookup = ${vault.lookup(cafeId, phone)}`,
      )
      return row && cardOf(row)
    },

    /** Cards whose number ends so, newest stamp first; whoever shows them hides the rest of the number. */
    findByLastFour: async (cafeId: number, fourDigits: string, most: number): Promise<FoundCards> =>
      foundOf(
        await db.all(
          sql`SELECT cafe_id, id, balance, promised_version, last_stamp_at_ms, phone_sealed FROM cards
              WHERE cafe_id = ${cafeId} AND last_four_lookup = ${vault.lastFourLookup(cafeId, fourDigits as Phone)}
              ORDER BY last_stamp_at_ms DESC NULLS LAST, id DESC LIMIT ${most + 1}`,
        ),
        vault,
        most,
      ),

    /** Cards with this code; hardly ever more than one. */
    findByCode: async (cafeId: number, code: string, most: number): Promise<FoundCards> =>
      foundOf(
        await db.all(
          sql`SELECT cafe_id, id, balance, promised_version, last_stamp_at_ms, phone_sealed FROM cards
              WHERE cafe_id = ${cafeId} AND code = ${code}
              ORDER BY last_stamp_at_ms DESC NULLS LAST, id DESC LIMIT ${most + 1}`,
        ),
        vault,
        most,
      ),

    /** The code of a card, by which staff find it. */
    codeOf: (cafeId: number, id: string): string => vault.cardCode(cafeId, id),

    /** A page of a café's cards in the order of their ids, from after one of them, and whether each has its code already. */
    codesAfter: async (cafeId: number, afterId: string, most: number) =>
      (
        await db.all(
          sql`SELECT id, code FROM cards WHERE cafe_id = ${cafeId} AND id > ${uuid(afterId)} ORDER BY id LIMIT ${most}`,
        )
      ).map((row) => ({ id: columns(row).uuid('id'), hasCode: columns(row).textOrNull('code') !== null })),

    /** A page of the cards with something on them, in the order of their ids, from after one of them. */
    filledAfter: async (cafeId: number, afterId: string, most: number): Promise<readonly string[]> =>
      (
        await db.all(
          sql`SELECT id FROM cards WHERE cafe_id = ${cafeId} AND id > ${uuid(afterId)} AND balance > 0 ORDER BY id LIMIT ${most}`,
        )
      ).map((row) => columns(row).uuid('id')),

    /** The number a card stands under, opened. */
    phoneOf: async (cafeId: number, id: string): Promise<Phone | null> => {
      const row = await db.first(
        sql`SELECT phone_sealed FROM cards WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      return row && vault.open(cafeId, id, columns(row).bytes('phone_sealed'))
    },
  }
}

export function cardWrites(db: Database, vault: PhoneVault) {
  const { find, findByPhone } = cardReads(db, vault)
  return {
    /** The card as this transaction may change it. */
    lock: find,

    /** Writes the codes of cards that were opened before cards had any. */
    writeCodes: async (cafeId: number, ids: readonly string[]): Promise<void> => {
      for (const id of ids)
        await db.run(
          sql`UPDATE cards SET code = ${vault.cardCode(cafeId, id)}
              WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND code IS NULL`,
        )
    },

    /** The number's card, opened first if there is none; the same work either way, so that timing tells nobody which it was. */
    lockOrOpen: async (cafeId: number, phone: Phone, opening: Opening): Promise<Card> => {
      const sealed = vault.seal(cafeId, opening.id, phone)
      const lastFour = vault.lastFourLookup(cafeId, phone)
      const code = vault.cardCode(cafeId, opening.id)
      const card = await findByPhone(cafeId, phone)
      if (card !== null) return card
      await db.run(
        sql`INSERT INTO cards (cafe_id, id, phone_lookup, phone_sealed, last_four_lookup, code, balance, promised_version, created_at_ms)
            VALUES (${cafeId}, ${uuid(opening.id)}, ${vault.lookup(cafeId, phone)}, ${sealed}, ${lastFour}, ${code}, 0,
                    ${opening.promisedVersion}, ${opening.atMs})`,
      )
      return freshCard(cafeId, opening)
    },
  }
}

function foundOf(rows: readonly Row[], vault: PhoneVault, most: number): FoundCards {
  const cards = rows.slice(0, most).map((row) => {
    const { bytes, integer, integerOrNull, uuid: idOf } = columns(row)
    const id = idOf('id')
    return {
      id,
      balance: integer('balance'),
      promisedVersion: integer('promised_version'),
      lastStampAtMs: integerOrNull('last_stamp_at_ms'),
      phone: vault.open(integer('cafe_id'), id, bytes('phone_sealed')),
    }
  })
  return { cards, hasMore: rows.length > most }
}

/** A card as it is opened: nobody was stamped on it yet. */
export function freshCard(cafeId: number, { id, promisedVersion }: Opening): Card {
  const visited = { lastStampAtMs: null, visitsDay: null, visits: 0, lastCodeStep: null }
  return { cafeId, id, balance: 0, promisedVersion, lastEntryId: null, ...visited }
}

export function cardOf(row: Row): Card {
  const { integer, integerOrNull, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    balance: integer('balance'),
    promisedVersion: integer('promised_version'),
    lastEntryId: uuidOrNull('last_entry_id'),
    lastStampAtMs: integerOrNull('last_stamp_at_ms'),
    visitsDay: integerOrNull('visits_day'),
    visits: integer('visits'),
    lastCodeStep: integerOrNull('last_code_step'),
  }
}
