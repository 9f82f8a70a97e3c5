/**
 * The proof: both sides are read whole, stretch by stretch, and every stretch must have the same rows. What changes meanwhile spoils only
 * its own stretch, which is read again; so the moment in which nobody may write has little left to read.
 */
import { createHash } from 'node:crypto'
import { type Course, catchUp, catchUpAlone } from './copy.ts'
import type { Change } from './recorder.ts'
import { type Key, keyOf, readStretch, type Stretch, textOf, type Values } from './rows.ts'
import type { Table } from './tables.ts'

/** What is proved of a table, the same on both sides. */
export interface TableProof {
  readonly table: string
  readonly rows: number
  /** The sum of its balances or stamps; 0 where it has none. */
  readonly sum: number
  readonly digest: string
}

interface Reading {
  readonly rows: number
  readonly sum: number
  /** SHA-256 of the rows in key order, its first 16 bytes. */
  readonly digest: bigint
}

interface Compared extends Stretch {
  readonly table: Table
  source: Reading
  target: Reading
}

const STRETCH_ROWS = 200 // one changed row makes so many be read again
const ROUNDS_MAX = 5 // each is shorter than the one before; at full load they soon are as short as they get
const FEW = 30 // stretches: a few milliseconds to read
const DIGEST_RANGE = 2n ** 128n

/** The two sides do not have the same rows: nothing was switched. */
export class SidesDiffer extends Error {
  override readonly name = 'SidesDiffer'
}

export class Comparison {
  readonly #course: Course
  readonly #stretches = new Map<Table, Compared[]>()
  #spoiled = new Set<Compared>()

  constructor(course: Course) {
    this.#course = course
  }

  /** Reads all of both sides, and then what changed meanwhile, until little is left. */
  async readAll(): Promise<void> {
    const { tables, onProgress } = this.#course
    for (const [place, table] of tables.entries()) {
      await this.#readTable(table, null)
      onProgress((place + 1) / tables.length)
    }
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      this.#spoil(await catchUp(this.#course))
      if (this.#spoiled.size <= FEW) return
      await this.#readSpoiled()
    }
  }

  /** The last rows, while nobody else writes to the source. @throws SidesDiffer */
  async finish(): Promise<readonly TableProof[]> {
    const { tables } = this.#course
    this.#spoil(await catchUpAlone(this.#course))
    await this.#readSpoiled()
    return tables.map((table) => proofOf(table, this.#stretches.get(table) ?? []))
  }

  /** Cuts the table, from after a key to its end, into stretches, and reads them on both sides. */
  async #readTable(table: Table, from: Key | null): Promise<void> {
    const { source, target } = this.#course
    const stretches = this.#stretches.get(table) ?? []
    this.#stretches.set(table, stretches)
    for (let after = from; ; ) {
      const rows: readonly Values[] = await readStretch(source.db, table, { after, upTo: null }, STRETCH_ROWS)
      const end = rows.at(-1)
      const upTo: Key | null = end === undefined || rows.length < STRETCH_ROWS ? null : keyOf(table, end)
      const stretch = { after, upTo }
      const there = await readStretch(target.db, table, stretch, Number.MAX_SAFE_INTEGER)
      stretches.push({ ...stretch, table, source: readingOf(table, rows), target: readingOf(table, there) })
      if (upTo === null) return
      after = upTo
    }
  }

  async #readSpoiled(): Promise<void> {
    const { source, target } = this.#course
    const spoiled = this.#spoiled
    this.#spoiled = new Set()
    for (const stretch of spoiled) {
      const { table, after, upTo } = stretch
      if (upTo === null) {
        this.#stretches.get(table)?.pop() // the last: it may have grown long, so it is cut anew
        await this.#readTable(table, after)
        continue
      }
      const [here, there] = [
        await readStretch(source.db, table, stretch, Number.MAX_SAFE_INTEGER),
        await readStretch(target.db, table, stretch, Number.MAX_SAFE_INTEGER),
      ]
      stretch.source = readingOf(table, here)
      stretch.target = readingOf(table, there)
    }
  }

  #spoil(changes: readonly Change[]): void {
    for (const { table, key } of changes) {
      const found = stretchWith(this.#stretches.get(table) ?? [], key)
      if (found !== undefined) this.#spoiled.add(found)
    }
  }
}

function readingOf(table: Table, rows: readonly Values[]): Reading {
  const hash = createHash('sha256')
  for (const values of rows) hash.update(textOf(values)).update('\n')
  const place = table.columns.findIndex(({ name }) => name === table.summed)
  const sum = place === -1 ? 0 : rows.reduce((total, values) => total + Number(values[place]), 0)
  return { rows: rows.length, sum, digest: BigInt(`0x${hash.digest('hex').slice(0, 32)}`) }
}

function proofOf(table: Table, stretches: readonly Compared[]): TableProof {
  for (const { source, target, after } of stretches) {
    if (source.digest === target.digest && source.rows === target.rows && source.sum === target.sum) continue
    const where = after === null ? 'from its beginning' : `after ${JSON.stringify(after)}`
    throw new SidesDiffer(
      `table ${table.name} ${where} has ${source.rows} rows here and ${target.rows} there`,
    )
  }
  const rows = stretches.reduce((total, { source }) => total + source.rows, 0)
  const sum = stretches.reduce((total, { source }) => total + source.sum, 0)
  const digest = stretches.reduce((total, { source }) => (total + source.digest) % DIGEST_RANGE, 0n)
  return { table: table.name, rows, sum, digest: digest.toString(16).padStart(32, '0') }
}

/** Halves the stretches until one is left. */
function stretchWith(stretches: readonly Compared[], key: Key): Compared | undefined {
  let [low, high] = [0, stretches.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const upTo = stretches[middle]?.upTo ?? null
    if (upTo === null || orderOf(key, upTo) <= 0) high = middle
    else low = middle + 1
  }
  return stretches[low]
}

/** The databases' own order: numbers by size, text by its bytes. */
function orderOf(one: Key, other: Key): number {
  for (const [place, value] of one.entries()) {
    const than = other[place]
    const order =
      typeof value === 'number'
        ? value - Number(than)
        : Buffer.compare(Buffer.from(value), Buffer.from(String(than)))
    if (order !== 0) return order
  }
  return 0
}
