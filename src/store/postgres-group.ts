/** A group of commands of one café in one PostgreSQL transaction: they go in step, ask together and write together. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import type pg from 'pg'
import type { Again, Piece } from './group-queue.ts'
import type { PhoneVault } from './phone-vault.ts'
import { sendAudits } from './postgres-audits.ts'
import { commitTelling, houseOf } from './postgres-changes.ts'
import { databaseOnClient, isGone } from './postgres-connection.ts'
import { Questions } from './postgres-questions.ts'
import { type Group, Run } from './postgres-run.ts'
import { transactionFor } from './postgres-transaction.ts'
import { sendWrites } from './postgres-writes.ts'
import type { Tx } from './store.ts'

/**
 * Rows are named by their keys here, so a plan that reads a whole table was made while it was small; it would be kept while the table grows, by
 * the checks of foreign keys too.
 */
const BEGIN = 'BEGIN; SET LOCAL enable_seqscan = off'

/** Something of the group was sent by a command that failed, its `cause`: all must go back, and each be run alone. */
export class GroupSpoiled extends Error {}

/**
 * Runs the pieces side by side and commits what they wrote. One that fails has written nothing, so it is undone alone.
 *
 * @returns the pieces that met another of the group at a card or a key, to be run in a later group
 * @throws GroupSpoiled, or the database's error; then nobody was answered
 */
export async function runGroup(
  client: pg.ClientBase,
  vault: PhoneVault,
  cafeId: number | null,
  pieces: readonly Piece<Tx>[],
): Promise<readonly Again<Tx>[]> {
  const begun = client.query(BEGIN) // what is asked first follows in the same breath
  begun.catch(() => {})
  const group = groupOn(client, vault, cafeId)
  try {
    const runs = await runInStep(client, group, pieces)
    await begun
    const spoiler = runs.find((run) => run.hasSent && run.outcome?.kind !== 'done')
    if (spoiler !== undefined) throw new GroupSpoiled('sent before it failed', { cause: spoiler.error })
    const done = runs.filter(({ outcome }) => outcome?.kind === 'done')
    const { sent } = await sendGathered(client, group, done)
    const topics = new Set(done.flatMap((run) => [...run.topics]))
    const end = client.query(commitTelling(houseOf(vault), cafeId, { entries: group.entries, topics })) // in one breath: if the writes fail, it undoes
    end.catch(() => {}) // what the writes say is the reason
    await sent
    if ([await end].flat().at(-1)?.command !== 'COMMIT') {
      const cause = runs.find(({ error }) => error !== undefined)?.error
      throw new GroupSpoiled('a statement failed, so COMMIT undid everything', { cause })
    }
    for (const run of runs) run.answer()
    return runs.flatMap(({ piece, outcome }) =>
      outcome?.kind === 'again' ? [{ piece, met: outcome.met }] : [],
    )
  } catch (error) {
    if (!isGone(error)) await client.query('ROLLBACK') // over a dead line it would only wait a second time
    throw error
  } finally {
    group.isOver = true
  }
}

/** What the commands gathered and have not sent yet; their audit lines last. */
function sendGathered(client: pg.ClientBase, group: Group, runs: readonly Run[]) {
  const gathered = runs.flatMap(({ writes }) => (writes.isEmpty ? [] : [writes]))
  const audits = runs.flatMap((run) => run.audits)
  const sent = gathered.length > 0 ? group.send(gathered) : Promise.resolve()
  return sendAudits(client, group, audits, sent)
}

function groupOn(client: pg.ClientBase, vault: PhoneVault, cafeId: number | null): Group {
  const group: Group = {
    cafeId,
    vault,
    db: databaseOnClient(client),
    questions: new Questions(cafeId),
    holders: new Map(),
    direct: new Set(),
    turn: Promise.resolve(),
    isOver: false,
    entries: [],
    async send(writes) {
      if (cafeId === null) throw new Error('a transaction of no café writes to a card')
      group.entries.push(...writes.flatMap(({ entries }) => entries))
      await sendWrites(client, cafeId, writes)
    },
  }
  return group
}

/** Lets each command go as far as it can, then asks what they all wait for, until all are through. */
async function runInStep(
  client: pg.ClientBase,
  group: Group,
  pieces: readonly Piece<Tx>[],
): Promise<readonly Run[]> {
  await group.questions.lockFirst(
    client,
    pieces.flatMap(({ lockFirst }) => lockFirst ?? []),
  )
  const runs = pieces.map((piece) => new Run(piece))
  for (const run of runs) run.start(transactionFor(group, run))
  while (true) {
    await nextTurn()
    if (group.direct.size > 0) await Promise.allSettled(group.direct)
    else if (!group.questions.isEmpty) await group.questions.send(client)
    else if (runs.every(({ outcome }) => outcome !== null)) return runs
    else throw new Error('work in a transaction awaited something other than the store')
  }
}
