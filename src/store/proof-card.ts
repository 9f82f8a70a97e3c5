/** The proof of one card: its history from the newest line to the first, its balance, and the number it stands under. */
import type { Entry } from '../rules/entry.ts'
import type { Cafe } from './cafes.ts'
import { entryReads } from './entries.ts'
import type { PhoneVault } from './phone-vault.ts'
import type { Database } from './sql.ts'

export interface CardRow {
  readonly id: string
  readonly balance: number
  readonly lastEntryId: string | null
  readonly lookup: Uint8Array
  readonly sealed: Uint8Array
  readonly lastFour: Uint8Array
}

interface Course {
  readonly db: Database
  readonly vault: PhoneVault
  readonly cafe: Cafe
  readonly blame: (row: string, what: string) => void
}

const PAGE_LINES = 500

/** @returns how many lines its history has */
export async function proveCard(course: Course, card: CardRow): Promise<number> {
  proveNumber(course, card)
  const seen = { lines: 0, stamps: 0, undone: new Set<string>() }
  let later: Entry | null = null
  for await (const entry of historyOf(course, card)) {
    if (later === null) proveNewest(course, card, entry)
    else proveStep(course, later, entry.balance)
    await proveLine(course, card, entry, seen.undone)
    seen.lines += 1
    seen.stamps += entry.stamps
    later = entry
  }
  if (later !== null && later.previousId === null) proveStep(course, later, 0)
  if (seen.stamps !== card.balance) {
    course.blame(
      `card ${card.id}`,
      `its balance is ${card.balance}, but its entries add up to ${seen.stamps}`,
    )
  }
  return seen.lines
}

/** Opening the number and finding it again by its hashes proves the key as well as the row. */
function proveNumber({ cafe, vault, blame }: Course, { id, sealed, lookup, lastFour }: CardRow): void {
  try {
    const phone = vault.open(cafe.id, id, sealed)
    if (!vault.lookup(cafe.id, phone).equals(lookup)) blame(`card ${id}`, 'is not found by its own number')
    if (!vault.lastFourLookup(cafe.id, phone).equals(lastFour)) {
      blame(`card ${id}`, 'is not found by its own last four digits')
    }
  } catch {
    blame(`card ${id}`, 'its number does not open: it was altered, or belongs to another row')
  }
}

/** Goes round a circle at most three times: a line now and then is remembered, and met again (Brent's algorithm). */
async function* historyOf({ db, cafe, blame }: Course, card: CardRow): AsyncGenerator<Entry> {
  let from = card.lastEntryId
  let owner = `card ${card.id}`
  let lines = 0
  let remembered = { id: '', atLine: 1 }
  while (from !== null) {
    const page: readonly Entry[] = await entryReads(db).historyOfCard(cafe.id, from, PAGE_LINES)
    if (page.length === 0) return blame(owner, `the line before it, ${from}, is not there`)
    for (const entry of page) {
      if (entry.id === remembered.id)
        return blame(`entry ${entry.id}`, 'stands in a history that goes round in a circle')
      lines += 1
      if (lines === remembered.atLine) remembered = { id: entry.id, atLine: lines * 2 }
      owner = `entry ${entry.id}`
      from = entry.previousId
      yield entry
    }
  }
}

function proveNewest({ blame }: Course, card: CardRow, newest: Entry): void {
  if (newest.balance === card.balance) return
  blame(
    `card ${card.id}`,
    `its balance is ${card.balance}, but its last line, ${newest.id}, left ${newest.balance}`,
  )
}

/** @param balanceBefore what the line before left on the card */
function proveStep({ blame }: Course, { id, stamps, balance }: Entry, balanceBefore: number): void {
  if (balanceBefore + stamps === balance) return
  blame(
    `entry ${id}`,
    `says the balance is ${balance}, but ${balanceBefore} and its own ${stamps} make ${balanceBefore + stamps}`,
  )
}

async function proveLine(course: Course, card: CardRow, entry: Entry, undone: Set<string>): Promise<void> {
  const { blame } = course
  const name = `entry ${entry.id}`
  if (entry.cardId !== card.id)
    blame(name, `stands in the history of card ${card.id}, but belongs to ${entry.cardId}`)
  if (entry.kind === 'stamp' && entry.stamps <= 0) blame(name, 'is a stamp that adds nothing')
  if (entry.kind === 'redeem' && entry.stamps >= 0) blame(name, 'is a redeem that takes nothing')
  if (entry.kind === 'void' && entry.undoesId === null) blame(name, 'undoes nothing')
  if (entry.kind === 'move' && entry.undoesId === null && entry.counterpartId === null)
    blame(name, 'is a move from nowhere')
  if (entry.counterpartId !== null) await proveMove(course, entry, entry.counterpartId)
  if (entry.undoesId !== null) await proveUndoing(course, entry, entry.undoesId, undone)
}

/** The second line of a move: what it puts onto this card, the first has taken off another. */
async function proveMove({ db, cafe, blame }: Course, entry: Entry, firstId: string): Promise<void> {
  const name = `entry ${entry.id}`
  const first = await entryReads(db).find(cafe.id, firstId)
  if (first === null) blame(name, `moves what ${firstId} took, which is not there`)
  else if (entry.kind !== 'move' || first.kind !== 'move') blame(name, `and ${first.id} are no move`)
  else if (first.cardId === entry.cardId) blame(name, `moves what ${first.id} took off the same card`)
  else if (first.stamps !== -entry.stamps)
    blame(name, `moves ${entry.stamps}, of which ${first.id} took ${-first.stamps}`)
}

async function proveUndoing(
  { db, cafe, blame }: Course,
  entry: Entry,
  undoneId: string,
  undone: Set<string>,
): Promise<void> {
  const name = `entry ${entry.id}`
  if (undone.has(undoneId)) blame(name, `undoes ${undoneId} a second time`)
  undone.add(undoneId)
  const other = await entryReads(db).find(cafe.id, undoneId)
  if (other === null) blame(name, `undoes ${undoneId}, which is not there`)
  else if (other.cardId !== entry.cardId) blame(name, `undoes ${other.id}, a line of another card`)
  else if (other.stamps !== -entry.stamps)
    blame(name, `undoes ${other.id} by ${entry.stamps}, not by ${-other.stamps}`)
}
