/** What staff do: once for each key, with the name of who does it in the ledger and in the audit log. */
import type { Outcome } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import type { Act, Facts } from '../../rules/audit.ts'
import type { Actor } from '../../rules/entry.ts'
import type { Answer } from '../../store/answers.ts'
import type { Tx } from '../../store/store.ts'
import { auditLine } from '../audit-line.ts'
import { changeOnce } from '../door.ts'
import type { Visit } from '../visit.ts'
import { actorOf } from '../who.ts'

export type Staff = Extract<Actor, { kind: 'staff' }>

export interface Deed {
  readonly act: Act
  /** The id of what it is done to; null: of the line that it writes. */
  readonly subject: string | null
  readonly facts?: Facts
}

export function actOnce<Reason extends string>(
  visit: Visit,
  fields: Fields,
  deed: Deed,
  work: (tx: Tx, actor: Staff) => Promise<Outcome<Reason>>,
): Promise<{ ok: true; answer: Answer } | { ok: false; reason: Reason | 'key-reused' }> {
  const actor = staffOf(visit)
  return changeOnce(visit, fields, async (tx) => {
    const outcome = await work(tx, actor)
    if (!outcome.ok) return outcome
    const { act, subject, facts } = deed
    const line = auditLine(visit, act, subject ?? outcome.answer.entryId, facts)
    await tx.audits.append(visit.cafe.id, line)
    return outcome
  })
}

/** What a change without a line of its own answers. */
export function done(visit: Visit, entryId: string | null = null): { ok: true; answer: Answer } {
  return { ok: true, answer: { browserId: null, entryId, stamps: 0, atMs: visit.nowMs } }
}

/** @throws Error where a route lets in somebody else: routes.ts says staff */
function staffOf({ cafe, who }: Visit): Staff {
  const actor = actorOf(cafe, who)
  if (actor?.kind !== 'staff') throw new Error('only staff get this far')
  return actor
}
