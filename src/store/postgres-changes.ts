/**
 * What changes in PostgreSQL: a word to every process in the transaction that writes it, and one connection a process that listens while
 * somebody wants to hear. After that connection was lost, lines that were written meanwhile are read from the ledger; of topics nobody knows,
 * so each is told.
 */
import { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import type { Entry } from '../rules/entry.ts'
import { Listeners, TOPICS, type Topic } from './changes.ts'
import type { PhoneVault } from './phone-vault.ts'
import { impatient } from './postgres-connection.ts'
import type { PostgresPrimary } from './postgres-primary.ts'
import { columns, firstIdAt, type Row, uuidOf } from './sql.ts'

const CHANNEL = 'dojang' // one for a database, whatever schemas it has: each house says its name first
const PAYLOAD_MAX = 7_900 // bytes; PostgreSQL takes fewer than 8,000
const TOPICS_MAX = 100 // bytes; all of them together take half
const PLAIN = /^[\da-z:,]+$/i // nothing else goes into a statement's text
const RECONNECT_PAUSE_MS = 200
const ALIVE_EVERY_MS = 5_000 // a line that swallows is noticed by a question that has no answer
const OVERLAP_MS = 5_000 // ids are made before the commit, on machines whose clocks differ a little
const CATCH_UP_MAX = 500 // lines; who missed more reads anew

/**
 * How a group ends: with a word about what it wrote, sent with the commit and heard only after it. The word is the house, the café, each
 * line's card and id, and the topics if there are any; without all that when it is too long. A process of another version takes the parts that it
 * knows. A command and no SELECT: that costs a tenth of the stamps.
 */
export function commitTelling(
  house: string,
  cafeId: number | null,
  { entries, topics }: { readonly entries: readonly Entry[]; readonly topics: ReadonlySet<Topic> },
): string {
  if (cafeId === null || (entries.length === 0 && topics.size === 0)) return 'COMMIT'
  const lines = entries.map(({ cardId, id }) => digits(cardId) + digits(id)).join('')
  const parts = [house, cafeId, lines, ...(topics.size > 0 ? [[...topics].join()] : [])]
  const isShort = lines.length + TOPICS_MAX <= PAYLOAD_MAX
  const word = (isShort ? parts : parts.slice(0, 2)).join(':')
  if (!PLAIN.test(word)) throw new Error('an id is no UUID')
  return `NOTIFY ${CHANNEL}, '${word}'; COMMIT`
}

/** A short name for whoever has this key: two Dojangs in two schemas of one database must not hear each other's cafés. */
export function houseOf(vault: PhoneVault): string {
  return vault.checkValue.toString('hex', 0, 4)
}

export class PostgresChanges extends Listeners {
  readonly #primary: PostgresPrimary
  readonly #house: string
  /** When each line was told, for as long as it may be found a second time. */
  readonly #told = new Map<string, number>()
  /** Up to when nothing is missing. */
  #heardUntilMs = 0
  #socket: Socket | null = null

  constructor(primary: PostgresPrimary, vault: PhoneVault) {
    super(() => {
      const listening = { isWanted: true }
      this.#heardUntilMs = Date.now()
      void this.#listenWhile(listening)
      return () => {
        listening.isWanted = false
        this.#hangUp()
      }
    })
    this.#primary = primary
    this.#house = houseOf(vault)
  }

  async #listenWhile(listening: { isWanted: boolean }): Promise<void> {
    while (listening.isWanted) {
      try {
        await this.#listenOnce(listening)
      } catch {
        // the server is gone, or there is none yet: the store's own log says so
      }
      if (listening.isWanted) await wait(RECONNECT_PAUSE_MS, null, { ref: false })
    }
  }

  /** Resolves when the connection has ended. */
  async #listenOnce(listening: { isWanted: boolean }): Promise<void> {
    const socket = new Socket()
    const client = new pg.Client({ ...impatient(await this.#primary.open()), stream: () => socket })
    const ended = new Promise<void>((resolve) => {
      client.once('end', resolve).on('error', () => resolve())
    })
    client.on('notification', ({ payload = '' }) => this.#hear(payload))
    this.#socket = socket
    await client.connect()
    if (!listening.isWanted) return this.#hangUp()
    await client.query(`LISTEN ${CHANNEL}`)
    await this.#catchUp(client, this.cafeIds)
    this.#tellTopics()
    const alive = setInterval(() => void this.#ask(client), ALIVE_EVERY_MS)
    alive.unref()
    await ended
    clearInterval(alive)
  }

  /** What is heard up to an answer is complete, so the next catching up begins there. */
  async #ask(client: pg.Client): Promise<void> {
    const askedAtMs = Date.now()
    try {
      await client.query('SELECT 1')
      this.#heardUntilMs = askedAtMs
      for (const [entryId, atMs] of this.#told)
        if (atMs < askedAtMs - 4 * OVERLAP_MS) this.#told.delete(entryId)
    } catch {
      this.#hangUp()
    }
  }

  #hear(payload: string): void {
    const [house, cafe = '', lines = null, topics = ''] = payload.split(':')
    const cafeId = Number(cafe)
    if (house !== this.#house || !this.cafeIds.includes(cafeId)) return
    if (lines === null) this.tell({ cafeId, isGap: true })
    for (const [, card = '', entry = ''] of (lines ?? '').matchAll(/(.{32})(.{32})/g))
      this.#tellOnce(cafeId, uuidOf(card), uuidOf(entry))
    const told = topics.split(',')
    for (const topic of TOPICS) if (told.includes(topic)) this.tell({ cafeId, topic })
  }

  /** Any of them may have been told before this connection listened. */
  #tellTopics(): void {
    for (const cafeId of this.cafeIds) for (const topic of TOPICS) this.tell({ cafeId, topic })
  }

  async #catchUp(client: pg.Client, cafeIds: readonly number[]): Promise<void> {
    const from = firstIdAt(this.#heardUntilMs - OVERLAP_MS)
    for (const cafeId of cafeIds) {
      const { rows } = await client.query({
        text: 'SELECT id, card_id FROM entries WHERE cafe_id = $1 AND id > $2 ORDER BY id LIMIT $3',
        values: [cafeId, from, CATCH_UP_MAX + 1],
      })
      if (rows.length > CATCH_UP_MAX) this.tell({ cafeId, isGap: true })
      else
        for (const row of rows as Row[])
          this.#tellOnce(cafeId, columns(row).uuid('card_id'), columns(row).uuid('id'))
    }
    this.#heardUntilMs = Date.now()
  }

  #tellOnce(cafeId: number, cardId: string, entryId: string): void {
    if (this.#told.has(entryId)) return
    this.#told.set(entryId, Date.now())
    this.tell({ cafeId, cardId, entryId })
  }

  /** Not in order: over a dead line that takes minutes. */
  #hangUp(): void {
    this.#socket?.destroy()
    this.#socket = null
  }
}

function digits(id: string): string {
  return id.replaceAll('-', '')
}
