/** The timer of the serving process: what has to be done now and then, each chore one call. */
import type { Clock } from './clock.ts'
import { CLAIM_KEPT_MS } from './rules/claim.ts'
import { NIL_ID } from './rules/id.ts'
import { REQUEST_KEPT_MS } from './rules/request.ts'
import { sessionStoreOf } from './store/sessions.ts'
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

interface Chore {
  readonly name: string
  /** What the log says was done. */
  readonly words: string
  /** Does it for one café, page by page. @returns how many rows it was about */
  readonly run: (course: Course, cafeId: number) => Promise<number>
  /** Only after the start: what comes later needs it no more. */
  readonly isOnce?: true
}

interface Course extends Pick<ChoreInput, 'store' | 'clock'> {
  readonly isStopped: () => boolean
}

const HOUR_MS = 3_600_000
const ANSWER_KEPT_MS = 30 * 24 * HOUR_MS // as long as a kiosk may have been offline with a form (safety.md F6)
const PAGE_KEYS = 500 // a page is read, and its old keys deleted, in a few milliseconds: customers hardly wait
const PAGE_CARDS = 50 // cards that a page locks or changes: each of them holds up its customer
const INVITATION_GRACE_MS = HOUR_MS // whoever followed one in its last minute has filled in the page by then
const CLAIM_GRACE_MS = 60_000 // a claim that came in time has long been written by then

const CHORES: readonly Chore[] = [
  { name: 'prune-answers', words: 'old answers forgotten', run: pruneAnswers },
  { name: 'forget-unclaimed', words: 'browsers forgotten that nobody claimed', run: forgetUnclaimed },
  { name: 'prune-claim-links', words: 'old claim links forgotten', run: pruneClaimLinks },
  { name: 'prune-requests', words: 'old requests forgotten', run: pruneRequests },
  { name: 'prune-limits', words: 'old counts forgotten', run: pruneCounts },
  { name: 'prune-sessions', words: 'sessions forgotten that were over', run: pruneSessions },
  { name: 'prune-invitations', words: 'old links forgotten', run: pruneInvitations },
  { name: 'write-card-codes', words: 'cards given their code', run: writeCardCodes, isOnce: true },
]

const EVERY_ROUND = CHORES.filter(({ isOnce }) => !isOnce)

/** Runs the chores now and from time to time. @returns stops them; resolves when none is at work any more */
export function startChores(input: ChoreInput): () => Promise<void> {
  let isStopped = false
  let atWork: Promise<void> | null = null
  const round = (chores: readonly Chore[]) => {
    atWork ??= doInTurn(input, chores, () => isStopped).finally(() => {
      atWork = null
    })
  }
  const timer = setInterval(round, input.everyMs ?? HOUR_MS, EVERY_ROUND)
  timer.unref()
  round(CHORES)
  return async () => {
    isStopped = true
    clearInterval(timer)
    await atWork
  }
}

/** One that fails does not keep the next from its work. */
async function doInTurn(input: ChoreInput, due: readonly Chore[], isStopped: () => boolean): Promise<void> {
  const { store, clock, log } = input
  for (const chore of due) {
    try {
      await store.asOnly(chore.name, () => doForEachCafe({ store, clock, isStopped }, chore, log))
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      log.error({ chore: chore.name, error: words }, 'a chore failed')
    }
    if (isStopped()) return
  }
}

async function doForEachCafe(course: Course, { name, words, run }: Chore, log: ChoreLog): Promise<void> {
  let done = 0
  for (const { id } of await course.store.cafes.list()) if (!course.isStopped()) done += await run(course, id)
  if (done > 0) log.info({ chore: name, done }, words)
}

