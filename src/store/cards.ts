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

export function cardReads(db: Database, vault: PhoneVault) {
  return {
    find: async (cafeId: number, id: string): Promise<Card | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, balance, promised_version, last_entry_id FROM cards
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      return row && cardOf(row)
    },

    findByPhone: async (cafeId: number, phone: Phone): Promise<Card | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, balance, promised_version, last_entry_id FROM cards
            WHERE cafe_id = ${cafeId} AND phone_lookup = ${vault.lookup(cafeId, phone)}`,
      )
      return row && cardOf(row)
    },

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

    /** The number's card, opened first if there is none; the same work either way, so that timing tells nobody which it was. */
    lockOrOpen: async (cafeId: number, phone: Phone, opening: Opening): Promise<Card> => {
      const sealed = vault.seal(cafeId, opening.id, phone)
      const lastFour = vault.lastFourLookup(cafeId, phone)
      const card = await findByPhone(cafeId, phone)
      if (card !== null) return card
      await db.run(
        sql`INSERT INTO cards (cafe_id, id, phone_lookup, phone_sealed, last_four_lookup, balance, promised_version, created_at_ms)
            VALUES (${cafeId}, ${uuid(opening.id)}, ${vault.lookup(cafeId, phone)}, ${sealed}, ${lastFour}, 0,
                    ${opening.promisedVersion}, ${opening.atMs})`,
      )
      return {
        cafeId,
        id: opening.id,
        balance: 0,
        promisedVersion: opening.promisedVersion,
        lastEntryId: null,
      }
    },
  }
}

export function cardOf(row: Row): Card {
  const { integer, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    balance: integer('balance'),
    promisedVersion: integer('promised_version'),
    lastEntryId: uuidOrNull('last_entry_id'),
  }
}
