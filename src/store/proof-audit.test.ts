import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { onEveryEngine } from '../../test/engines.ts'
import { changeTables } from '../../test/other-process.ts'
import { World } from '../../test/world.ts'
import { seededRandom } from '../cli/seed/seeded-random.ts'
import type { NewAudit } from '../rules/audit.ts'
import type { Cafe } from './cafes.ts'
import { databaseOnClient, serversOf } from './postgres-connection.ts'
import { type Fault, proveLedger } from './proof.ts'
import type { Database } from './sql.ts'
import { databaseOn } from './sqlite-connection.ts'

const SEED = 20260105
const LINES = 24 // of the café's log; the rival has a few of its own
const COPIES = { SQLite: 1_000, PostgreSQL: 200 }

/** What somebody with the database, but without the key, does to a log, and the row that must be named for it. */
interface Tampering {
  readonly title: string
  readonly sql: string
  readonly names: string
}

onEveryEngine('verifying the audit log', (engine) => {
  it(`names the first bad row of ${COPIES[engine.name]} logs, each tampered with in its own way`, async (t) => {
    t.diagnostic(`seed ${SEED}`)
    await using world = await World.make({ engine })
    await writeLines(world, world.cafe, LINES)
    await writeLines(world, world.rival, 3)
    await using bench = await tamperingBench(world)
    assert.deepEqual(await bench.faultsAfter('SELECT 1'), [])
    for (const { title, sql, names } of tamperings(COPIES[engine.name])) {
      const faults = await bench.faultsAfter(sql)
      assert.deepEqual(
        faults.map(({ cafe, row }) => [cafe, row]),
        [['ongi', names]],
        `${title}: ${sql}`,
      )
    }
    assert.deepEqual(await bench.faultsAfter('SELECT 1'), [], 'every copy was put away')
  })

  it('reads logs of any length page by page, and finds one line among a hundred thousand', async () => {
    await using world = await World.make({ engine })
    for (let times = 0; times < 20; times += 1) await writeLines(world, world.cafe, 5_000)
    await using bench = await tamperingBench(world)
    const { cafes, faults } = await bench.proofAfter('SELECT 1')
    assert.deepEqual([cafes[0]?.audits, faults], [100_000, []])
    const tampered = await bench.proofAfter('UPDATE audits SET at_ms = at_ms - 1 WHERE number = 77778')
    assert.deepEqual(
      tampered.faults.map(({ row }) => row),
      ['audit 77778'],
    )
    assert.ok(bench.longestAnswer() <= 500, `${bench.longestAnswer()} rows at once`)
  })

  it('names a guard of the log that was taken down', async () => {
    await using world = await World.make({ engine })
    const guard = engine.name === 'SQLite' ? 'audits_never_go' : 'audits_never_change ON audits'
    await changeTables(world, `DROP TRIGGER ${guard}`)
    assert.match(String((await world.faults())[0]?.row), /audits_never/)
  })

  it('goes on after its end was tampered with, and names the line that came next for ever', async () => {
    await using world = await World.make({ engine })
    await writeLines(world, world.cafe, 5)
    const oldHash = 'SELECT hash FROM audits WHERE cafe_id = 1 AND number = 3'
    await changeTables(
      world,
      `${engine.name === 'SQLite' ? 'DROP TRIGGER audits_never_go' : 'ALTER TABLE audits DISABLE TRIGGER USER'};
       DELETE FROM audits WHERE cafe_id = 1 AND number > 3;
       UPDATE audit_heads SET number = 3, hash = (${oldHash}) WHERE cafe_id = 1`,
    )
    await writeLines(world, world.cafe, 2)
    assert.deepEqual(
      withoutGuards(await world.faults()).map(({ row }) => row),
      ['audit 4'],
    )
  })

  it('goes on where the end was taken away, and names the line that came next for ever', async () => {
    await using world = await World.make({ engine })
    await writeLines(world, world.cafe, 5)
    await changeTables(world, 'DELETE FROM audit_heads')
    assert.deepEqual(
      (await world.faults()).map(({ row }) => row),
      ['audit log'],
    )
    await writeLines(world, world.cafe, 2)
    assert.deepEqual(
      (await world.faults()).map(({ row }) => row),
      ['audit 6'],
    )
  })
})

function tamperings(count: number): readonly Tampering[] {
  const random = seededRandom(SEED)
  const ways = [changed, deleted, putIn, swapped, cutOff]
  return Array.from({ length: count }, (_, place) => {
    const way = ways[place % ways.length] ?? changed
    return way((least, most) => random.whole(least, most))
  })
}

type Whole = (least: number, most: number) => number

const CHANGES = [
  'at_ms = at_ms + 1',
  "actor = 'owner'",
  'person_id = device_id',
  'person_id = NULL',
  'device_id = person_id',
  "address = '192.0.2.8'",
  'address = NULL',
  "act = 'sign-in'",
  "subject = 'null'",
  'subject = address',
  "facts = facts || ' '",
  "facts = '{}'",
  'hash = (SELECT hash FROM audits o WHERE o.cafe_id = 2 AND o.number = 1)',
]

function changed(whole: Whole): Tampering {
  const number = whole(1, LINES)
  const change = CHANGES[whole(0, CHANGES.length - 1)]
  return {
    title: `line ${number} changed`,
    sql: `UPDATE audits SET ${change} WHERE cafe_id = 1 AND number = ${number}`,
    names: `audit ${number}`,
  }
}

