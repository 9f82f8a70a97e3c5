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

/** The writes of one command until they are sent; of each row only how it stands in the end. */
export class GatheredWrites {
  readonly opened = new Map<string, NewCard>()
  readonly cards = new Map<string, Card>()
  readonly bound = new Map<string, { browser: Browser; atMs: number }>()
  readonly browsers = new Map<string, Browser>()
  readonly forgotten = new Set<string>()
  readonly entries: Entry[] = []
  /** Cards that were debited: no other browser keeps more own than is left. */
  readonly clamps: { cardId: string; balance: number; exceptBrowserId: string | null }[] = []
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
  const bound = gathered.flatMap((writes) => [...writes.bound.values()])
  const cards = gathered.flatMap((writes) => [...writes.cards.values()])
  const browsers = gathered.flatMap((writes) => [...writes.browsers.values()])
  const entries = gathered.flatMap((writes) => writes.entries)
  const answers = gathered
    .flatMap((writes) => writes.answers)
    .sort((one, other) => (one.key < other.key ? -1 : 1))
  const clamps = gathered.flatMap((writes) => writes.clamps)
  const of = <T, V>(rows: readonly T[], column: (row: T) => V) => rows.map(column)
  const values = [
    cafeId,
    of(opened, ({ card }) => card.id),
    of(opened, (row) => row.phoneLookup),
    of(opened, (row) => row.phoneSealed),
    of(opened, (row) => row.lastFourLookup),
    of(opened, (row) => row.code),
    of(opened, ({ card }) => card.balance),
    of(opened, ({ card }) => card.promisedVersion),
    of(opened, ({ card }) => card.lastEntryId),
    of(opened, ({ card }) => card.lastStampAtMs),
    of(opened, ({ card }) => card.visitsDay),
    of(opened, ({ card }) => card.visits),
    of(opened, ({ card }) => card.lastCodeStep),
    of(opened, (row) => row.atMs),
    of(cards, (row) => row.id),
    of(cards, (row) => row.balance),
    of(cards, (row) => row.promisedVersion),
    of(cards, (row) => row.lastEntryId),
    of(cards, (row) => row.lastStampAtMs),
    of(cards, (row) => row.visitsDay),
    of(cards, (row) => row.visits),
    of(cards, (row) => row.lastCodeStep),
    gathered.flatMap((writes) => [...writes.forgotten]),
    of(bound, ({ browser }) => browser.id),
    of(bound, ({ browser }) => browser.cardId),
    of(bound, ({ browser }) => browser.own),
    of(bound, ({ browser }) => browser.spentElsewhere),
    of(bound, ({ browser }) => browser.promisedVersion),
    of(bound, ({ browser }) => browser.lastEntryId),
    of(bound, ({ browser }) => browser.ticketEntryId),
    of(bound, (row) => row.atMs),
    of(browsers, (row) => row.id),
    of(browsers, (row) => row.own),
    of(browsers, (row) => row.spentElsewhere),
    of(browsers, (row) => row.promisedVersion),
    of(browsers, (row) => row.lastEntryId),
    of(browsers, (row) => row.ticketEntryId),
    of(clamps, (row) => row.cardId),
    of(clamps, (row) => row.balance),
    of(clamps, (row) => row.exceptBrowserId),
    of(entries, (row) => row.id),
    of(entries, (row) => row.cardId),
    of(entries, (row) => row.kind),
    of(entries, (row) => row.stamps),
    of(entries, (row) => row.balance),
    of(entries, (row) => row.atMs),
    of(entries, (row) => row.programmeVersion),
    of(entries, (row) => row.actor),
    of(entries, (row) => row.previousId),
    of(entries, (row) => row.browserId),
    of(entries, (row) => row.browserPreviousId),
    of(entries, (row) => row.rewardId),
    of(entries, (row) => row.undoesId),
    of(entries, (row) => row.reason),
    of(entries, (row) => row.personId),
    of(entries, (row) => row.deviceId),
    of(entries, (row) => row.branchId),
    of(entries, (row) => row.counterpartId),
    of(entries, (row) => row.overLimit),
    of(answers, (row) => row.key),
    of(answers, (row) => row.asker),
    of(answers, (row) => row.digest),
    of(answers, (row) => row.browserId),
    of(answers, (row) => row.entryId),
    of(answers, (row) => row.stamps),
    of(answers, (row) => row.atMs),
  ]
  return client.query({ name: 'writes', text: WRITES, values })
}

