/** Owners, managers and staff of a café. What proves who they are is read apart, so that it does not travel with every page. */
import { normaliseEmail } from '../rules/email.ts'
import type { Role } from '../rules/role.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export interface Person {
  readonly cafeId: number
  readonly id: string
  readonly role: Role
  readonly name: string
  /** In its one spelling (rules/email.ts); null for staff who only have a PIN. */
  readonly email: string | null
  readonly hasPassword: boolean
  readonly hasPin: boolean
  readonly hasTotp: boolean
  readonly createdAtMs: number
  /** Since when they may do nothing any more, or null. */
  readonly disabledAtMs: number | null
}

export interface NewPerson extends Pick<Person, 'id' | 'role' | 'name' | 'email' | 'createdAtMs'> {
  readonly passwordHash: string | null
}

/** What proves who a person is. */
export interface Proofs {
  readonly passwordHash: string | null
  /** Wrong passwords since the last right one. */
  readonly passwordFailures: number
  readonly pinHash: string | null
  readonly totpSecret: Uint8Array | null
  /** The time step of the last one-time code that was used, or null. */
  readonly totpUsedStep: number | null
}

export function peopleReads(db: Database, vault: PhoneVault) {
  return {
    find: async (cafeId: number, id: string): Promise<Person | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, role, name, email, password_hash, pin_hash, totp_sealed, created_at_ms, disabled_at_ms
            FROM people WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      return row && personOf(row)
    },

    findByEmail: async (cafeId: number, email: string): Promise<Person | null> => {
      const row = await db.first(
        sql`SELECT cafe_id, id, role, name, email, password_hash, pin_hash, totp_sealed, created_at_ms, disabled_at_ms
            FROM people WHERE cafe_id = ${cafeId} AND email = ${normaliseEmail(email)}`,
      )
      return row && personOf(row)
    },

    /** Everybody there ever was, first come first. */
    list: async (cafeId: number): Promise<readonly Person[]> =>
      (
        await db.all(
          sql`SELECT cafe_id, id, role, name, email, password_hash, pin_hash, totp_sealed, created_at_ms, disabled_at_ms
              FROM people WHERE cafe_id = ${cafeId} ORDER BY created_at_ms, id`,
        )
      ).map(personOf),

    proofsOf: async (cafeId: number, id: string): Promise<Proofs | null> => {
      const row = await db.first(
        sql`SELECT password_hash, password_failures, pin_hash, totp_sealed, totp_used_step
            FROM people WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      if (row === null) return null
      const { bytes, integer, integerOrNull, textOrNull } = columns(row)
      return {
        passwordHash: textOrNull('password_hash'),
        passwordFailures: integer('password_failures'),
        pinHash: textOrNull('pin_hash'),
        totpSecret: row.totp_sealed === null ? null : vault.openTotp(cafeId, id, bytes('totp_sealed')),
        totpUsedStep: integerOrNull('totp_used_step'),
      }
    },
  }
}

/** Each says whether it did something: not for an id that the café has not. */
export function peopleWrites(db: Database, vault: PhoneVault) {
  const change = async (statement: ReturnType<typeof sql>): Promise<boolean> =>
    (await db.run(statement)) === 1
  return {
    /** @returns whether they were added: not when somebody has that e-mail */
    add: (cafeId: number, { id, role, name, email, passwordHash, createdAtMs }: NewPerson) =>
      change(
        sql`INSERT INTO people (cafe_id, id, role, name, email, password_hash, created_at_ms)
            VALUES (${cafeId}, ${uuid(id)}, ${role}, ${name}, ${email && normaliseEmail(email)}, ${passwordHash}, ${createdAtMs})
            ON CONFLICT DO NOTHING`,
      ),

    rename: (cafeId: number, id: string, name: string) =>
      change(sql`UPDATE people SET name = ${name} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),

    /** @returns false, too, when somebody else has it */
    setEmail: (cafeId: number, id: string, email: string) =>
      change(
        sql`UPDATE people SET email = ${normaliseEmail(email)} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}
              AND NOT EXISTS (SELECT 1 FROM people o WHERE o.cafe_id = ${cafeId} AND o.email = ${normaliseEmail(email)}
                              AND o.id <> ${uuid(id)})`,
      ),

    setRole: (cafeId: number, id: string, role: Role) =>
      change(sql`UPDATE people SET role = ${role} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),

    disable: (cafeId: number, id: string, atMs: number) =>
      change(
        sql`UPDATE people SET disabled_at_ms = ${atMs}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND disabled_at_ms IS NULL`,
      ),

    enable: (cafeId: number, id: string) =>
      change(sql`UPDATE people SET disabled_at_ms = NULL WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),

    /** A new password has not been guessed at yet. */
    setPassword: (cafeId: number, id: string, hash: string) =>
      change(
        sql`UPDATE people SET password_hash = ${hash}, password_failures = 0 WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      ),

    setPin: (cafeId: number, id: string, hash: string | null) =>
      change(sql`UPDATE people SET pin_hash = ${hash} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),

    /** A new secret for one-time codes, sealed for this person; null takes them away. */
    setTotp: (cafeId: number, id: string, secret: Uint8Array | null) =>
      change(
        sql`UPDATE people SET totp_sealed = ${secret && vault.sealTotp(cafeId, id, secret)}, totp_used_step = NULL
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      ),

    /** @returns whether the step was free: not when it, or a later one, was used by now */
    useTotpStep: (cafeId: number, id: string, step: number) =>
      change(
        sql`UPDATE people SET totp_used_step = ${step} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}
              AND COALESCE(totp_used_step, -1) < ${step}`,
      ),

    countPasswordFailure: (cafeId: number, id: string) =>
      change(
        sql`UPDATE people SET password_failures = password_failures + 1 WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      ),

    clearPasswordFailures: (cafeId: number, id: string) =>
      change(
        sql`UPDATE people SET password_failures = 0 WHERE cafe_id = ${cafeId} AND id = ${uuid(id)} AND password_failures > 0`,
      ),
  }
}

function personOf(row: Row): Person {
  const { integer, integerOrNull, text, textOrNull, uuid: id } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    role: text('role') as Role,
    name: text('name'),
    email: textOrNull('email'),
    hasPassword: row.password_hash !== null,
    hasPin: row.pin_hash !== null,
    hasTotp: row.totp_sealed !== null,
    createdAtMs: integer('created_at_ms'),
    disabledAtMs: integerOrNull('disabled_at_ms'),
  }
}
