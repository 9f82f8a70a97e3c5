/** The ledger: what stands in it, and the one way to add to it. */
import type { LedgerStep } from '../rules/card.ts'
import type { Actor, Entry, EntryKind } from '../rules/entry.ts'
import type { StaffLine } from '../rules/honesty.ts'
import { columns, type Database, firstIdAt, type Row, sql, uuid } from './sql.ts'

/** What a customer is told of an entry: few columns, for many lines. */
export type Line = Pick<Entry, 'kind' | 'stamps' | 'atMs' | 'reason'>

export interface LinePage {
  readonly lines: readonly Line[]
  /** The line with which the next, older page begins, or null. */
  readonly olderEntryId: string | null
}

export function entryReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<Entry | null> => {
      const row = await db.first(sql`SELECT * FROM entries WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`)
      return row && entryOf(row)
    },

    /** A card's lines from one of them backwards, newest first: each names the one before it. */
    historyOfCard: async (cafeId: number, fromEntryId: string, most: number): Promise<readonly Entry[]> =>
      (
        await db.all(
          sql`WITH RECURSIVE line AS (
                SELECT e.*, 1 AS place FROM entries e WHERE e.cafe_id = ${cafeId} AND e.id = ${uuid(fromEntryId)}
                UNION ALL
                SELECT e.*, line.place + 1 FROM line JOIN entries e ON e.cafe_id = line.cafe_id AND e.id = line.previous_id
                WHERE line.place < ${most}
              ) SELECT * FROM line ORDER BY place`,
        )
      ).map(entryOf),

    /** A page of a card's history as its customer reads it; empty when `fromEntryId` is another card's. */
    linesOfCard: async (
      cafeId: number,
      cardId: string,
      fromEntryId: string,
      most: number,
    ): Promise<LinePage> =>
      linePageOf(
        await db.all(
          sql`WITH RECURSIVE line AS (
                SELECT e.cafe_id, e.kind, e.stamps, e.at_ms, e.reason, e.previous_id, 1 AS place FROM entries e
                WHERE e.cafe_id = ${cafeId} AND e.id = ${uuid(fromEntryId)} AND e.card_id = ${uuid(cardId)}
                UNION ALL
                SELECT e.cafe_id, e.kind, e.stamps, e.at_ms, e.reason, e.previous_id, line.place + 1
                FROM line JOIN entries e ON e.cafe_id = line.cafe_id AND e.id = line.previous_id WHERE line.place < ${most}
              ) SELECT kind, stamps, at_ms, reason, CASE WHEN place = ${most} THEN previous_id END AS older_id
                FROM line ORDER BY place`,
        ),
      ),

    /** The same along one browser's own lines. */
    linesOfBrowser: async (
      cafeId: number,
      browserId: string,
      fromEntryId: string,
      most: number,
    ): Promise<LinePage> =>
      linePageOf(
        await db.all(
          sql`WITH RECURSIVE line AS (
                SELECT e.cafe_id, e.kind, e.stamps, e.at_ms, e.reason, e.browser_previous_id, 1 AS place FROM entries e
                WHERE e.cafe_id = ${cafeId} AND e.id = ${uuid(fromEntryId)} AND e.browser_id = ${uuid(browserId)}
                UNION ALL
                SELECT e.cafe_id, e.kind, e.stamps, e.at_ms, e.reason, e.browser_previous_id, line.place + 1
                FROM line JOIN entries e ON e.cafe_id = line.cafe_id AND e.id = line.browser_previous_id WHERE line.place < ${most}
              ) SELECT kind, stamps, at_ms, reason, CASE WHEN place = ${most} THEN browser_previous_id END AS older_id
                FROM line ORDER BY place`,
        ),
      ),

    /** The café's newest lines, newest first. */
    newest: async (cafeId: number, most: number): Promise<readonly Entry[]> =>
      (await db.all(sql`SELECT * FROM entries WHERE cafe_id = ${cafeId} ORDER BY id DESC LIMIT ${most}`)).map(
        entryOf,
      ),

    /** What people at the counter did since a moment, oldest first. */
    byStaffSince: async (cafeId: number, sinceMs: number): Promise<readonly StaffLine[]> =>
      (
        await db.all(
          sql`SELECT id, kind, card_id, person_id, stamps, at_ms, over_limit FROM entries
              WHERE cafe_id = ${cafeId} AND id > ${uuid(firstIdAt(sinceMs))} AND person_id IS NOT NULL ORDER BY id`,
        )
      ).map(staffLineOf),

    /** Whether the café has a single line. */
    hasAny: async (cafeId: number): Promise<boolean> =>
      (await db.first(sql`SELECT id FROM entries WHERE cafe_id = ${cafeId} LIMIT 1`)) !== null,

    /** Whether a later line undoes this one. */
    isUndone: async (cafeId: number, id: string): Promise<boolean> =>
      (await db.first(sql`SELECT id FROM entries WHERE cafe_id = ${cafeId} AND undoes_id = ${uuid(id)}`)) !==
      null,
  }
}