/** The next columns that travel as arrays: placeholders in the order in which the values stand above. */
const places = { last: 1 }
const rows = (...types: readonly string[]) =>
  types
    .map((type) => {
      places.last += 1
      return `$${places.last}::${type}[]`
    })
    .join(', ')

const NEW_CARDS = rows(
  'uuid',
  'bytea',
  'bytea',
  'bytea',
  'text',
  'int',
  'int',
  'uuid',
  'bigint',
  'int',
  'int',
  'int',
  'bigint',
)
const CARDS = rows('uuid', 'int', 'int', 'uuid', 'bigint', 'int', 'int', 'int')
const FORGOTTEN = rows('uuid')
const NEW_BROWSERS = rows('uuid', 'uuid', 'int', 'int', 'int', 'uuid', 'uuid', 'bigint')
const BROWSERS = rows('uuid', 'int', 'int', 'int', 'uuid', 'uuid')
const CLAMPS = rows('uuid', 'int', 'uuid')
const LINES = rows(
  'uuid',
  'uuid',
  'text',
  'int',
  'int',
  'bigint',
  'int',
  'text',
  'uuid',
  'uuid',
  'uuid',
  'text',
  'uuid',
  'text',
)
const LINE_PLACES = rows('uuid', 'uuid', 'uuid', 'uuid', 'text')
const ANSWERS = rows('text', 'text', 'bytea', 'uuid', 'uuid', 'int', 'bigint')

const WRITES = `
WITH opened AS (
  INSERT INTO cards (cafe_id, id, phone_lookup, phone_sealed, last_four_lookup, code, balance, promised_version, last_entry_id,
                     last_stamp_at_ms, visits_day, visits, last_code_step, created_at_ms)
  SELECT $1, * FROM unnest(${NEW_CARDS})
), changed AS (
  UPDATE cards SET balance = n.balance, promised_version = n.promised_version, last_entry_id = n.last_entry_id,
                   last_stamp_at_ms = n.last_stamp_at_ms, visits_day = n.visits_day, visits = n.visits,
                   last_code_step = n.last_code_step
  FROM unnest(${CARDS})
       AS n (id, balance, promised_version, last_entry_id, last_stamp_at_ms, visits_day, visits, last_code_step)
  WHERE cards.cafe_id = $1 AND cards.id = n.id
), forgotten AS (
  DELETE FROM browsers WHERE cafe_id = $1 AND id = ANY (${FORGOTTEN})
), bound AS (
  INSERT INTO browsers (cafe_id, id, card_id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id, created_at_ms)
  SELECT $1, * FROM unnest(${NEW_BROWSERS})
), moved AS (
  UPDATE browsers SET own = n.own, spent_elsewhere = n.spent_elsewhere, promised_version = n.promised_version,
                      last_entry_id = n.last_entry_id, ticket_entry_id = n.ticket_entry_id
  FROM unnest(${BROWSERS})
       AS n (id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id)
  WHERE browsers.cafe_id = $1 AND browsers.id = n.id AND browsers.id <> ALL (${FORGOTTEN})
), clamped AS (
  UPDATE browsers SET spent_elsewhere = spent_elsewhere + own - n.balance, own = n.balance
  FROM unnest(${CLAMPS}) AS n (card_id, balance, except_id)
  WHERE browsers.cafe_id = $1 AND browsers.card_id = n.card_id AND browsers.own > n.balance
    AND browsers.id IS DISTINCT FROM n.except_id AND browsers.id <> ALL (${FORGOTTEN})
), written AS (
  INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id,
                       browser_id, browser_previous_id, reward_id, undoes_id, reason, person_id, device_id, branch_id,
                       counterpart_id, over_limit)
  SELECT $1, * FROM unnest(${LINES}, ${LINE_PLACES})
)
INSERT INTO answers (cafe_id, key, asker, request_digest, browser_id, entry_id, stamps, at_ms)
SELECT $1, * FROM unnest(${ANSWERS})`
