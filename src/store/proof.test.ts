import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { damageLedger } from '../../test/damage.ts'
import { onEveryEngine } from '../../test/engines.ts'
import { changeTables } from '../../test/other-process.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { addStamps } from '../rules/card.ts'
import { proveLedger } from './proof.ts'

/** One way to damage a ledger by hand, and what the proof must say of it. */
interface Damage {
  readonly title: string
  readonly sql: string
  /** The same for PostgreSQL, where it is said otherwise. */
  readonly postgres?: string
  readonly says: RegExp
}

const LINE = 'cafe_id = 1 AND id = :line'
const DAMAGES: readonly Damage[] = [
  {
    title: 'more stamps on a line',
    sql: `UPDATE entries SET stamps = stamps + 1 WHERE ${LINE}`,
    says: /^entry .* its own 2 make 4/,
  },
  {
    title: 'another balance on a line',
    sql: `UPDATE entries SET balance = 7 WHERE ${LINE}`,
    says: /^entry .* balance is 7/,
  },
  {
    title: 'both changed to fit together',
    sql: `UPDATE entries SET stamps = stamps + 4, balance = balance + 4 WHERE ${LINE}`,
    says: /^entry .* says the balance is/,
  },
  {
    title: 'more stamps on a card',
    sql: 'UPDATE cards SET balance = 99 WHERE cafe_id = 1 AND id = :card',
    says: /^card .* balance is 99, but its last line/,
  },
  {
    title: 'a line taken from the middle',
    sql: `DELETE FROM entries WHERE ${LINE}`,
    says: /^entry .* the line before it, .* is not there/,
  },
  {
    title: 'the newest line taken away',
    sql: 'DELETE FROM entries WHERE id = (SELECT last_entry_id FROM cards WHERE id = :card)',
    says: /^card .* the line before it, .* is not there/,
  },
  {
    title: 'the newest lines cut off, and the card set back to fit',
    sql: `UPDATE cards SET last_entry_id = :line, balance = (SELECT balance FROM entries WHERE id = :line) WHERE id = :card`,
    says: /^entry .* stands in no card’s history/,
  },
  {
    title: 'a line put in',
    sql: `INSERT INTO entries (cafe_id, id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id)
          SELECT cafe_id, :nobody, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id
          FROM entries WHERE ${LINE}`,
    says: /^entry 00000000-.* stands in no card’s history/,
  },
  {
    title: 'two lines swapped',
    sql: swapOf('balance'),
    says: /^entry .* says the balance is/,
  },
  {
    title: 'a line given to another card',
    sql: `UPDATE entries SET card_id = :otherCard WHERE ${LINE}`,
    says: /^entry .* belongs to/,
  },
  {
    title: 'two cards with their histories swapped',
    sql: swappedCards('last_entry_id'),
    says: /^entry .* belongs to/,
  },
  {
    title: 'two cards with their numbers swapped',
    sql: swappedCards('phone_sealed'),
    says: /^card .* number does not open/,
  },
  {
    title: 'two cards found by each other’s number',
    sql: swappedCards('last_four_lookup'),
    says: /^card .* last four digits/,
  },
  {
    title: 'a bit of a sealed number',
    sql: `UPDATE cards SET phone_sealed = CAST(x'00' || substr(phone_sealed, 2) AS BLOB) WHERE id = :card`,
    postgres:
      'UPDATE cards SET phone_sealed = set_byte(phone_sealed, 0, 255 - get_byte(phone_sealed, 0)) WHERE id = :card',
    says: /^card .* number does not open/,
  },
  {
    title: 'a card found by a number not its own',
    sql: `UPDATE cards SET phone_lookup = zeroblob(16) WHERE id = :card`,
    postgres: `UPDATE cards SET phone_lookup = '\\\\x00' WHERE id = :card`,
    says: /^card .* its own number/,
  },
  {
    title: 'a history bent into a circle',
    sql: `UPDATE entries SET previous_id = (SELECT last_entry_id FROM cards WHERE id = :card) WHERE ${LINE}`,
    says: /^entry .* round in a circle/,
  },
  {
    title: 'a browser that owns more than its card has',
    sql: 'UPDATE browsers SET own = 50 WHERE card_id = :card',
    says: /^browser .* owns 50 stamps of a card that has/,
  },
  {
    title: 'a line undone by more than it was',
    sql: `UPDATE entries SET stamps = stamps - 1 WHERE kind = 'void'`,
    says: /^entry .* undoes .* by -2, not by -1/,
  },
  {
    title: 'an undoing of a line that is not there',
    sql: `UPDATE entries SET undoes_id = :nobody WHERE kind = 'void'`,
    says: /^entry .* which is not there/,
  },
  {
    title: 'an undoing that names nothing',
    sql: `UPDATE entries SET undoes_id = NULL WHERE kind = 'void'`,
    says: /^entry .* undoes nothing/,
  },
  {
    title: 'an undoing of another card’s line',
    sql: `UPDATE entries SET undoes_id = :otherLine WHERE kind = 'void'`,
    says: /^entry .* a line of another card/,
  },
  {
    title: 'a line undone twice',
    sql: `DROP INDEX entries_by_undone; UPDATE entries SET undoes_id = (SELECT undoes_id FROM entries WHERE kind = 'void') WHERE ${LINE}`,
    says: /^entry .* a second time/,
  },
  { title: 'a card taken away', sql: 'DELETE FROM cards WHERE id = :otherCard', says: /^table .* not there/ },
  {
    title: 'a line of a café that is not there',
    sql: 'UPDATE entries SET cafe_id = 77 WHERE id = :line',
    says: /^table entries/,
  },
]

