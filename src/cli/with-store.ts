/** Opens the store for one command, beside a running server if there is one, and closes it whatever happens. */
import { systemClock, systemRandom } from '../clock.ts'
import { openFirstCafe } from '../commands/open-first-cafe.ts'
import { type OpenedStore, openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import type { Call } from './command.ts'

/** @throws FolderProblem, KeyProblem, WrongKey, DamagedDatabase, ConfigError, StoreUnavailable */
export async function withStore<T>(
  call: Call,
  work: (opened: OpenedStore) => Promise<T>,
  { opensFirstCafe = true } = {},
): Promise<T> {
  const opened = await openStore(call.config(), systemRandom)
  try {
    if (opensFirstCafe) await withFirstCafe(opened.store)
    return await work(opened)
  } finally {
    await opened.store.close()
  }
}

/** Whatever comes first, a start or a command: the first café is there. Looked for by reading, as most often it is. */
async function withFirstCafe(store: Store): Promise<void> {
  if ((await store.cafes.list()).length > 0) return
  await store.transaction(null, (tx) => openFirstCafe(tx, systemClock()))
}
