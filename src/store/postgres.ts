/** The PostgreSQL engine: no state in the process but connections; commands of one café that arrive together share a transaction. */
import { GroupQueue } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
import { answerGroup } from './postgres-answer.ts'
import { PostgresChanges } from './postgres-changes.ts'
import { runAsOnly } from './postgres-chores.ts'
import { asUnavailable, databaseOn, databaseOnClient, serversOf } from './postgres-connection.ts'
import { PostgresPrimary } from './postgres-primary.ts'
import { checkPostgresKey, migratePostgres, withPatientClient } from './postgres-schema.ts'
import { NotOfThisEngine, readsOn, type Store, type Tx } from './store.ts'

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
  const changes = new PostgresChanges(primary, vault)
  const queues = new Map<number | null, GroupQueue<Tx>>()
  const places = new Places(GROUPS_AT_ONCE)
  const queueOf = (cafeId: number | null) => {
    const known = queues.get(cafeId)
    if (known !== undefined) return known
    const made = new GroupQueue<Tx>((group) =>
      places.with(() => answerGroup({ primary, vault, cafeId }, group)),
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
    changes,
    isReady: () => primary.isReady(),
    async backUp() {
      throw new NotOfThisEngine(
        'PostgreSQL has its own backups: use pg_dump, or your host’s; keep dojang keys export apart.',
      )
    },
    async snapshot(ask) {
      const asked = withPatientClient(await primary.open(), async (client) => {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        return ask(databaseOnClient(client), vault)
      })
      return asked.catch((error) => {
        throw asUnavailable(error)
      })
    },
    asOnly: async (chore, work) => runAsOnly(await primary.open(), chore, work),
    async close() {
      changes.close()
      await Promise.all([...queues.values()].map((queue) => queue.settled()))
      await primary.close()
    },
  }
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