onEveryEngine('verifying the ledger', (engine) => {
  it('of a café where all is well says what it proved', async () => {
    await using world = await World.make({ engine })
    await liveALittle(world)
    const shares: number[] = []
    const proof = await proveLedger(world.store, (share) => shares.push(share))
    assert.deepEqual(proof.faults, [])
    assert.deepEqual(
      proof.cafes.map(({ slug, cards, entries, stamps }) => ({ slug, cards, entries, stamps })),
      [
        { slug: 'ongi', cards: 2, entries: 11, stamps: 6 },
        { slug: 'rival', cards: 1, entries: 1, stamps: 1 },
      ],
    )
    assert.equal(shares.at(-1), 1)
    assert.ok(shares.every((share, place) => share <= 1 && share >= (shares[place - 1] ?? 0)))
  })

  for (const damage of DAMAGES) {
    it(`names ${damage.title}`, async () => {
      await using world = await World.make({ engine })
      await liveALittle(world)
      await damageLedger(world, (engine.name === 'PostgreSQL' && damage.postgres) || damage.sql)
      const faults = (await world.faults()).map(({ row, what }) => `${row} ${what}`)
      assert.ok(
        faults.some((fault) => damage.says.test(fault)),
        faults.join('\n') || 'it found nothing',
      )
    })
  }

  it('names a guard of the ledger that was taken down', async () => {
    await using world = await World.make({ engine })
    const guard = engine.name === 'SQLite' ? 'entries_never_go' : 'entries_never_change ON entries'
    await changeTables(world, `DROP TRIGGER ${guard}`)
    assert.match(String((await world.faults())[0]?.row), /entries_never/)
  })

  it('reads histories of any length, page by page', async () => {
    await using world = await World.make({ cost: 100, engine })
    await world.bind(phoneNumber(1))
    await stampAtOnce(world, 1_200)
    const proof = await proveLedger(world.store, () => {})
    assert.deepEqual([proof.faultCount, proof.cafes[0]?.entries], [0, 1_201])
  })
})

/** So many lines on the first card, each by itself, in one transaction: how they came about is not the point. */
async function stampAtOnce(world: World, lines: number): Promise<void> {
  const programme = await world.store.cafes.programmeOf(world.cafe.id)
  const newest = await world.store.cards.findByPhone(world.cafe.id, phoneNumber(1))
  const ids = Array.from({ length: lines }, () => world.random.uuid())
  await world.store.transaction(world.cafe.id, async (tx) => {
    let card = await tx.cards.lock(world.cafe.id, newest?.id ?? '')
    for (const entryId of ids) {
      if (card === null) throw new Error('the card is there')
      const actor = { kind: 'operator', cafeId: world.cafe.id } as const
      const how = {
        programme,
        stamps: 1,
        timeZone: 'Asia/Seoul',
        hasLimits: false,
        codeStep: null,
        overLimit: null,
      }
      const step = addStamps(card, null, { actor, entryId, atMs: world.clock.nowMs, ...how })
      await tx.entries.append(step)
      card = step.card
    }
  })
}

/** Two cards: nine lines with a redeem and an undoing on one, two lines on the other; and one at the rival. */
async function liveALittle(world: World): Promise<void> {
  const browserId = await world.bind(phoneNumber(1))
  for (let time = 0; time < 3; time += 1) await world.stamp({ browserId, stamps: time + 1 })
  await world.stamp({ browserId, stamps: 5 })
  await world.redeem(browserId)
  await world.stamp({ browserId })
  await world.stamp({ browserId })
  const newest = (await world.history(phoneNumber(1)))[0]
  await world.void(newest?.id ?? '')
  await world.bind(phoneNumber(2), 2)
  await world.bind(phoneNumber(2), 1)
  await world.bind(phoneNumber(1), 1, world.rival)
}

/** Exchanges what two lines say, their ids staying where they were. */
function swapOf(column: string): string {
  return `UPDATE entries SET ${column} = (SELECT ${column} FROM entries e WHERE e.id IN (:line, :other) AND e.id <> entries.id)
          WHERE id IN (:line, :other)`
}

function swappedCards(column: string): string {
  return `CREATE TEMP TABLE pair AS SELECT id, ${column} AS value FROM cards WHERE id IN (:card, :otherCard);
          UPDATE cards SET ${column} = (SELECT value FROM pair WHERE pair.id <> cards.id) WHERE id IN (:card, :otherCard)`
}
