/** Staff's answer to a customer who asks for a stamp: allowed, it becomes one; refused, it is over. */
import type { Actor } from '../rules/entry.ts'
import type { Programme } from '../rules/programme.ts'
import { type Decision, refusalOfDecision } from '../rules/request.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'
import { type StampRefusal, stampCard } from './stamp-card.ts'

export interface DecideInput {
  readonly cafe: Cafe
  readonly programme: Programme
  readonly requestId: string
  readonly decision: Decision
  /** How many stamps, when it is allowed. */
  readonly stamps: number
  /** Whatever limit stands in the way is lifted, with the name of whoever allows it. */
  readonly isOverLimit: boolean
  readonly atMs: number
  /** For the stamp (UUIDv7). */
  readonly entryId: string
}

export type DecideRefusal = 'not-found' | 'already-decided' | 'request-expired' | StampRefusal

/** Decides once. A stamp that a limit refuses leaves the request open: staff may lift the limit, or refuse. */
export async function decideRequest(
  tx: Tx,
  actor: Extract<Actor, { kind: 'staff' }>,
  input: DecideInput,
): Promise<Outcome<DecideRefusal>> {
  const { cafeId } = actor
  const seen = await tx.requests.find(cafeId, input.requestId)
  if (seen === null) return { ok: false, reason: 'not-found' }
  await tx.cards.lock(cafeId, seen.cardId)
  const request = (await tx.requests.find(cafeId, input.requestId)) ?? seen // as it is now that nobody else is at the card
  const refusal = refusalOfDecision(request, input.atMs)
  if (refusal !== null) return { ok: false, reason: refusal }

  const outcome = input.decision === 'allow' ? await stampFor(tx, actor, request, input) : doneAt(input.atMs)
  if (!outcome.ok) return outcome
  await tx.requests.decide(cafeId, request.id, {
    decision: input.decision,
    decidedAtMs: input.atMs,
    personId: actor.person.id,
    deviceId: actor.device?.id ?? null,
    entryId: outcome.answer.entryId,
  })
  await tx.tell(cafeId, 'requests')
  return outcome
}

/** The stamp is the asking browser's own; whoever was "not me" since has nobody left to be stamped for. */
async function stampFor(
  tx: Tx,
  actor: Extract<Actor, { kind: 'staff' }>,
  { browserId }: { readonly browserId: string },
  { cafe, programme, stamps, isOverLimit, atMs, entryId }: DecideInput,
): Promise<Outcome<DecideRefusal>> {
  const newIds = { entry: entryId, card: entryId, browser: entryId } // neither card nor browser comes to be
  const who = { browserId: null, forBrowserId: browserId, phone: null }
  const outcome = await stampCard(tx, actor, { cafe, programme, ...who, stamps, isOverLimit, atMs, newIds })
  return !outcome.ok && outcome.reason === 'no-such-card' ? { ok: false, reason: 'request-expired' } : outcome
}
