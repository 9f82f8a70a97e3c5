/** Moving every café from one engine to the other while they are served: copy, stand still for a moment, prove, switch. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Clock, Random } from '../../clock.ts'
import { databaseFileOf, type StoreSettings } from '../data-folder.ts'
import { openStore } from '../open-store.ts'
import { createPhoneVault } from '../phone-vault.ts'
import { asUnavailable as postgresFault } from '../postgres-connection.ts'
import { asUnavailable as sqliteFault } from '../sqlite-connection.ts'
import { Comparison, SidesDiffer, type TableProof } from './compare.ts'
import { type Course, copyTables, emptyTables, setCounters } from './copy.ts'
import { AT_THE_START, type Mark, MoveRefused, type Progress, readMark, writeMark } from './mark.ts'
import { refuseChanges, startNoting, stopNoting } from './recorder.ts'
import { countRows } from './rows.ts'
import { type Destination, openSides, openSource, type Sides } from './sides.ts'

export interface MoveInput {
  readonly settings: StoreSettings
  readonly to: Destination
  readonly asideName: string
  readonly random: Random
  readonly clock: Clock
  /** @param share done, 0 to 1 */
  readonly onProgress: (share: number) => void
}

export interface Moved {
  /** Where to, without a password. */
  readonly place: string
  /** What was proved of each table; null when an earlier run had got so far. */
  readonly tables: readonly TableProof[] | null
  /** For how long nothing could be written. */
  readonly stoodStillMs: number
  readonly aside: string | null
}

const COPY_SHARE = 0.6 // of the work; the rest is the proof

/**
 * May be killed anywhere and run again: the target keeps how far the copy is, the source what has changed since, and until the proof holds
 * nothing is switched.
 *
 * @throws MoveRefused, WrongKey, AlreadyServing, FolderProblem, KeyProblem, StoreUnavailable
 */
export async function moveDatabase(input: MoveInput): Promise<Moved> {
  const { settings, to } = input
  expectOtherEngine(settings, to)
  const { store, databaseKey } = await openStore(settings, input.random)
  await store.close()
  const vault = createPhoneVault(databaseKey, input.random)
  try {
    const sides = await openSides({ settings, to, vault, asideName: input.asideName })
    return await moveBetween(sides, input).finally(sides.close)
  } catch (error) {
    throw sqliteFault(postgresFault(error))
  }
}

/** Gives up a move that is not finished; what it has copied so far is left to the other side. @throws MoveRefused */
export async function cancelMove(settings: StoreSettings, random: Random): Promise<void> {
  const { store } = await openStore(settings, random)
  await store.close()
  const source = await openSource(settings)
  try {
    const mark = await readMark(source.db)
    if (mark?.state === 'left') throw movedAlready(mark)
    if (mark?.state !== 'leaving') throw new MoveRefused('No move is under way here.')
    await source.transaction(() => stopNoting(source))
  } finally {
    await source.close()
  }
}

async function moveBetween(sides: Sides, input: MoveInput): Promise<Moved> {
  const { source, target, tables, aside } = sides
  const place = placeOf(input.to)
  const [here, there] = [await readMark(source.db), await readMark(target.db)]
  if (here?.state === 'left') {
    if (here.moveId !== there?.moveId) throw movedAlready(here)
    await target.transaction(() => writeMark(target, { ...there, state: 'arrived' }))
    return { place, tables: null, stoodStillMs: 0, aside }
  }
  const { mark, progress } = await begin(sides, input, here, there)
  const share = (from: number, to: number) => (part: number) => input.onProgress(from + (to - from) * part)
  await copyTables({ source, target, tables, onProgress: share(0, COPY_SHARE) }, progress)
  const course: Course = { source, target, tables, onProgress: share(COPY_SHARE, 1) }
  const comparison = new Comparison(course)
  await comparison.readAll()

  const stillFrom = performance.now()
  const proofs = await source.alone(lockOrder(sides), async () => {
    const proofs = await comparison.finish().catch(explainDifference)
    await target.transaction(() => setCounters(target, tables))
    await refuseChanges(source, tables)
    await writeMark(source, { ...mark, state: 'left', place, atMs: input.clock() })
    return proofs
  })
  const stoodStillMs = Math.round(performance.now() - stillFrom)
  const from = placeOfSource(input.settings)
  await target.transaction(() => writeMark(target, { ...mark, state: 'arrived', place: from }))
  return { place, tables: proofs, stoodStillMs, aside }
}

