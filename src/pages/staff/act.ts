/** What staff do: once for each key, with the name of who does it in the ledger and in the audit log. */
import type { Outcome } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import type { Actor } from '../../rules/entry.ts'
import type { Answer } from '../../store/answers.ts'
import type { Tx } from '../../store/store.ts'
import { changeAudited, type Deed } from '../audited.ts'
import type { Visit } from '../visit.ts'
import { actorOf } from '../who.ts'

export type Staff = Extract<Actor, { kind: 'staff' }>

export function actOnce<Reason extends string>(
  visit: Visit,
  fields: Fields,
  deed: Deed,
  work: (tx: Tx, actor: Staff) => Promise<Outcome<Reason>>,
): Promise<Outcome<Reason | 'key-reused'>> {
  const actor = staffOf(visit)
  return changeAudited(visit, fields, deed, (tx) => work(tx, actor))
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