function deleted(whole: Whole): Tampering {
  const number = whole(1, LINES)
  return {
    title: `line ${number} taken away`,
    sql: `DELETE FROM audits WHERE cafe_id = 1 AND number = ${number}`,
    names: `audit ${number}`,
  }
}

/** A line that reads like another one, between two or behind the last, with the end moved to fit. */
function putIn(whole: Whole): Tampering {
  const [number, model] = [whole(1, LINES + 1), whole(1, LINES)]
  return {
    title: `a line put in as line ${number}`,
    sql: `UPDATE audits SET number = number + 1000 WHERE cafe_id = 1 AND number >= ${number};
          UPDATE audits SET number = number - 999 WHERE cafe_id = 1 AND number >= 1000;
          INSERT INTO audits SELECT cafe_id, ${number}, at_ms + 7, actor, person_id, device_id, address, act, subject, facts, hash
          FROM audits WHERE cafe_id = 1 AND number = ${model < number ? model : model + 1};
          UPDATE audit_heads SET number = number + 1 WHERE cafe_id = 1`,
    names: `audit ${number}`,
  }
}

function swapped(whole: Whole): Tampering {
  const one = whole(1, LINES - 1)
  const other = whole(one + 1, LINES)
  return {
    title: `lines ${one} and ${other} swapped`,
    sql: `UPDATE audits SET number = number + 1000 WHERE cafe_id = 1 AND number IN (${one}, ${other});
          UPDATE audits SET number = ${other} WHERE cafe_id = 1 AND number = ${one + 1000};
          UPDATE audits SET number = ${one} WHERE cafe_id = 1 AND number = ${other + 1000}`,
    names: `audit ${one}`,
  }
}

/** The newest lines, with the end as it was, set back in several ways, or gone. */
function cutOff(whole: Whole): Tampering {
  const kept = whole(1, LINES - 1)
  const cut = `DELETE FROM audits WHERE cafe_id = 1 AND number > ${kept}`
  const hash = `(SELECT hash FROM audits a WHERE a.cafe_id = 1 AND a.number = ${kept})`
  const ends = [
    '',
    `UPDATE audit_heads SET number = ${kept} WHERE cafe_id = 1`,
    `UPDATE audit_heads SET number = ${kept}, hash = ${hash} WHERE cafe_id = 1`,
    `UPDATE audit_heads SET number = ${kept}, hash = (SELECT hash FROM audit_heads r WHERE r.cafe_id = 2) WHERE cafe_id = 1`,
    'DELETE FROM audit_heads WHERE cafe_id = 1',
  ]
  const way = whole(0, ends.length - 1)
  return {
    title: `cut off behind line ${kept}`,
    sql: `${cut}; ${ends[way]}`,
    names: way === 0 ? `audit ${kept + 1}` : 'audit log',
  }
}

/** A connection on which a log is tampered with, proved, and put back as it was: a copy each time, without copying. */
async function tamperingBench(world: World) {
  const vault = await world.store.snapshot(async (_db, own) => own)
  const { db, execute, close } = await connect(world)
  let longest = 0
  const watched: Database = {
    ...db,
    async all(statement) {
      const rows = await db.all(statement)
      longest = Math.max(longest, rows.length)
      return rows
    },
  }
  const proofAfter = async (sql: string) => {
    await execute('BEGIN')
    try {
      await execute(sql)
      const proof = await proveLedger({ snapshot: (ask) => ask(watched, vault) }, () => {})
      return { ...proof, faults: withoutGuards(proof.faults) }
    } finally {
      await execute('ROLLBACK')
    }
  }
  return {
    proofAfter,
    faultsAfter: async (sql: string) => (await proofAfter(sql)).faults,
    longestAnswer: () => longest,
    [Symbol.asyncDispose]: close,
  }
}

/** The guards were taken down on purpose. */
function withoutGuards(faults: readonly Fault[]): readonly Fault[] {
  return faults.filter(({ row }) => !row.startsWith('trigger'))
}

/** With every guard down. */
async function connect({ databaseFile, databaseUrl }: World) {
  if (databaseUrl === null) {
    const file = new Sqlite(databaseFile)
    const guards = ['audits_never_change', 'audits_never_go', 'audits_never_replaced']
    for (const guard of guards) file.exec(`DROP TRIGGER ${guard}`)
    return {
      db: databaseOn(file),
      execute: async (text: string) => void file.exec(text),
      close: async () => void file.close(),
    }
  }
  const client = new pg.Client({ ...serversOf(databaseUrl)[0], application_name: 'a test' })
  await client.connect()
  await client.query('SET session_replication_role = replica')
  return {
    db: databaseOnClient(client),
    execute: async (text: string) => void (await client.query(text)),
    close: () => client.end(),
  }
}

async function writeLines(world: World, cafe: Cafe, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, place) => lineOf(world, place))
  await world.store.transaction(cafe.id, async (tx) => {
    for (const line of lines) await tx.audits.append(cafe.id, line)
  })
}

function lineOf({ random, clock }: World, place: number): NewAudit {
  return {
    atMs: clock.nowMs + place,
    actor: 'staff',
    personId: random.uuid(),
    deviceId: random.uuid(),
    address: '192.0.2.7',
    act: 'stamp',
    subject: random.uuid(),
    facts: { stamps: place % 9 },
  }
}
