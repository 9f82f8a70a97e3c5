// The limit that Dojang on PostgreSQL is held against: the rows of its stamps written by one bare statement for 200 of them, one in
// flight on one connection, a commit each. No question is asked before, nothing is locked, and no code of Dojang's is run.
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import pg from 'pg'
import { makeKey, type Turn } from './postgres-stampers.ts'

const BATCH = 200

type Row = { id: string; browserId: string; balance: number; lastEntryId: string | null }

/** A connection that writes stamps for one café's customers, whom nobody else stamps meanwhile. */
export async function openBare(connectionString: string, cafeId: number) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const { rows } = await client.query(
    `SELECT c.id, b.id AS "browserId", c.balance, c.last_entry_id AS "lastEntryId"
     FROM cards c JOIN browsers b ON b.cafe_id = c.cafe_id AND b.card_id = c.id WHERE c.cafe_id = $1`,
    [cafeId],
  )
  let next = 0
  const batch = () => Array.from({ length: BATCH }, () => rows[next++ % rows.length] as Row)
  return {
    async turn(seconds: number): Promise<Turn> {
      const startedAt = performance.now()
      const latencies: number[] = []
      while (performance.now() - startedAt < seconds * 1000) {
        const sentAt = performance.now()
        await client.query({ name: 'bare', text: BARE, values: [cafeId, ...valuesOf(batch())] })
        latencies.push(performance.now() - sentAt)
      }
      const passed = (performance.now() - startedAt) / 1000
      return { stamps: latencies.length * BATCH, seconds: passed, latenciesMs: Float64Array.from(latencies) }
    },
    stop: () => client.end(),
  }
}

/** One stamp more for each card; what is kept here of it is as it will stand there. */
function valuesOf(cards: readonly Row[]): unknown[] {
  const now = Date.now()
  const [entries, previous]: [string[], (string | null)[]] = [[], []]
  for (const card of cards) {
    const id = randomUUIDv7()
    entries.push(id)
    previous.push(card.lastEntryId)
    card.lastEntryId = id
    card.balance += 1
  }
  const of = <T>(column: (card: Row) => T) => cards.map(column)
  return [
    entries,
    of(({ id }) => id),
    of(({ balance }) => balance),
    of(() => now),
    previous,
    of(({ browserId }) => browserId),
    of(makeKey),
    of(({ browserId }) => `browser:${browserId}`),
    of(() => randomBytes(32)),
  ]
}

const BARE = `
WITH n AS (
  SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::uuid[], $7::uuid[], $8::text[], $9::text[], $10::bytea[])
    AS n (entry_id, card_id, balance, at_ms, previous_id, browser_id, key, asker, digest)
), written AS (
  INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id,
                       browser_id, browser_previous_id)
  SELECT $1, entry_id, card_id, 'stamp', 1, balance, at_ms, 1, 'browser', previous_id, browser_id, previous_id FROM n
), changed AS (
  UPDATE cards SET balance = n.balance, promised_version = 1, last_entry_id = n.entry_id
  FROM n WHERE cards.cafe_id = $1 AND cards.id = n.card_id
), moved AS (
  UPDATE browsers SET own = n.balance, spent_elsewhere = 0, promised_version = 1, last_entry_id = n.entry_id, ticket_entry_id = NULL
  FROM n WHERE browsers.cafe_id = $1 AND browsers.id = n.browser_id
)
INSERT INTO answers (cafe_id, key, asker, request_digest, browser_id, stamps, at_ms)
SELECT $1, key, asker, digest, browser_id, 1, at_ms FROM n`
