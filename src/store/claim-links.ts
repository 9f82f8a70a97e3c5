/** Claim links, by the hash of their token. */
import type { ClaimLink } from '../rules/claim.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export function claimLinkReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<ClaimLink | null> => {
      const row = await db.first(sql`SELECT * FROM claim_links WHERE cafe_id = ${cafeId} AND id = ${id}`)
      return row && linkOf(row)
    },

    /** Links of kiosks made since a time that nobody has nodded to, newest first: for staff's screen. */
    waitingForNod: async (cafeId: number, sinceMs: number, most: number): Promise<readonly ClaimLink[]> =>
      (
        await db.all(
          sql`SELECT * FROM claim_links WHERE cafe_id = ${cafeId} AND created_at_ms >= ${sinceMs}
                AND made_for_browser_id IS NOT NULL AND nodded_at_ms IS NULL
              ORDER BY created_at_ms DESC LIMIT ${most}`,
        )
      ).map(linkOf),

    /** Browsers that were made for links which ran out before a time and which nobody claimed. */
    unclaimedBrowsers: async (cafeId: number, beforeMs: number, most: number): Promise<readonly string[]> =>
      (
        await db.all(
          sql`SELECT b.id FROM claim_links l JOIN browsers b ON b.cafe_id = l.cafe_id AND b.id = l.made_for_browser_id
              WHERE l.cafe_id = ${cafeId} AND l.expires_at_ms < ${beforeMs} AND l.claimed_at_ms IS NULL LIMIT ${most}`,
        )
      ).map((row) => columns(row).uuid('id')),
  }
}

export function claimLinkWrites(db: Database) {
  return {
    add: (link: ClaimLink) =>
      db.run(
        sql`INSERT INTO claim_links (cafe_id, id, card_id, made_for_browser_id, person_id, device_id, created_at_ms, expires_at_ms)
            VALUES (${link.cafeId}, ${link.id}, ${uuid(link.cardId)}, ${uuid(link.madeForBrowserId)}, ${uuid(link.personId)},
                    ${uuid(link.deviceId)}, ${link.createdAtMs}, ${link.expiresAtMs})`,
      ),

    claim: (cafeId: number, id: string, browserId: string, atMs: number) =>
      db.run(
        sql`UPDATE claim_links SET claimed_at_ms = ${atMs}, claimed_browser_id = ${uuid(browserId)}
            WHERE cafe_id = ${cafeId} AND id = ${id}`,
      ),

    nod: (cafeId: number, id: string, personId: string, atMs: number) =>
      db.run(
        sql`UPDATE claim_links SET nodded_at_ms = ${atMs}, nodded_by = ${uuid(personId)}
            WHERE cafe_id = ${cafeId} AND id = ${id}`,
      ),

    /** Forgets links made before a time. @returns how many there were, at most so many */
    dropBefore: (cafeId: number, beforeMs: number, most: number): Promise<number> =>
      db.run(
        sql`DELETE FROM claim_links WHERE cafe_id = ${cafeId} AND id IN (
              SELECT id FROM claim_links WHERE cafe_id = ${cafeId} AND created_at_ms < ${beforeMs} LIMIT ${most})`,
      ),
  }
}

function linkOf(row: Row): ClaimLink {
  const { integer, integerOrNull, text, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: text('id'),
    cardId: id('card_id'),
    madeForBrowserId: uuidOrNull('made_for_browser_id'),
    personId: uuidOrNull('person_id'),
    deviceId: uuidOrNull('device_id'),
    createdAtMs: integer('created_at_ms'),
    expiresAtMs: integer('expires_at_ms'),
    claimedAtMs: integerOrNull('claimed_at_ms'),
    claimedBrowserId: uuidOrNull('claimed_browser_id'),
    noddedAtMs: integerOrNull('nodded_at_ms'),
    noddedBy: uuidOrNull('nodded_by'),
  }
}
