/** The proof of the ledger and of the audit log: every balance and every hash made anew, page by page, whatever their number. */
import { NIL_ID } from '../rules/id.ts'
import type { Cafe } from './cafes.ts'
import { cafeReads } from './cafes.ts'
import type { PhoneVault } from './phone-vault.ts'
import { proveAudits } from './proof-audit.ts'
import { type CardRow, proveCard } from './proof-card.ts'
import { proveEngine } from './proof-engine.ts'
import { columns, type Database, type Engine, type Row, sql, UnreadableColumn, uuid } from './sql.ts'
import { isDamagedFile } from './sqlite-connection.ts'
import type { Store } from './store.ts'

export interface CafeProof {
  readonly slug: string
  readonly cards: number
  readonly entries: number
  readonly browsers: number
  /** The sum of the entries' stamps, which is that of the balances. */
  readonly stamps: number
  /** Lines of the audit log. */
  readonly audits: number
}

/** A row that is not as it must be. */
export interface Fault {
  /** The café's slug, or null for the database as a whole. */
  readonly cafe: string | null
  /** As in `card 0192…`. */
  readonly row: string
  readonly what: string
}

export interface Proof {
  readonly engine: Engine
  readonly cafes: readonly CafeProof[]
  /** The first of them. */
  readonly faults: readonly Fault[]
  readonly faultCount: number
}

export type Blame = (row: string, what: string) => void

interface Course {
  readonly db: Database
  readonly vault: PhoneVault
  readonly cafe: Cafe
  readonly blame: Blame
  readonly step: (rows: number) => void
}

const FAULTS_MAX = 20 // what a person reads; a file with more has one cause
const PAGE_ROWS = 500

/** @param onProgress share done, 0 to 1 */
export function proveLedger(
  store: Pick<Store, 'snapshot'>,
  onProgress: (share: number) => void,
): Promise<Proof> {
  return store.snapshot(async (db, vault) => {
    const faults: Fault[] = []
    let faultCount = 0
    const blameIn = (cafe: string | null) => (row: string, what: string) => {
      if (faults.some((fault) => fault.row === row && fault.what === what)) return
      faultCount += 1
      if (faults.length < FAULTS_MAX) faults.push({ cafe, row, what })
    }
    const cafes: CafeProof[] = []
    await orBlame(blameIn(null), 'database file', () => proveEngine(db, blameIn(null)))
    await orBlame(blameIn(null), 'database file', async () => {
      const step = stepsOf(await countOf(db), onProgress)
      for (const cafe of await cafeReads(db).list()) {
        cafes.push(await proveCafe({ db, vault, cafe, blame: blameIn(cafe.slug), step }))
      }
    })
    onProgress(1)
    return { engine: db.engine, cafes, faults, faultCount }
  })
}

async function proveCafe(course: Course): Promise<CafeProof> {
  const { db, cafe, blame } = course
  const sums = await sumsOf(db, cafe.id)
  if (sums.stamps !== sums.balances) {
    blame(`café ${cafe.slug}`, `its entries add up to ${sums.stamps} stamps, its cards to ${sums.balances}`)
  }
  if (sums.moved !== 0) {
    blame(`café ${cafe.slug}`, `stamps that were moved from card to card add up to ${sums.moved}, not to 0`)
  }
  let inChains = 0
  for await (const row of pagesOf((after) => cardsAfter(db, cafe.id, after))) {
    const name = `card ${columns(row).uuid('id')}`
    const lines = (await orBlame(blame, name, () => proveCard(course, cardRowOf(row)))) ?? 0
    course.step(1 + lines)
    inChains += lines
  }
  if (inChains !== sums.entries) await blameStrays(course, sums.entries - inChains)
  let browsers = 0
  for await (const row of pagesOf((after) => browsersAfter(db, cafe.id, after))) {
    proveBrowser(row, blame)
    browsers += 1
  }
  const audits = (await orBlame(blame, 'audit log', () => proveAudits(course))) ?? 0
  const { cards, entries, stamps } = sums
  return { slug: cafe.slug, cards, entries, browsers, stamps, audits }
}

