import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { GroupCommit, type GroupEngine } from './group-commit.ts'
import { StoreUnavailable } from './store.ts'

describe('group commit', () => {
  it('gives all that arrive together one transaction, in the order in which they came', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    const answers = await Promise.all([1, 2, 3].map((line) => commits.submit(async (tx) => tx.write(line))))
    assert.deepEqual(answers, [1, 2, 3])
    assert.deepEqual(engine.log, ['begin', 1, 2, 3, 'commit'])
  })

  it('answers nobody before the commit', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    const answered: number[] = []
    engine.onCommit = () => assert.deepEqual(answered, [])
    await Promise.all(
      [1, 2].map((line) => commits.submit(async (tx) => tx.write(line)).then((n) => answered.push(n))),
    )
    assert.deepEqual(answered, [1, 2])
  })

  it('undoes one that fails alone, and keeps the others', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    const outcomes = await Promise.allSettled([
      commits.submit(async (tx) => tx.write(1)),
      commits.submit(async (tx) => {
        tx.write(2)
        throw new Error('a slip')
      }),
      commits.submit(async (tx) => tx.write(3)),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    assert.deepEqual(engine.kept, [1, 3])
  })

  it('says to all that nothing was kept when the commit fails, those that had failed before too', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    engine.onCommit = () => {
      throw new StoreUnavailable('the disk is full')
    }
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map((line) => commits.submit(async (tx) => tx.write(line))),
    )
    for (const outcome of outcomes)
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof StoreUnavailable)
    assert.deepEqual(engine.kept, [])
    engine.onCommit = () => {}
    assert.equal(await commits.submit(async (tx) => tx.write(4)), 4)
    assert.deepEqual(engine.kept, [4])
  })

  it('says to all that nothing was kept when the whole transaction is undone under one of them', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    const outcomes = await Promise.allSettled([
      commits.submit(async (tx) => tx.write(1)),
      commits.submit(async () => engine.loseAll()),
      commits.submit(async (tx) => tx.write(3)),
    ])
    for (const outcome of outcomes)
      assert.ok(outcome.status === 'rejected' && outcome.reason instanceof StoreUnavailable)
    assert.deepEqual(engine.kept, [])
  })

  it('turns away what it could not answer in time, rather than keep it waiting', async () => {
    const commits = new GroupCommit(paperEngine())
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5_000 }, (_, line) => commits.submit(async (tx) => tx.write(line))),
    )
    const refused = outcomes.filter(({ status }) => status === 'rejected')
    assert.equal(refused.length, 5_000 - 4_096)
  })

  it('is settled when all that was asked is answered', async () => {
    const engine = paperEngine()
    const commits = new GroupCommit(engine)
    let answered = 0
    for (let line = 0; line < 600; line += 1) {
      void commits
        .submit(async (tx) => tx.write(line))
        .then(() => {
          answered += 1
        })
    }
    await commits.settled()
    await Promise.resolve()
    assert.equal(answered, 600)
    assert.equal(engine.kept.length, 600)
  })
})

interface Paper {
  write(line: number): number
}

/** An engine that writes on paper, and can be made to fail. */
function paperEngine() {
  let draft: number[] = []
  let isOpen = false
  const log: (string | number)[] = []
  const paper: Paper = {
    write(line) {
      draft.push(line)
      log.push(line)
      return line
    },
  }
  const engine = {
    log,
    kept: [] as number[],
    onCommit: () => {},
    loseAll() {
      isOpen = false
      draft = []
    },
    async begin() {
      log.push('begin')
      isOpen = true
      draft = []
    },
    async attempt<T>(work: (tx: Paper) => Promise<T>): Promise<T> {
      const before = draft.length
      try {
        return await work(paper)
      } catch (error) {
        draft.length = before
        throw error
      }
    },
    isOpen: () => isOpen,
    async commit() {
      isOpen = false
      engine.onCommit()
      log.push('commit')
      engine.kept.push(...draft)
    },
  }
  return engine satisfies GroupEngine<Paper>
}
