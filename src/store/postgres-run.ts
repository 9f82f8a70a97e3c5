/** One command on its way through a group's transaction. */
import type { Card } from '../rules/card.ts'
import type { Entry } from '../rules/entry.ts'
import type { Topic } from './changes.ts'
import type { Piece } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
import type { GatheredAudit } from './postgres-audits.ts'
import { asUnavailable } from './postgres-connection.ts'
import type { Questions } from './postgres-questions.ts'
import { GatheredWrites } from './postgres-writes.ts'
import type { Database } from './sql.ts'
import type { Tx } from './store.ts'

/** What the commands of a group share. */
export interface Group {
  readonly cafeId: number | null
  readonly vault: PhoneVault
  readonly db: Database
  readonly questions: Questions
  /** The lines sent so far: other processes are told of them with the commit. */
  readonly entries: Entry[]
  /** Which run holds which card, number or key until the group is through. */
  readonly holders: Map<string, Run>
  /** Statements under way that no other command has part in. */
  readonly direct: Set<Promise<unknown>>
  /** The last of them: a connection is asked one thing at a time. */
  turn: Promise<unknown>
  readonly send: (writes: readonly GatheredWrites[]) => Promise<void>
  /** Once set, the connection is somebody else's: a command that still goes on may not use it. */
  isOver: boolean
}

type RunOutcome =
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'again'; readonly met: string }

/** Another command, of the group or of another process, is at the same card or key: this one is run in a later group, from the start. */
class MeetsAnother extends Error {
  readonly met: string

  constructor(met: string) {
    super(`another command is at ${met}`)
    this.met = met
  }
}

export class Run {
  readonly piece: Piece<Tx>
  outcome: RunOutcome | null = null
  writes = new GatheredWrites()
  /** The cards it has locked, as it may go on with them. */
  readonly locked = new Map<string, Card>()
  /** What it did, for the audit log: sent only when the group is through, in whatever order the rest was. */
  readonly audits: GatheredAudit[] = []
  /** What other processes are told of with the commit, besides its lines. */
  readonly topics = new Set<Topic>()
  /** Whether something of it was sent before it was through. */
  hasSent = false

  constructor(piece: Piece<Tx>) {
    this.piece = piece
  }

  get error(): unknown {
    return this.outcome?.kind === 'failed' ? this.outcome.error : undefined
  }

  start(tx: Tx): void {
    this.piece.work(tx).then(
      (value) => {
        this.outcome = { kind: 'done', value }
      },
      (error) => {
        this.outcome =
          error instanceof MeetsAnother ? { kind: 'again', met: error.met } : { kind: 'failed', error }
      },
    )
  }

  /** Takes a card, a number or a key for this command alone. @throws MeetsAnother */
  hold(group: Group, what: string): void {
    const holder = group.holders.get(what) ?? this
    if (holder !== this) this.#meet(group, what)
    group.holders.set(what, this)
  }

  /** Another process holds the card: the next time it is waited for first of all. @throws MeetsAnother */
  meetElsewhere(group: Group, cardId: string): never {
    this.piece.lockFirst = [...this.locked.keys(), cardId]
    this.#meet(group, `card ${cardId}`)
  }

  /** What it held is free for the others: else two that hold what the other wants would meet again and again. */
  #meet(group: Group, what: string): never {
    for (const [held, holder] of group.holders) if (holder === this) group.holders.delete(held)
    throw new MeetsAnother(what)
  }

  /** To be called after the commit. */
  answer(): void {
    if (this.outcome?.kind === 'done') this.piece.resolve(this.outcome.value)
    if (this.outcome?.kind === 'failed') this.piece.reject(asUnavailable(this.outcome.error))
  }
}
