/** Links that let one person in, once. The id is a hash of the link's token, so that nobody who reads this can follow one. */
import { NIL_ID } from '../rules/id.ts'
import { columns, type Database, sql, uuid } from './sql.ts'

export type Purpose = 'setup' | 'reset' | 'staff'

export interface Invitation {
  readonly id: string
  readonly purpose: Purpose
  /** Whom it lets in; null while they are not there yet. */
  readonly personId: string | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
  readonly usedAtMs: number | null
}

export function invitationReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<Invitation | null> => {
      const row = await db.first(
        sql`SELECT id, purpose, person_id, created_at_ms, expires_at_ms, used_at_ms FROM invitations
            WHERE cafe_id = ${cafeId} AND id = ${id}`,
      )
      if (row === null) return null
      const { integer, integerOrNull, text, uuidOrNull } = columns(row)
      return {
        id: text('id'),
        purpose: text('purpose') as Purpose,
        personId: uuidOrNull('person_id'),
        createdAtMs: integer('created_at_ms'),
        expiresAtMs: integer('expires_at_ms'),
        usedAtMs: integerOrNull('used_at_ms'),
      }
    },
  }
}

export function invitationWrites(db: Database) {
  return {
    add: (
      cafeId: number,
      { id, purpose, personId, createdAtMs, expiresAtMs }: Omit<Invitation, 'usedAtMs'>,
    ) =>
      db.run(
        sql`INSERT INTO invitations (cafe_id, id, purpose, person_id, created_at_ms, expires_at_ms)
            VALUES (${cafeId}, ${id}, ${purpose}, ${uuid(personId)}, ${createdAtMs}, ${expiresAtMs})`,
      ),

    /** @returns whether it was there, unused and in time: true for one caller, whoever else has the link */
    use: async (cafeId: number, id: string, atMs: number): Promise<boolean> =>
      (await db.run(
        sql`UPDATE invitations SET used_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${id} AND used_at_ms IS NULL AND expires_at_ms > ${atMs}`,
      )) === 1,

    /** What it was for is done. @returns whether it was still there: true for one caller */
    finish: async (cafeId: number, id: string): Promise<boolean> =>
      (await db.run(sql`DELETE FROM invitations WHERE cafe_id = ${cafeId} AND id = ${id}`)) === 1,

    /** All for one purpose, opened or not: nobody needs them any more. */
    dropAll: (cafeId: number, purpose: Purpose) =>
      db.run(sql`DELETE FROM invitations WHERE cafe_id = ${cafeId} AND purpose = ${purpose}`),

    /** A newer link ends the ones before it; nobody's are compared as the nil id's, as null is equal to nothing. @returns how many were still open */
    dropOpen: (cafeId: number, purpose: Purpose, personId: string | null) =>
      db.run(
        sql`DELETE FROM invitations WHERE cafe_id = ${cafeId} AND purpose = ${purpose} AND used_at_ms IS NULL
              AND COALESCE(person_id, ${uuid(NIL_ID)}) = ${uuid(personId ?? NIL_ID)}`,
      ),

    /** @returns how many were dropped */
    dropExpired: (cafeId: number, beforeMs: number) =>
      db.run(sql`DELETE FROM invitations WHERE cafe_id = ${cafeId} AND expires_at_ms <= ${beforeMs}`),
  }
}
