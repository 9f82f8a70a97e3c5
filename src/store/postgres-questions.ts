/** Questions that the commands of a group ask in step, each kind sent once for all who ask it. */
import type pg from 'pg'
import { columns, type Row } from './sql.ts'

interface Waiting {
  readonly about: string | Buffer
  readonly resolve: (row: Row | null) => void
  readonly reject: (error: unknown) => void
}

interface Kind {
  readonly name: string
  /** `$1` is the café, `$2` what is asked about. */
  readonly text: string
  /** What a row is about, as text. */
  readonly aboutOf: (row: Row) => string
}

const hex = (about: string | Buffer) => (typeof about === 'string' ? about : about.toString('hex'))

/** In the order in which they are sent: who, before what is theirs; cards are locked in the order of their ids, so nobody waits in a ring. */
const KINDS = {
  answer: {
    name: 'answer',
    text: 'SELECT key, asker, request_digest, browser_id, stamps, at_ms FROM answers WHERE cafe_id = $1 AND key = ANY ($2::text[])',
    aboutOf: (row) => columns(row).text('key'),
  },
  cardIdOfBrowser: {
    name: 'card of browser',
    text: 'SELECT id, card_id FROM browsers WHERE cafe_id = $1 AND id = ANY ($2::uuid[])',
    aboutOf: (row) => columns(row).uuid('id'),
  },
  cardIdOfPhone: {
    name: 'card of phone',
    text: 'SELECT id, phone_lookup FROM cards WHERE cafe_id = $1 AND phone_lookup = ANY ($2::bytea[])',
    aboutOf: (row) => hex(Buffer.from(columns(row).bytes('phone_lookup'))),
  },
  lockedCard: {
    name: 'lock cards',
    text: `SELECT cafe_id, id, balance, promised_version, last_entry_id FROM cards
           WHERE cafe_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`,
    aboutOf: (row) => columns(row).uuid('id'),
  },
  freeCard: {
    name: 'lock cards that are free',
    text: `SELECT cafe_id, id, balance, promised_version, last_entry_id FROM cards
           WHERE cafe_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED`,
    aboutOf: (row) => columns(row).uuid('id'),
  },
  browser: {
    name: 'browsers',
    text: `SELECT b.cafe_id, b.id, b.card_id, b.own, b.spent_elsewhere, b.promised_version, b.last_entry_id,
                  b.ticket_entry_id, c.at_ms AS claimed_at_ms
           FROM browsers b LEFT JOIN claims c ON c.cafe_id = b.cafe_id AND c.browser_id = b.id
           WHERE b.cafe_id = $1 AND b.id = ANY ($2::uuid[])`,
    aboutOf: (row) => columns(row).uuid('id'),
  },
} as const satisfies Record<string, Kind>

export type Question = keyof typeof KINDS

export class Questions {
  readonly #cafeId: number | null
  readonly #waiting = new Map<Question, Waiting[]>()
  /** Whether cards were locked: who holds some and waits for others may wait in a ring with another process. */
  #hasLocked = false
  #lockedFirst = new Map<string, Row>()

  constructor(cafeId: number | null) {
    this.#cafeId = cafeId
  }

  /** Waits until the group has come this far together. */
  ask(question: Question, about: string | Buffer): Promise<Row | null> {
    const known = question === 'lockedCard' ? this.#lockedFirst.get(hex(about)) : undefined
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve, reject) => {
      const others = this.#waiting.get(question)
      if (others === undefined) this.#waiting.set(question, [{ about, resolve, reject }])
      else others.push({ about, resolve, reject })
    })
  }

  /** Locks these cards before anything is asked. */
  async lockFirst(client: pg.ClientBase, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return
    const { name, text } = KINDS.lockedCard
    const { rows } = await client.query({ name, text, values: [this.#cafeId, ids] })
    this.#lockedFirst = new Map((rows as Row[]).map((row) => [KINDS.lockedCard.aboutOf(row), row]))
    this.#hasLocked = true
  }

  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  /** Sends what was asked so far, one statement a kind, and gives each its row. */
  async send(client: pg.ClientBase): Promise<void> {
    const asked = [...this.#waiting]
    this.#waiting.clear()
    for (const question of Object.keys(KINDS) as Question[]) {
      const waiting = asked.find(([kind]) => kind === question)?.[1]
      if (waiting === undefined) continue
      const kind = question === 'lockedCard' && this.#hasLocked ? 'freeCard' : question
      await this.#sendOne(client, KINDS[kind], waiting)
      if (question === 'lockedCard') this.#hasLocked = true
    }
  }

  async #sendOne(
    client: pg.ClientBase,
    { name, text, aboutOf }: Kind,
    waiting: readonly Waiting[],
  ): Promise<void> {
    try {
      const { rows } = await client.query({
        name,
        text,
        values: [this.#cafeId, waiting.map(({ about }) => about)],
      })
      const byAbout = new Map((rows as Row[]).map((row) => [aboutOf(row), row]))
      for (const { about, resolve } of waiting) resolve(byAbout.get(hex(about)) ?? null)
    } catch (error) {
      for (const { reject } of waiting) reject(error)
      throw error
    }
  }
}