export function entryWrites(db: Database) {
  return {
    /** Writes a line with the balance it makes; where it takes, no browser of the card keeps more own than is left. */
    append: async ({ entry, card, browser }: LedgerStep): Promise<void> => {
      await insertEntry(db, entry)
      await db.run(
        sql`UPDATE cards SET balance = ${card.balance}, promised_version = ${card.promisedVersion},
                   last_entry_id = ${uuid(card.lastEntryId)}, last_stamp_at_ms = ${card.lastStampAtMs},
                   visits_day = ${card.visitsDay}, visits = ${card.visits}, last_code_step = ${card.lastCodeStep}
            WHERE cafe_id = ${card.cafeId} AND id = ${uuid(card.id)}`,
      )
      if (browser !== null) {
        await db.run(
          sql`UPDATE browsers SET own = ${browser.own}, spent_elsewhere = ${browser.spentElsewhere},
                     promised_version = ${browser.promisedVersion}, last_entry_id = ${uuid(browser.lastEntryId)},
                     ticket_entry_id = ${uuid(browser.ticketEntryId)}
              WHERE cafe_id = ${browser.cafeId} AND id = ${uuid(browser.id)}`,
        )
      }
      if (entry.stamps < 0) {
        await db.run(
          sql`UPDATE browsers SET spent_elsewhere = spent_elsewhere + own - ${card.balance}, own = ${card.balance}
              WHERE cafe_id = ${card.cafeId} AND card_id = ${uuid(card.id)} AND own > ${card.balance}`,
        )
      }
    },
  }
}

function insertEntry(db: Database, entry: Entry): Promise<number> {
  return db.run(
    sql`INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id,
                             browser_id, browser_previous_id, reward_id, undoes_id, reason, person_id, device_id, branch_id,
                             counterpart_id, over_limit)
        VALUES (${entry.cafeId}, ${uuid(entry.id)}, ${uuid(entry.cardId)}, ${entry.kind}, ${entry.stamps}, ${entry.balance},
                ${entry.atMs}, ${entry.programmeVersion}, ${entry.actor}, ${uuid(entry.previousId)}, ${uuid(entry.browserId)},
                ${uuid(entry.browserPreviousId)}, ${entry.rewardId}, ${uuid(entry.undoesId)}, ${entry.reason},
                ${uuid(entry.personId)}, ${uuid(entry.deviceId)}, ${uuid(entry.branchId)}, ${uuid(entry.counterpartId)},
                ${entry.overLimit})`,
  )
}

export function entryOf(row: Row): Entry {
  const { integer, text, textOrNull, uuid: id, uuidOrNull } = columns(row)
  return {
    id: id('id'),
    cafeId: integer('cafe_id'),
    cardId: id('card_id'),
    kind: text('kind') as EntryKind,
    stamps: integer('stamps'),
    balance: integer('balance'),
    atMs: integer('at_ms'),
    programmeVersion: integer('programme_version'),
    actor: text('actor') as Actor['kind'],
    previousId: uuidOrNull('previous_id'),
    browserId: uuidOrNull('browser_id'),
    browserPreviousId: uuidOrNull('browser_previous_id'),
    rewardId: textOrNull('reward_id'),
    undoesId: uuidOrNull('undoes_id'),
    reason: textOrNull('reason'),
    personId: uuidOrNull('person_id'),
    deviceId: uuidOrNull('device_id'),
    branchId: uuidOrNull('branch_id'),
    counterpartId: uuidOrNull('counterpart_id'),
    overLimit: textOrNull('over_limit'),
  }
}

function staffLineOf(row: Row): StaffLine {
  const { integer, text, textOrNull, uuid: id } = columns(row)
  return {
    entryId: id('id'),
    kind: text('kind'),
    cardId: id('card_id'),
    personId: id('person_id'),
    stamps: integer('stamps'),
    atMs: integer('at_ms'),
    overLimit: textOrNull('over_limit'),
  }
}

function linePageOf(rows: readonly Row[]): LinePage {
  const last = rows.at(-1)
  return {
    lines: rows.map((row) => {
      const { integer, text, textOrNull } = columns(row)
      return {
        kind: text('kind') as EntryKind,
        stamps: integer('stamps'),
        atMs: integer('at_ms'),
        reason: textOrNull('reason'),
      }
    }),
    olderEntryId: last === undefined ? null : columns(last).uuidOrNull('older_id'),
  }
}
