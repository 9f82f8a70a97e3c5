/** A group on its way to its answers: lost races are run again, what fails for a reason of its own fails alone, and nobody waits long. */
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Again, Piece } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
import { asUnavailable } from './postgres-connection.ts'
import { GroupSpoiled, runGroup } from './postgres-group.ts'
import type { PostgresPrimary } from './postgres-primary.ts'
import { StoreUnavailable, type Tx } from './store.ts'

/** Where a café's groups are run. */
export interface Place {
  readonly primary: PostgresPrimary
  readonly vault: PhoneVault
  readonly cafeId: number | null
}

const RACES = /^(40001|40P01|23505)$/ // serialization failure, deadlock, and two that made the same row
const STUCK = /^(57014|55P03)$/ // a statement or a lock took too long: perhaps for one of the group alone
const TRIES_MAX = 3 // a race is lost once, rarely twice; then each runs alone
const PAUSE_MS = 10 // at least, and up to twice, four times, eight times as much: who lost together does not meet again
const ANSWER_WITHIN_MS = 1_800 // with drawing the page, whoever came hears something within two seconds
const START_WITHIN_MS = 1_400 // with less than the rest, a try would only hold up those who came later

/** Answers all of them but those that it gives back. */
export async function answerGroup(place: Place, group: readonly Piece<Tx>[]): Promise<readonly Again<Tx>[]> {
  const now = performance.now()
  const [timely, late] = [true, false].map((isTimely) =>
    group.filter(({ cameAtMs }) => now - cameAtMs <= START_WITHIN_MS === isTimely),
  )
  for (const { reject } of late ?? []) reject(new StoreUnavailable('waited too long'))
  if (timely === undefined || timely.length === 0) return []
  const untilMs = Math.min(...timely.map(({ cameAtMs }) => cameAtMs)) + ANSWER_WITHIN_MS
  return runUntilAnswered(place, timely, { untilMs, lostRaces: 0 })
}

interface Course {
  readonly untilMs: number
  readonly lostRaces: number
}

async function runUntilAnswered(
  place: Place,
  group: readonly Piece<Tx>[],
  { untilMs, lostRaces }: Course,
): Promise<readonly Again<Tx>[]> {
  try {
    return await place.primary.withClient(untilMs, (client) =>
      runGroup(client, place.vault, place.cafeId, group),
    )
  } catch (error) {
    const code = codeOf(error)
    if (RACES.test(code) && lostRaces < TRIES_MAX) {
      await wait(randomInt(PAUSE_MS, PAUSE_MS * 2 ** (lostRaces + 1)))
      return runUntilAnswered(place, group, { untilMs, lostRaces: lostRaces + 1 })
    }
    const isForAll = error instanceof StoreUnavailable && !RACES.test(code) && !STUCK.test(code)
    if (group.length === 1 || isForAll) {
      const reason = error instanceof GroupSpoiled ? (error.cause ?? error) : error
      for (const { reject } of group) reject(asUnavailable(reason))
      return []
    }
    for (const piece of group) await runUntilAnswered(place, [piece], { untilMs, lostRaces: TRIES_MAX - 1 })
    return []
  }
}

/** The SQLSTATE of what is behind it, or ''. */
function codeOf(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.code ?? ''
  return error instanceof Error && error.cause !== undefined ? codeOf(error.cause) : ''
}