/** What cannot be read is named like any other fault; other errors, such as a lost connection, are no finding. */
async function orBlame<T>(blame: Blame, row: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    const isDamage = error instanceof UnreadableColumn || isDamagedFile(error)
    if (!isDamage || !(error instanceof Error)) throw error
    blame(row, `cannot be read: ${error.message}`)
    return null
  }
}

/** Names lines that no card's history reaches, by those that no other line follows. */
async function blameStrays({ db, cafe, blame }: Course, count: number): Promise<void> {
  const heads = await db.all(
    sql`SELECT id FROM entries WHERE cafe_id = ${cafe.id}
        EXCEPT SELECT previous_id FROM entries WHERE cafe_id = ${cafe.id}
        EXCEPT SELECT last_entry_id FROM cards WHERE cafe_id = ${cafe.id} LIMIT ${FAULTS_MAX}`,
  )
  for (const row of heads) blame(`entry ${columns(row).uuid('id')}`, 'stands in no card’s history')
  if (heads.length === 0)
    blame(`café ${cafe.slug}`, `${count} entries too many or too few stand in its cards’ histories`)
}

function proveBrowser(row: Row, blame: Blame): void {
  const { integer, integerOrNull, uuid: id } = columns(row)
  const balance = integerOrNull('balance')
  if (balance === null) blame(`browser ${id('id')}`, 'is bound to a card that is not there')
  else if (integer('own') > balance) {
    blame(`browser ${id('id')}`, `owns ${integer('own')} stamps of a card that has ${balance}`)
  }
}

async function* pagesOf(pageAfter: (after: string) => Promise<readonly Row[]>): AsyncGenerator<Row> {
  for (let after = NIL_ID; ; ) {
    const page = await pageAfter(after)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < PAGE_ROWS) return
    after = columns(last).uuid('id')
  }
}

function cardsAfter(db: Database, cafeId: number, after: string): Promise<readonly Row[]> {
  return db.all(
    sql`SELECT id, balance, last_entry_id, phone_lookup, phone_sealed, last_four_lookup FROM cards
        WHERE cafe_id = ${cafeId} AND id > ${uuid(after)} ORDER BY id LIMIT ${PAGE_ROWS}`,
  )
}

function browsersAfter(db: Database, cafeId: number, after: string): Promise<readonly Row[]> {
  return db.all(
    sql`SELECT b.id, b.own, c.balance FROM browsers b LEFT JOIN cards c ON c.cafe_id = b.cafe_id AND c.id = b.card_id
        WHERE b.cafe_id = ${cafeId} AND b.id > ${uuid(after)} ORDER BY b.id LIMIT ${PAGE_ROWS}`,
  )
}

function cardRowOf(row: Row): CardRow {
  const { bytes, integer, uuid: id, uuidOrNull } = columns(row)
  return {
    id: id('id'),
    balance: integer('balance'),
    lastEntryId: uuidOrNull('last_entry_id'),
    lookup: bytes('phone_lookup'),
    sealed: bytes('phone_sealed'),
    lastFour: bytes('last_four_lookup'),
  }
}

async function sumsOf(db: Database, cafeId: number) {
  const ofEntries = await db.first(
    sql`SELECT count(*) AS entries, coalesce(sum(stamps), 0) AS stamps,
               coalesce(sum(CASE WHEN kind = 'move' THEN stamps END), 0) AS moved
        FROM entries WHERE cafe_id = ${cafeId}`,
  )
  const ofCards = await db.first(
    sql`SELECT count(*) AS cards, coalesce(sum(balance), 0) AS balances FROM cards WHERE cafe_id = ${cafeId}`,
  )
  const { integer } = columns({ ...ofEntries, ...ofCards })
  return {
    entries: integer('entries'),
    stamps: integer('stamps'),
    moved: integer('moved'),
    cards: integer('cards'),
    balances: integer('balances'),
  }
}

async function countOf(db: Database): Promise<number> {
  const row = await db.first(
    sql`SELECT (SELECT count(*) FROM cards) + (SELECT count(*) FROM entries) + (SELECT count(*) FROM audits) AS rows`,
  )
  return columns(row ?? {}).integer('rows')
}

function stepsOf(total: number, onProgress: (share: number) => void): (rows: number) => void {
  let done = 0
  return (rows) => {
    done += rows
    onProgress(Math.min(1, done / Math.max(1, total)))
  }
}
