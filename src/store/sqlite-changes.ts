/** New lines of the ledger in SQLite: this process tells of its own after each commit, and looks whether another has written. */
import type Sqlite from 'better-sqlite3'
import { type Change, Listeners } from './changes.ts'
import type { Tx } from './store.ts'

const LOOK_EVERY_MS = 1_000 // such as `dojang void` beside the server: rare, and a page may hear of it a second later

export class SqliteChanges extends Listeners {
  #written: Change[] = []

  /** @param writer its own commits do not count as another's */
  constructor(writer: Sqlite.Database) {
    super(() => {
      const versionNow = () => writer.pragma('data_version', { simple: true })
      let version = versionNow()
      const timer = setInterval(() => {
        if (!writer.open || versionNow() === version) return
        version = versionNow()
        this.tellGap()
      }, LOOK_EVERY_MS)
      timer.unref()
      return () => clearInterval(timer)
    })
  }

  /** The transaction's writes, noted as they are made. */
  noting(tx: Tx): Tx {
    const append: Tx['entries']['append'] = async (step) => {
      await tx.entries.append(step)
      if (!this.isNeeded) return
      const { cafeId, cardId, id: entryId } = step.entry
      this.#written.push({ cafeId, cardId, entryId })
    }
    return { ...tx, entries: { ...tx.entries, append } }
  }

  /** Where the group stands now. @returns forgets what was noted since: that piece was undone */
  mark(): () => void {
    const { length } = this.#written
    return () => {
      this.#written.length = length
    }
  }

  /** The group is on the disk, or it is not. */
  settle({ isKept }: { readonly isKept: boolean }): void {
    const written = this.#written
    this.#written = []
    if (isKept) for (const change of written) this.tell(change)
  }
}
