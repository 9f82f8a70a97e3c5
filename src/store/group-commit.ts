/** Group commit: all work that arrives together shares one transaction and one fsync, and is answered after it. */
import { GroupQueue, type Piece } from './group-queue.ts'
import { StoreUnavailable } from './store.ts'

/** How one engine runs a group: `run` settles each piece of work on its own, inside one transaction. */
export interface GroupEngine<Tx> {
  /** @throws StoreUnavailable when nothing could be begun */
  begin(): Promise<void>
  /** Runs one piece of work; undoes it alone when it throws, and passes the error on. */
  attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** Whether the group's transaction still stands: a full disk, for one, can undo it as a whole. */
  isOpen(): boolean
  /** @throws StoreUnavailable when nothing of the group was kept */
  commit(): Promise<void>
}

export class GroupCommit<Tx> extends GroupQueue<Tx> {
  constructor(engine: GroupEngine<Tx>) {
    super((group) => runTogether(engine, group))
  }
}

/** Each piece after the other in one transaction; none is answered before all are on the disk. */
async function runTogether<Tx>(engine: GroupEngine<Tx>, group: readonly Piece<Tx>[]): Promise<readonly []> {
  const answers: (() => void)[] = []
  try {
    await engine.begin()
    for (const { work, resolve, reject } of group) {
      await engine.attempt(work).then(
        (value) => answers.push(() => resolve(value)),
        (error) => answers.push(() => reject(error)),
      )
      if (!engine.isOpen()) throw new StoreUnavailable('the transaction was undone as a whole')
    }
    await engine.commit()
  } catch (error) {
    for (const { reject } of group) reject(error)
    return []
  }
  for (const answer of answers) answer()
  return []
}