/** Forgets the answers to forms that nobody will send again. */
async function pruneAnswers({ store, clock, isStopped }: Course, cafeId: number): Promise<number> {
  const beforeMs = clock() - ANSWER_KEPT_MS
  let pruned = 0
  for (let after = ''; !isStopped(); ) {
    const page = await store.answers.keysAfter(cafeId, after, PAGE_KEYS)
    const old = page.filter(({ atMs }) => atMs < beforeMs).map(({ key }) => key)
    if (old.length > 0) pruned += await store.transaction(cafeId, (tx) => tx.answers.drop(cafeId, old))
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE_KEYS) break
    after = last.key
  }
  return pruned
}

/** Forgets the browsers that were bound at the kiosk and that no phone went on as. Their stamps stay on the cards. */
async function forgetUnclaimed({ store, clock, isStopped }: Course, cafeId: number): Promise<number> {
  const beforeMs = clock() - CLAIM_GRACE_MS
  let forgotten = 0
  while (!isStopped()) {
    const ids = await store.claimLinks.unclaimedBrowsers(cafeId, beforeMs, PAGE_CARDS)
    if (ids.length === 0) break
    await store.transaction(cafeId, async (tx) => {
      await Promise.all(ids.map((id) => tx.browsers.forget(cafeId, id)))
    })
    forgotten += ids.length
  }
  return forgotten
}

function pruneClaimLinks(course: Course, cafeId: number): Promise<number> {
  const beforeMs = course.clock() - CLAIM_KEPT_MS
  return byPages(course, () =>
    course.store.transaction(cafeId, (tx) => tx.claimLinks.dropBefore(cafeId, beforeMs, PAGE_KEYS)),
  )
}

function pruneRequests(course: Course, cafeId: number): Promise<number> {
  const beforeMs = course.clock() - REQUEST_KEPT_MS
  return byPages(course, () =>
    course.store.transaction(cafeId, (tx) => tx.requests.dropBefore(cafeId, beforeMs, PAGE_KEYS)),
  )
}

function pruneCounts(course: Course, cafeId: number): Promise<number> {
  const nowMs = course.clock()
  return byPages(course, () =>
    course.store.transaction(cafeId, (tx) => tx.limits.dropExpired(cafeId, nowMs, PAGE_KEYS)),
  )
}

/** With the browser and the address that a session was of: its list says nothing of one that is over. */
async function pruneSessions({ store, clock, isStopped }: Course, cafeId: number): Promise<number> {
  const expiredAtMs = clock()
  const ids = await store.sessions.idsOf(cafeId, { expiredAtMs })
  const { change } = sessionStoreOf(store, cafeId)
  let forgotten = 0
  for (const id of ids) {
    if (isStopped()) break
    await change({ id }, (row) => (row !== null && row.expiresAtMs > expiredAtMs ? row : null))
    forgotten += 1
  }
  return forgotten
}

/** Links that nobody can follow any more; the cookie that one was swapped for is over with it. */
function pruneInvitations({ store, clock }: Course, cafeId: number): Promise<number> {
  const beforeMs = clock() - INVITATION_GRACE_MS
  return store.transaction(cafeId, (tx) => tx.invitations.dropExpired(cafeId, beforeMs))
}

/** Cards that were opened by a version before cards had codes. */
async function writeCardCodes({ store, isStopped }: Course, cafeId: number): Promise<number> {
  let written = 0
  for (let after = NIL_ID; !isStopped(); ) {
    const page = await store.cards.codesAfter(cafeId, after, PAGE_KEYS)
    const without = page.filter(({ hasCode }) => !hasCode).map(({ id }) => id)
    for (let at = 0; at < without.length && !isStopped(); at += PAGE_CARDS) {
      const few = without.slice(at, at + PAGE_CARDS)
      await store.transaction(cafeId, (tx) => tx.cards.writeCodes(cafeId, few))
      written += few.length
    }
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE_KEYS) break
    after = last.id
  }
  return written
}

/** @param drop deletes a page; @returns how many were deleted in all */
async function byPages({ isStopped }: Course, drop: () => Promise<number>): Promise<number> {
  for (let dropped = 0; ; ) {
    const page = await drop()
    dropped += page
    if (page < PAGE_KEYS || isStopped()) return dropped
  }
}