/** Goes on with the move that both sides know of, or begins a new one. The target knows first: it may be emptied again. */
async function begin(
  { source, target, tables }: Sides,
  { settings, to, random, clock }: MoveInput,
  here: Mark | null,
  there: Mark | null,
): Promise<{ mark: Mark; progress: Progress }> {
  if (here?.state === 'leaving' && there?.state === 'arriving' && here.moveId === there.moveId)
    return { mark: here, progress: there.progress }
  if (there?.state !== 'arriving') await expectEmpty({ target, tables })
  const mark = { moveId: random.uuid(), atMs: clock(), progress: AT_THE_START }
  await target.transaction(async () => {
    await emptyTables(target, tables)
    await writeMark(target, { ...mark, state: 'arriving', place: placeOfSource(settings) })
  })
  const leaving = { ...mark, state: 'leaving', place: placeOf(to) } as const
  await source.transaction(async () => {
    await startNoting(source, tables)
    await writeMark(source, leaving)
  })
  return { mark: leaving, progress: AT_THE_START }
}

async function expectEmpty({ target, tables }: Pick<Sides, 'target' | 'tables'>): Promise<void> {
  let rows = 0
  for (const table of tables) rows += await countRows(target.db, table)
  if (rows > 0) throw new MoveRefused('The database to move to holds cafés of its own: give an empty one.')
}

/**
 * Every command locks its card before all else and writes its audit lines last, so whoever has begun can finish; between them what points before
 * what is pointed to. Cafés, to which every table points, come after all.
 */
function lockOrder({ tables }: Sides): string[] {
  const [first, last] = [['cards'], ['audit_heads', 'audits', 'cafes']]
  const names = tables.map(({ name }) => name).toReversed()
  return [...first, ...names.filter((name) => ![...first, ...last].includes(name)), ...last]
}

function expectOtherEngine(settings: StoreSettings, to: Destination): void {
  const engine = settings.databaseUrl === null ? 'sqlite' : 'postgres'
  if (engine === to.engine) {
    throw new MoveRefused(
      engine === 'sqlite'
        ? 'The cafés are in SQLite already: to have them in another folder, use dojang backup and dojang restore.'
        : 'The cafés are in PostgreSQL already: from one server to another, use pg_dump or replication.',
    )
  }
  if (engine === 'sqlite' && !existsSync(databaseFileOf(settings)))
    throw new MoveRefused(`There is no database in ${settings.dataFolder}: set DOJANG_DATA to where it is.`)
}

function movedAlready({ place }: Mark): MoveRefused {
  return new MoveRefused(`The cafés were moved to ${place} already; this database is not used any more.`)
}

function explainDifference(error: unknown): never {
  if (!(error instanceof SidesDiffer)) throw error
  throw new MoveRefused(
    `The copy is not what it should be (${error.message}), so nothing was switched: end this move by dojang move --cancel, and begin anew.`,
    { cause: error },
  )
}

/** As it may be said and kept: an address without its password, a folder by its whole path. */
export function placeOf(to: Destination): string {
  if (to.engine === 'sqlite') return `sqlite:${resolve(to.folder)}`
  return to.url.replace(/\?.*$/, '').replace(/^(\w+:\/\/[^:@/]*):.*@/, '$1@')
}

function placeOfSource({ databaseUrl, dataFolder }: StoreSettings): string {
  return placeOf(
    databaseUrl === null
      ? { engine: 'sqlite', folder: dataFolder }
      : { engine: 'postgres', url: databaseUrl },
  )
}
