/** Opens the store for one command, beside a running server if there is one, and closes it whatever happens. */
import { systemRandom } from '../clock.ts'
import { type OpenedStore, openStore } from '../store/open-store.ts'
import type { Call } from './command.ts'

/** @throws FolderProblem, KeyProblem, WrongKey, DamagedDatabase, ConfigError, StoreUnavailable */
export async function withStore<T>(call: Call, work: (opened: OpenedStore) => Promise<T>): Promise<T> {
  const opened = await openStore(call.config(), systemRandom)
  try {
    return await work(opened)
  } finally {
    await opened.store.close()
  }
}
