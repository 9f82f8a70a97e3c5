/** Questions that the commands of a group ask in step, each kind sent once for all who ask it. */
import type pg from 'pg'
import { columns, type Row } from './sql.ts'

/** The first answer to a key; the card, locked, that is a browser's or a number's or has an id. */
export type Question = 'answer' | 'browser' | 'phone' | 'card'

interface Waiting {
  readonly question: Question
  readonly about: string | Buffer
  readonly resolve: (row: Row | null) => void
  readonly reject: (error: unknown) => void
}

/**
 * Each key is looked up by itself, whatever the planner believes of the table: `key = ANY (…)` it may answer by reading the whole café, and
 * keep to that plan while the café grows.
 */
const ANSWERS = `
SELECT a.key, a.asker, a.request_digest, a.browser_id, a.entry_id, a.stamps, a.at_ms FROM unnest($2::text[]) AS n (key)
CROSS JOIN LATERAL (SELECT * FROM answers WHERE cafe_id = $1 AND key = n.key OFFSET 0) AS a`

/**
 * Cards are locked in the order of their ids, so nobody waits in a ring. A browser is read once its card is locked, and as it is then: within
 * the same statement only a lock of its own tells. A card that is not locked has no balance here.
 */
const locks = (patience: 'SKIP LOCKED' | '') => `
SELECT $1::int AS cafe_id, place.card_id, place.browser_id, place.phone_lookup, c.balance, c.promised_version, c.last_entry_id,
       c.last_stamp_at_ms, c.visits_day, c.visits, c.last_code_step,
       b.own, b.spent_elsewhere, b.promised_version AS browser_promised_version,
       b.last_entry_id AS browser_last_entry_id, b.ticket_entry_id, k.at_ms AS claimed_at_ms
FROM (
  SELECT b.card_id, n.id AS browser_id, NULL::bytea AS phone_lookup FROM unnest($2::uuid[]) AS n (id)
  CROSS JOIN LATERAL (SELECT card_id FROM browsers WHERE cafe_id = $1 AND id = n.id OFFSET 0) AS b
  UNION ALL
  SELECT c.id, NULL, n.lookup FROM unnest($3::bytea[]) AS n (lookup)
  CROSS JOIN LATERAL (SELECT id FROM cards WHERE cafe_id = $1 AND phone_lookup = n.lookup OFFSET 0) AS c
  UNION ALL
  SELECT n.id, NULL, NULL FROM unnest($4::uuid[]) AS n (id)
  CROSS JOIN LATERAL (SELECT id FROM cards WHERE cafe_id = $1 AND id = n.id OFFSET 0) AS c
  ORDER BY 1
) AS place
LEFT JOIN LATERAL (
  SELECT balance, promised_version, last_entry_id, last_stamp_at_ms, visits_day, visits, last_code_step FROM cards
  WHERE cafe_id = $1 AND id = place.card_id FOR NO KEY UPDATE ${patience}
) AS c ON true
LEFT JOIN LATERAL (
  SELECT own, spent_elsewhere, promised_version, last_entry_id, ticket_entry_id FROM browsers
  WHERE cafe_id = $1 AND id = place.browser_id AND c.balance IS NOT NULL FOR NO KEY UPDATE
) AS b ON true
LEFT JOIN LATERAL (SELECT at_ms FROM claims WHERE cafe_id = $1 AND browser_id = place.browser_id OFFSET 0) AS k ON true`

const LOCKS = { name: 'locks', text: locks('') }
/** Whoever holds some cards and waits for others may wait in a ring with another process. */
const LATER_LOCKS = { name: 'later locks', text: locks('SKIP LOCKED') }

export class Questions {
  readonly #cafeId: number | null
  #waiting: Waiting[] = []
  #hasLocked = false

  constructor(cafeId: number | null) {
    this.#cafeId = cafeId
  }

  /** Waits until the group has come this far together. */
  ask(question: Question, about: string | Buffer): Promise<Row | null> {
    return new Promise((resolve, reject) => this.#waiting.push({ question, about, resolve, reject }))
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** Locks these cards before anything is asked. */
  async lockFirst(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#lock(client, [], [], ids)
  }

  /** Sends what was asked so far, and gives each its row. */
  async send(client: pg.ClientBase): Promise<void> {
    const asked = this.#waiting
    this.#waiting = []
    const [keys, browsers, phones, cards] = (['answer', 'browser', 'phone', 'card'] as const).map(
      (question) => asked.filter((one) => one.question === question),
    ) as [Waiting[], Waiting[], Waiting[], Waiting[]]
    try {
      if (keys.length > 0) {
        const values = [this.#cafeId, aboutsOf(keys)]
        const { rows } = await client.query({ name: 'answers', text: ANSWERS, values })
        answerAll(keys, rows, (row) => columns(row).text('key'))
      }
      if (keys.length === asked.length) return
      const rows = await this.#lock(client, aboutsOf(browsers), aboutsOf(phones), aboutsOf(cards))
      answerAll(browsers, rows, (row) => columns(row).uuidOrNull('browser_id'))
      answerAll(phones, rows, ({ phone_lookup: bytes }) => bytes && hex(bytes as Buffer))
      answerAll(cards, rows, (row) => columns(row).uuid('card_id'))
    } catch (error) {
      for (const { reject } of asked) reject(error)
      throw error
    }
  }

  async #lock(client: pg.ClientBase, ...abouts: readonly (readonly unknown[])[]): Promise<readonly Row[]> {
    const statement = this.#hasLocked ? LATER_LOCKS : LOCKS
    this.#hasLocked = true
    return (await client.query({ ...statement, values: [this.#cafeId, ...abouts] })).rows
  }
}

function aboutsOf(waiting: readonly Waiting[]): readonly (string | Buffer)[] {
  return waiting.map(({ about }) => about)
}

function answerAll(waiting: readonly Waiting[], rows: readonly Row[], aboutOf: (row: Row) => unknown): void {
  if (waiting.length === 0) return
  const byAbout = new Map(rows.map((row) => [aboutOf(row), row]))
  for (const { about, resolve } of waiting) resolve(byAbout.get(hex(about)) ?? null)
}

function hex(about: string | Buffer): string {
  return typeof about === 'string' ? about : about.toString('hex')
}
