/** What somebody does on a page behind the counter: once for its key, with its line in the audit log. */
import type { Outcome } from '../commands/answer-once.ts'
import type { Fields } from '../http/form.ts'
import type { Act, Facts, NewAudit } from '../rules/audit.ts'
import type { Tx } from '../store/store.ts'
import { changeOnce } from './door.ts'
import type { Visit } from './visit.ts'

export interface Deed {
  readonly act: Act
  /** The id of what it is done to; null: of the line of the ledger that it writes, if it writes one. */
  readonly subject: string | null
  readonly facts?: Facts
}

/** A refusal has done nothing, so it leaves no line. */
export function changeAudited<Reason extends string>(
  visit: Visit,
  fields: Fields,
  { act, subject, facts }: Deed,
  work: (tx: Tx) => Promise<Outcome<Reason>>,
): Promise<Outcome<Reason | 'key-reused'>> {
  return changeOnce(visit, fields, async (tx) => {
    const outcome = await work(tx)
    if (!outcome.ok) return outcome
    await tx.audits.append(visit.cafe.id, auditLine(visit, act, subject ?? outcome.answer.entryId, facts))
    return outcome
  })
}

/** @param subject the id of what it is done to */
export function auditLine(
  { who, nowMs, address }: Pick<Visit, 'who' | 'nowMs' | 'address'>,
  act: Act,
  subject: string | null = null,
  facts: Facts = {},
): NewAudit {
  const { device, person } = who
  return {
    atMs: nowMs,
    actor: person?.role ?? device?.kind ?? 'operator',
    personId: person?.id ?? null,
    deviceId: device?.id ?? null,
    address,
    act,
    subject,
    facts,
  }
}
