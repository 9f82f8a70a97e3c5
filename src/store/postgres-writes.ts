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
  readonly atMs: number
}

export interface NewAnswer {
  readonly key: string
  readonly asker: string
  readonly digest: Buffer
  readonly browserId: string | null
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
    of(opened, ({ card }) => card.balance),
    of(opened, ({ card }) => card.promisedVersion),
    of(opened, ({ card }) => card.lastEntryId),
    of(opened, (row) => row.atMs),
    of(cards, (row) => row.id),
    of(cards, (row) => row.balance),
    of(cards, (row) => row.promisedVersion),
    of(cards, (row) => row.lastEntryId),
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
    of(answers, (row) => row.stamps),
    of(answers, (row) => row.atMs),
  ]
  return client.query({ name: 'writes', text: WRITES, values })
}

const WRITES = `
WITH opened AS (
  INSERT INTO cards (cafe_id, id, phone_lookup, phone_sealed, last_four_lookup, balance, promised_version, last_entry_id, created_at_ms)
  SELECT $1, * FROM unnest($2::uuid[], $3::bytea[], $4::bytea[], $5::bytea[], $6::int[], $7::int[], $8::uuid[], $9::bigint[])
), changed AS (
  UPDATE cards SET balance = n.balance, promised_version = n.promised_version, last_entry_id = n.last_entry_id
  FROM unnest($10::uuid[], $11::int[], $12::int[], $13::uuid[]) AS n (id, balance, promised_version, last_entry_id)
  WHERE cards.cafe_id = $1 AND cards.id = n.id
), forgotten AS (
  DELETE FROM browsers WHERE cafe_id = $1 AND id = ANY ($14::uuid[])
), bound AS (
  INSERT INTO browsers (cafe_id, id, card_id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id, created_at_ms)
  SELECT $1, * FROM unnest($15::uuid[], $16::uuid[], $17::int[], $18::int[], $19::int[], $20::uuid[], $21::uuid[], $22::bigint[])
), moved AS (
  UPDATE browsers SET own = n.own, spent_elsewhere = n.spent_elsewhere, promised_version = n.promised_version,
                      last_entry_id = n.last_entry_id, ticket_entry_id = n.ticket_entry_id
  FROM unnest($23::uuid[], $24::int[], $25::int[], $26::int[], $27::uuid[], $28::uuid[])
       AS n (id, own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id)
  WHERE browsers.cafe_id = $1 AND browsers.id = n.id AND browsers.id <> ALL ($14::uuid[])
), clamped AS (
  UPDATE browsers SET spent_elsewhere = spent_elsewhere + own - n.balance, own = n.balance
  FROM unnest($29::uuid[], $30::int[], $31::uuid[]) AS n (card_id, balance, except_id)
  WHERE browsers.cafe_id = $1 AND browsers.card_id = n.card_id AND browsers.own > n.balance
    AND browsers.id IS DISTINCT FROM n.except_id AND browsers.id <> ALL ($14::uuid[])
), written AS (
  INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id,
                       browser_id, browser_previous_id, reward_id, undoes_id, reason, person_id, device_id, branch_id,
                       counterpart_id, over_limit)
  SELECT $1, * FROM unnest($32::uuid[], $33::uuid[], $34::text[], $35::int[], $36::int[], $37::bigint[], $38::int[], $39::text[],
                           $40::uuid[], $41::uuid[], $42::uuid[], $43::text[], $44::uuid[], $45::text[], $46::uuid[], $47::uuid[],
                           $48::uuid[], $49::uuid[], $50::text[])
)
INSERT INTO answers (cafe_id, key, asker, request_digest, browser_id, stamps, at_ms)
SELECT $1, * FROM unnest($51::text[], $52::text[], $53::bytea[], $54::uuid[], $55::int[], $56::bigint[])`
