/** The PostgreSQL engine: no state in the process but connections; commands of one café that arrive together share a transaction. */
import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { GroupQueue, type Piece } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
import { asUnavailable, databaseOn, databaseOnClient, serversOf } from './postgres-connection.ts'
import { GroupSpoiled, runGroup } from './postgres-group.ts'
import { PostgresPrimary } from './postgres-primary.ts'
import { checkPostgresKey, migratePostgres, withPatientClient } from './postgres-schema.ts'
import { NotOfThisEngine, readsOn, type Store, StoreUnavailable, type Tx } from './store.ts'

const RACES = /^(40001|40P01|23505)$/ // serialization failure, deadlock, and two that made the same row
const TRIES_MAX = 3 // a race is lost once, rarely twice; then each runs alone
const PAUSE_MS = 10 // at least, and up to twice, four times, eight times as much: who lost together does not meet again
const GROUPS_AT_ONCE = 6 // of the pool's ten connections; pages read through the others

/** @throws WrongKey, StoreUnavailable */
export async function openPostgresStore(connectionString: string, vault: PhoneVault): Promise<Store> {
  const primary = new PostgresPrimary(serversOf(connectionString))
  try {
    const server = await primary.open()
    await migratePostgres(server)
    await checkPostgresKey(server, vault)
  } catch (error) {
    await primary.close()
    throw asUnavailable(error)
  }
  const queues = new Map<number | null, GroupQueue<Tx>>()
  const places = new Places(GROUPS_AT_ONCE)
  const queueOf = (cafeId: number | null) => {
    const known = queues.get(cafeId)
    if (known !== undefined) return known
    const made = new GroupQueue<Tx>((group) =>
      places.with(() => runUntilAnswered(primary, vault, cafeId, group)),
    )
    queues.set(cafeId, made)
    return made
  }
  return {
    ...readsOn(
      databaseOn((config) => primary.query(config)),
      vault,
    ),
    transaction: (cafeId, work) => queueOf(cafeId).submit(work),
    isReady: () => primary.isReady(),
    async backUp() {
      throw new NotOfThisEngine(
        'PostgreSQL has its own backups: use pg_dump, or your host’s; keep dojang keys export apart.',
      )
    },
    async snapshot(ask) {
      return withPatientClient(await primary.open(), async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        return ask(databaseOnClient(client), vault)
      })
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.settled()))
      await primary.close()
    },
  }
}

/** Races are run again whole, unseen by who asked; what fails for a reason of its own then fails alone. */
async function runUntilAnswered(
  primary: PostgresPrimary,
  vault: PhoneVault,
  cafeId: number | null,
  group: readonly Piece<Tx>[],
  lostRaces = 0,
): Promise<readonly Piece<Tx>[]> {
  try {
    return await primary.withClient((client) => runGroup(client, vault, cafeId, group))
  } catch (error) {
    const cause = error instanceof StoreUnavailable ? error.cause : error
    if (RACES.test(codeOf(cause)) && lostRaces < TRIES_MAX) {
      await wait(randomInt(PAUSE_MS, PAUSE_MS * 2 ** (lostRaces + 1)))
      return runUntilAnswered(primary, vault, cafeId, group, lostRaces + 1)
    }
    const isAllLost = error instanceof StoreUnavailable
    if (group.length === 1 || isAllLost) {
      const reason = error instanceof GroupSpoiled ? error.cause : error
      for (const { reject } of group) reject(asUnavailable(reason))
      return []
    }
    for (const piece of group) await runUntilAnswered(primary, vault, cafeId, [piece], lostRaces)
    return []
  }
}

function codeOf(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}

/** So many at once; the others wait their turn. */
class Places {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(count: number) {
    this.#free = count
  }

  async with<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#free -= 1
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next === undefined) this.#free += 1
      else next()
    }
  }
}
