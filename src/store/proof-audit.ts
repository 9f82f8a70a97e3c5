/** The proof of one café's audit log: each line's hash made anew from the one before it, up to the sealed end. */
import { canonicalText } from '../rules/audit.ts'
import { type AuditHead, type ChainedAudit, chainedAuditOf, endOf, headOf, NO_HASH } from './audits.ts'
import type { Cafe } from './cafes.ts'
import type { PhoneVault } from './phone-vault.ts'
import { columns, type Database, type Row, sql, UnreadableColumn } from './sql.ts'

interface Course {
  readonly db: Database
  readonly vault: PhoneVault
  readonly cafe: Cafe
  readonly blame: (row: string, what: string) => void
  readonly step: (rows: number) => void
}

const PAGE_LINES = 500

/** Names the first line that is not as it was written: those behind it hang on it. @returns how many are whole */
export async function proveAudits(course: Course): Promise<number> {
  const { db, vault, cafe, step } = course
  let last: AuditHead = { number: 0, hash: NO_HASH }
  for (let page: readonly Row[] | null = null; page === null || page.length === PAGE_LINES; ) {
    page = await linesAfter(db, cafe.id, last.number)
    for (const row of page) {
      const line = proveLine(course, row, last)
      if (line === null) return last.number
      last = line
    }
    step(page.length)
  }
  await proveEnd(course, endOf(vault, last.number, last.hash))
  return last.number
}

/** @returns null when it was blamed, or the one that should stand before it */
function proveLine({ vault, blame }: Course, row: Row, before: AuditHead): ChainedAudit | null {
  const expected = before.number + 1
  const number = columns(row).integer('number')
  if (number !== expected) {
    blame(`audit ${expected}`, 'is not there')
    return null
  }
  const line = readable(row)
  if (line?.hash.equals(vault.auditMac(before.hash, canonicalText(line)))) return line
  blame(`audit ${number}`, 'is not as it was written, or was put in')
  return null
}

function readable(row: Row): ChainedAudit | null {
  try {
    return chainedAuditOf(row)
  } catch (error) {
    if (error instanceof UnreadableColumn) return null
    throw error
  }
}

/** @param end as the lines that are there make it */
async function proveEnd({ db, cafe, blame }: Course, end: AuditHead): Promise<void> {
  const row = await db.first(sql`SELECT number, hash FROM audit_heads WHERE cafe_id = ${cafe.id}`)
  if (row === null) {
    if (end.number > 0) blame('audit log', 'has no end: lines behind it may have been cut off')
    return
  }
  const kept = headOf(row)
  if (kept.number > end.number)
    blame(`audit ${end.number + 1}`, `is not there: the log went on to ${kept.number}`)
  else if (kept.number < end.number) blame(`audit ${kept.number + 1}`, 'stands behind the end of the log')
  else if (Buffer.compare(kept.hash, end.hash) !== 0)
    blame('audit log', `has another end than its line ${end.number}: lines behind it may have been cut off`)
}

function linesAfter(db: Database, cafeId: number, after: number): Promise<readonly Row[]> {
  return db.all(
    sql`SELECT cafe_id, number, at_ms, actor, person_id, device_id, address, act, subject, facts, hash FROM audits
        WHERE cafe_id = ${cafeId} AND number > ${after} ORDER BY number LIMIT ${PAGE_LINES}`,
  )
}
