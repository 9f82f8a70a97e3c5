/** What the commands of a group write, gathered and sent as one statement: PostgreSQL is paid by the round trip. */
import type pg from 'pg'
import type { Browser, Card, LedgerStep } from '../rules/card.ts'
import type { Entry } from '../rules/entry.ts'

/** A card that is new, with what only its opening knows. */
export interface NewCard {
  readonly card: Card
  readonly phoneLookup: Buffer
  readonly phoneSealed: Buffer
  readonly lastFourLookup: Buffer
  readonly code: string
  readonly atMs: number
}

export interface NewAnswer {
  readonly key: string
  readonly asker: string
  readonly digest: Buffer
  readonly browserId: string | null
  readonly entryId: string | null
  readonly stamps: number
  readonly atMs: number
}

interface NewBrowser {
  readonly browser: Browser
  readonly atMs: number
}

interface Clamp {
  readonly cardId: string
  readonly balance: number
  readonly exceptBrowserId: string | null
}

/** The writes of one command until they are sent; of each row only how it stands in the end. */
export class GatheredWrites {
  readonly opened = new Map<string, NewCard>()
  readonly cards = new Map<string, Card>()
  readonly bound = new Map<string, NewBrowser>()
  readonly browsers = new Map<string, Browser>()
  readonly forgotten = new Set<string>()
  readonly entries: Entry[] = []
  /** Cards that were debited: no other browser keeps more own than is left. */
  readonly clamps: Clamp[] = []
  readonly answers: NewAnswer[] = []

  get isEmpty(): boolean {
    const { opened, cards, bound, browsers, forgotten, entries, answers } = this
    return (
      opened.size +
        cards.size +
        bound.size +
        browsers.size +
        forgotten.size +
        entries.length +
        answers.length ===
      0
    )
  }

  append({ entry, card, browser }: LedgerStep): void {
    this.entries.push(entry)
    const opened = this.opened.get(card.id)
    if (opened !== undefined) this.opened.set(card.id, { ...opened, card })
    else this.cards.set(card.id, card)
    if (browser !== null) this.#keepBrowser(browser)
    if (entry.stamps < 0)
      this.clamps.push({ cardId: card.id, balance: card.balance, exceptBrowserId: browser?.id ?? null })
  }

  #keepBrowser(browser: Browser): void {
    const bound = this.bound.get(browser.id)
    if (bound !== undefined) this.bound.set(browser.id, { ...bound, browser })
    else this.browsers.set(browser.id, browser)
  }
}

/** Sends what several commands gathered, of one café and no card twice, in one statement. */
export function sendWrites(
  client: pg.ClientBase,
  cafeId: number,
  gathered: readonly GatheredWrites[],
): Promise<unknown> {
  // Numbers and keys in one order everywhere: two processes that write the same ones do not wait in a ring.
  const opened = gathered
    .flatMap((writes) => [...writes.opened.values()])
    .sort((one, other) => one.phoneLookup.compare(other.phoneLookup))
  const answers = gathered
    .flatMap((writes) => writes.answers)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
  // In the order in which the columns are declared below.
  const values = [
    cafeId,
    ...NEW_CARDS.valuesOf(opened),
    ...CARDS.valuesOf(gathered.flatMap((writes) => [...writes.cards.values()])),
    ...FORGOTTEN.valuesOf(gathered.flatMap((writes) => [...writes.forgotten])),
    ...NEW_BROWSERS.valuesOf(gathered.flatMap((writes) => [...writes.bound.values()])),
    ...BROWSERS.valuesOf(gathered.flatMap((writes) => [...writes.browsers.values()])),
    ...CLAMPS.valuesOf(gathered.flatMap((writes) => writes.clamps)),
    ...LINES.valuesOf(gathered.flatMap((writes) => writes.entries)),
    ...ANSWERS.valuesOf(answers),
  ]
  return client.query({ name: 'writes', text: WRITES, values })
}

/** Rows on their way into a statement: an array for each column, with its type. */
interface Columns<Row> {
  /** The placeholders, in the order in which `columnsOf` is called below. */
  readonly places: string
  readonly valuesOf: (rows: readonly Row[]) => readonly (readonly unknown[])[]
}

let lastPlace = 1 // the café's

function columnsOf<Row>(
  ...columns: readonly (readonly [type: string, of: (row: Row) => unknown])[]
): Columns<Row> {
  const places = columns.map(([type]) => {
    lastPlace += 1
    return `$${lastPlace}::${type}[]`
  })
  return { places: places.join(', '), valuesOf: (rows) => columns.map(([, of]) => rows.map(of)) }
}

