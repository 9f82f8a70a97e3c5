/** The audit log: lines in a chain, each café's its own (decision 013). */
import { timingSafeEqual } from 'node:crypto'
import {
  type Act,
  type Audit,
  type AuditActor,
  canonicalText,
  type Facts,
  type KeptAudit,
  keptAudit,
  type NewAudit,
} from '../rules/audit.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

/** The end of a chain: the newest line's number, its hash, and behind that the seal that only the key's holder can make. */
export interface AuditHead {
  readonly number: number
  readonly hash: Uint8Array
}

export interface ChainedAudit extends KeptAudit {
  readonly hash: Buffer
}

const HASH_BYTES = 32
export const NO_HASH: Uint8Array = new Uint8Array(HASH_BYTES) // what the first line follows
const FIRST_NUMBER_MAX = 2_147_483_647 // above every number: a page from the newest on

export function auditReads(db: Database) {
  return {
    /** Lines before a number, or the newest; newest first. */
    page: async (cafeId: number, before: number | null, most: number): Promise<readonly Audit[]> =>
      (
        await db.all(
          sql`SELECT cafe_id, number, at_ms, actor, person_id, device_id, address, act, subject, facts FROM audits
              WHERE cafe_id = ${cafeId} AND number < ${before ?? FIRST_NUMBER_MAX} ORDER BY number DESC LIMIT ${most}`,
        )
      ).map(auditOf),

    /** Lines after a number; oldest first. */
    since: async (cafeId: number, after: number, most: number): Promise<readonly Audit[]> =>
      (
        await db.all(
          sql`SELECT cafe_id, number, at_ms, actor, person_id, device_id, address, act, subject, facts FROM audits
              WHERE cafe_id = ${cafeId} AND number > ${after} ORDER BY number LIMIT ${most}`,
        )
      ).map(auditOf),
  }
}

/** On SQLite, where there is one writer; PostgreSQL gathers a group's lines (postgres-audits.ts). */
export function auditWrites(db: Database, vault: PhoneVault) {
  return {
    /** Whoever listens to the café hears `audits`, once it is written. */
    append: async (cafeId: number, line: NewAudit): Promise<void> => {
      const head = await openHead(db, cafeId)
      const { lines, end } = chainOn(vault, cafeId, head, [line])
      for (const one of lines) {
        await db.run(
          sql`INSERT INTO audits (cafe_id, number, at_ms, actor, person_id, device_id, address, act, subject, facts, hash)
              VALUES (${cafeId}, ${one.number}, ${one.atMs}, ${one.actor}, ${uuid(one.personId)}, ${uuid(one.deviceId)},
                      ${one.address}, ${one.act}, ${one.subject}, ${one.facts}, ${one.hash})`,
        )
      }
      await db.run(
        sql`UPDATE audit_heads SET number = ${end.number}, hash = ${end.hash} WHERE cafe_id = ${cafeId}`,
      )
    },
  }
}

/** The chain's end, for this transaction alone. One that is missing although there are lines begins unsealed, which the proof will name. */
export async function openHead(db: Database, cafeId: number): Promise<AuditHead> {
  const known = await lockHead(db, cafeId)
  if (known !== null) return known
  await db.run(
    sql`INSERT INTO audit_heads (cafe_id, number, hash)
        SELECT ${cafeId}, coalesce(max(number), 0), ${NO_HASH} FROM audits WHERE cafe_id = ${cafeId}
        ON CONFLICT (cafe_id) DO NOTHING`,
  )
  const made = await lockHead(db, cafeId)
  if (made === null) throw new Error('a chain has an end')
  return made
}

async function lockHead(db: Database, cafeId: number): Promise<AuditHead | null> {
  const row =
    db.engine === 'sqlite'
      ? await db.first(sql`SELECT number, hash FROM audit_heads WHERE cafe_id = ${cafeId}`)
      : await db.first(sql`SELECT number, hash FROM audit_heads WHERE cafe_id = ${cafeId} FOR UPDATE`)
  return row && headOf(row)
}

export function headOf(row: Row): AuditHead {
  return { number: columns(row).integer('number'), hash: columns(row).bytes('hash') }
}

/** New lines behind an end, each with its hash, and the end that they make. */
export function chainOn(
  vault: PhoneVault,
  cafeId: number,
  head: AuditHead,
  added: readonly NewAudit[],
): { lines: readonly ChainedAudit[]; end: AuditHead } {
  let previous = previousIn(vault, head)
  const lines = added.map((line, place) => {
    const kept = keptAudit(cafeId, head.number + 1 + place, line)
    const hash = vault.auditMac(previous, canonicalText(kept))
    previous = hash
    return { ...kept, hash }
  })
  return { lines, end: endOf(vault, head.number + lines.length, previous) }
}

/** Where a chain ends, sealed: who cuts lines off without the key cannot make the end that would hide it. */
export function endOf(vault: PhoneVault, number: number, hash: Uint8Array): AuditHead {
  return { number, hash: Buffer.concat([hash, vault.auditMac(hash, `end ${number}`)]) }
}

/**
 * What the next line follows. After an end that nobody with the key has sealed it follows what no true chain holds: the café goes on, and the
 * proof names that line for ever.
 */
function previousIn(vault: PhoneVault, { number, hash }: AuditHead): Uint8Array {
  if (number === 0) return NO_HASH
  const last = hash.subarray(0, HASH_BYTES)
  const { hash: sealed } = endOf(vault, number, last)
  const isSealed = sealed.length === hash.length && timingSafeEqual(sealed, hash)
  return isSealed ? last : vault.auditMac(hash, 'no end')
}

/** As the chain is over it. @throws UnreadableColumn */
export function chainedAuditOf(row: Row): ChainedAudit {
  const { bytes, integer, text, textOrNull, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    number: integer('number'),
    atMs: integer('at_ms'),
    actor: text('actor'),
    personId: uuidOrNull('person_id'),
    deviceId: uuidOrNull('device_id'),
    address: textOrNull('address'),
    act: text('act'),
    subject: textOrNull('subject'),
    facts: text('facts'),
    hash: Buffer.from(bytes('hash')),
  }
}

function auditOf(row: Row): Audit {
  const { integer, text, textOrNull, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    number: integer('number'),
    atMs: integer('at_ms'),
    actor: text('actor') as AuditActor,
    personId: uuidOrNull('person_id'),
    deviceId: uuidOrNull('device_id'),
    address: textOrNull('address'),
    act: text('act') as Act,
    subject: textOrNull('subject'),
    facts: JSON.parse(text('facts')) as Facts,
  }
}
