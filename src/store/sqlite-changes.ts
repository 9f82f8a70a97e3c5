/** What changes in SQLite: this process tells of its own lines and topics after each commit, and looks whether another has written. */
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
    const note = (change: Change) => {
      if (this.isNeeded) this.#written.push(change)
    }
    const append: Tx['entries']['append'] = async (step) => {
      await tx.entries.append(step)
      const { cafeId, cardId, id: entryId } = step.entry
      note({ cafeId, cardId, entryId })
    }
    const appendAudit: Tx['audits']['append'] = async (cafeId, line) => {
      await tx.audits.append(cafeId, line)
      note({ cafeId, topic: 'audits' })
    }
    const tell: Tx['tell'] = async (cafeId, topic) => note({ cafeId, topic })
    return {
      ...tx,
      audits: { ...tx.audits, append: appendAudit },
      entries: { ...tx.entries, append },
      tell,
    }
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
    if (isKept) for (const change of onceEach(written)) this.tell(change)
  }
}

/** A group may have changed a topic many times; hearing of it once is enough. */
function onceEach(changes: readonly Change[]): readonly Change[] {
  const topics = new Set<string>()
  return changes.filter((change) => {
    if (!('topic' in change)) return true
    const name = `${change.cafeId} ${change.topic}`
    const isNew = !topics.has(name)
    topics.add(name)
    return isNew
  })
}