const NEW_CARDS = columnsOf<NewCard>(
  ['uuid', ({ card }) => card.id],
  ['bytea', (row) => row.phoneLookup],
  ['bytea', (row) => row.phoneSealed],
  ['bytea', (row) => row.lastFourLookup],
  ['text', (row) => row.code],
  ['int', ({ card }) => card.balance],
  ['int', ({ card }) => card.promisedVersion],
  ['uuid', ({ card }) => card.lastEntryId],
  ['bigint', ({ card }) => card.lastStampAtMs],
  ['int', ({ card }) => card.visitsDay],
  ['int', ({ card }) => card.visits],
  ['int', ({ card }) => card.lastCodeStep],
  ['bigint', (row) => row.atMs],
)
const CARDS = columnsOf<Card>(
  ['uuid', (row) => row.id],
  ['int', (row) => row.balance],
  ['int', (row) => row.promisedVersion],
  ['uuid', (row) => row.lastEntryId],
  ['bigint', (row) => row.lastStampAtMs],
  ['int', (row) => row.visitsDay],
  ['int', (row) => row.visits],
  ['int', (row) => row.lastCodeStep],
)
const FORGOTTEN = columnsOf<string>(['uuid', (id) => id])
const NEW_BROWSERS = columnsOf<NewBrowser>(
  ['uuid', ({ browser }) => browser.id],
  ['uuid', ({ browser }) => browser.cardId],
  ['int', ({ browser }) => browser.own],
  ['int', ({ browser }) => browser.spentElsewhere],
  ['int', ({ browser }) => browser.promisedVersion],
  ['uuid', ({ browser }) => browser.lastEntryId],
  ['uuid', ({ browser }) => browser.ticketEntryId],
  ['bigint', (row) => row.atMs],
)
const BROWSERS = columnsOf<Browser>(
  ['uuid', (row) => row.id],
  ['int', (row) => row.own],
  ['int', (row) => row.spentElsewhere],
  ['int', (row) => row.promisedVersion],
  ['uuid', (row) => row.lastEntryId],
  ['uuid', (row) => row.ticketEntryId],
)
const CLAMPS = columnsOf<Clamp>(
  ['uuid', (row) => row.cardId],
  ['int', (row) => row.balance],
  ['uuid', (row) => row.exceptBrowserId],
)
const LINES = columnsOf<Entry>(
  ['uuid', (row) => row.id],
  ['uuid', (row) => row.cardId],
  ['text', (row) => row.kind],
  ['int', (row) => row.stamps],
  ['int', (row) => row.balance],
  ['bigint', (row) => row.atMs],
  ['int', (row) => row.programmeVersion],
  ['text', (row) => row.actor],
  ['uuid', (row) => row.previousId],
  ['uuid', (row) => row.browserId],
  ['uuid', (row) => row.browserPreviousId],
  ['text', (row) => row.rewardId],
  ['uuid', (row) => row.undoesId],
  ['text', (row) => row.reason],
  ['uuid', (row) => row.personId],
  ['uuid', (row) => row.deviceId],
  ['uuid', (row) => row.branchId],
  ['uuid', (row) => row.counterpartId],
  ['text', (row) => row.overLimit],
)
const ANSWERS = columnsOf<NewAnswer>(
  ['text', (row) => row.key],
  ['text', (row) => row.asker],
  ['bytea', (row) => row.digest],
  ['uuid', (row) => row.browserId],
  ['uuid', (row) => row.entryId],
  ['int', (row) => row.stamps],
  ['bigint', (row) => row.atMs],
)

const WRITES = `
WITH opened AS (
  INSERT INTO cards (cafe_id, id, phone_lookup, phone_sealed, last_four_lookup, code, balance, promised_version, last_entry_id,
                     last_stamp_at_ms, visits_day, visits, last_code_step, created_at_ms)
  SELECT $1, * FROM unnest(${NEW_CARDS.places})
), changed AS (
  UPDATE cards SET balance = n.balance, promised_version = n.promised_version, last_entry_id = n.last_entry_id,
                   last_stamp_at_ms = n.last_stamp_at_ms, visits_day = n.visits_day, visits = n.visits,
                   last_code_step = n.last_code_step
  FROM unnest(${CARDS.places})
       AS n (id, balance, promised_version, last_entry_id, last_stamp_at_ms, visits_day, visits, last_code_step)
  WHERE cards.cafe_id = $1 AND cards.id = n.id
), forgotten AS (
  DELETE FROM browsers WHERE cafe_id = $1 AND id = ANY (${FORGOTTEN.places})
), bound AS (
  INSERT INTO browsers (cafe_id, id, card_id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id, created_at_ms)
  SELECT $1, * FROM unnest(${NEW_BROWSERS.places})
), moved AS (
  UPDATE browsers SET own = n.own, spent_elsewhere = n.spent_elsewhere, promised_version = n.promised_version,
                      last_entry_id = n.last_entry_id, ticket_entry_id = n.ticket_entry_id
  FROM unnest(${BROWSERS.places})
       AS n (id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id)
  WHERE browsers.cafe_id = $1 AND browsers.id = n.id AND browsers.id <> ALL (${FORGOTTEN.places})
), clamped AS (
  UPDATE browsers SET spent_elsewhere = spent_elsewhere + own - n.balance, own = n.balance
  FROM unnest(${CLAMPS.places}) AS n (card_id, balance, except_id)
  WHERE browsers.cafe_id = $1 AND browsers.card_id = n.card_id AND browsers.own > n.balance
    AND browsers.id IS DISTINCT FROM n.except_id AND browsers.id <> ALL (${FORGOTTEN.places})
), written AS (
  INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id,
                       browser_id, browser_previous_id, reward_id, undoes_id, reason, person_id, device_id, branch_id,
                       counterpart_id, over_limit)
  SELECT $1, * FROM unnest(${LINES.places})
)
INSERT INTO answers (cafe_id, key, asker, request_digest, browser_id, entry_id, stamps, at_ms)
SELECT $1, * FROM unnest(${ANSWERS.places})`
