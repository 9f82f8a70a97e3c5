/** One command on its way through a group's transaction. */
import type { Card } from '../rules/card.ts'
import type { Piece } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
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

/** Another command of the group is at the same card or key: this one is run in the next group, from the start. */
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
  readonly locked = new Map<string, Card | null>()
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
    if (holder !== this) throw new MeetsAnother(what)
    group.holders.set(what, this)
  }

  /** To be called after the commit. */
  answer(): void {
    if (this.outcome?.kind === 'done') this.piece.resolve(this.outcome.value)
    if (this.outcome?.kind === 'failed') this.piece.reject(asUnavailable(this.outcome.error))
  }
}
