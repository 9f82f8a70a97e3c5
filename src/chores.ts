/** The timer of the serving process: what has to be done now and then, each chore one call. */
import type { Clock } from './clock.ts'
import type { Store } from './store/store.ts'

/** As much of a log as chores need. */
export interface ChoreLog {
  info(facts: object, words: string): void
  error(facts: object, words: string): void
}

export interface ChoreInput {
  readonly store: Store
  readonly clock: Clock
  readonly log: ChoreLog
  /** Between two rounds; an hour unless told. */
  readonly everyMs?: number
}

const PRUNING = 'prune-answers'
const HOUR_MS = 3_600_000
const ANSWER_KEPT_MS = 30 * 24 * HOUR_MS // as long as a kiosk may have been offline with a form (safety.md F6)
const PAGE_KEYS = 500 // a page is read, and its old keys deleted, in a few milliseconds: customers hardly wait

/** Runs the chores now and from time to time. @returns stops them; resolves when none is at work any more */
export function startChores(input: ChoreInput): () => Promise<void> {
  let isStopped = false
  let atWork: Promise<void> = Promise.resolve()
  const round = () => {
    atWork = input.store
      .asOnly(PRUNING, () => pruneAnswers(input, () => isStopped))
      .then(() => {})
      .catch((error: unknown) => {
        const words = error instanceof Error ? error.message : String(error)
        input.log.error({ chore: PRUNING, error: words }, 'a chore failed')
      })
  }
  const timer = setInterval(round, input.everyMs ?? HOUR_MS)
  timer.unref()
  round()
  return async () => {
    isStopped = true
    clearInterval(timer)
    await atWork
  }
}

/** Forgets the answers to forms that nobody will send again. */
async function pruneAnswers({ store, clock, log }: ChoreInput, isStopped: () => boolean): Promise<void> {
  const beforeMs = clock() - ANSWER_KEPT_MS
  let pruned = 0
  for (const { id } of await store.cafes.list()) {
    for (let after = ''; !isStopped(); ) {
      const page = await store.answers.keysAfter(id, after, PAGE_KEYS)
      const old = page.filter(({ atMs }) => atMs < beforeMs).map(({ key }) => key)
      if (old.length > 0) pruned += await store.transaction(id, (tx) => tx.answers.drop(id, old))
      const last = page.at(-1)
      if (last === undefined || page.length < PAGE_KEYS) break
      after = last.key
    }
  }
  if (pruned > 0) log.info({ chore: PRUNING, pruned }, 'old answers forgotten')
}
