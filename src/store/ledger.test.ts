import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import pg from 'pg'
import { onEveryEngine } from '../../test/engines.ts'
import { changeTables } from '../../test/other-process.ts'
import { phoneNumber, World } from '../../test/world.ts'

onEveryEngine('the ledger in its database', (engine) => {
  it('refuses to change a line or take one away', async () => {
    await using world = await World.make({ engine })
    await world.bind(phoneNumber(1))
    const replace =
      engine.name === 'SQLite'
        ? 'INSERT OR REPLACE INTO entries SELECT * FROM entries'
        : 'INSERT INTO entries SELECT * FROM entries ON CONFLICT (cafe_id, id) DO UPDATE SET stamps = 9'
    for (const change of ['UPDATE entries SET stamps = 9', 'DELETE FROM entries', replace])
      await assert.rejects(changeTables(world, change), /append-only/, change)
  })

  it('holds no number, in any form that can be searched for', async () => {
    await using world = await World.make({ engine })
    await world.bind('+821000071234')
    await world.store.close()
    const bytes = await everyByteOf(world)
    const forms = [
      '821000071234',
      '01000071234',
      '010-0007-1234',
      '1000071234',
      Buffer.from('+821000071234').toString('base64'),
    ]
    for (const form of forms) assert.equal(bytes.includes(form), false, form)
    await world.restart()
  })

  it('is not seen before it is committed, and not at all when the work fails', async () => {
    await using world = await World.make({ engine })
    const seen: Promise<unknown>[] = []
    const look = () => world.store.cards.findByPhone(world.cafe.id, phoneNumber(5))
    const failing = world.store.transaction(world.cafe.id, async (tx) => {
      const opening = { id: world.random.uuid(), promisedVersion: 1, atMs: 1 }
      await tx.cards.lockOrOpen(world.cafe.id, phoneNumber(5), opening)
      seen.push(look())
      throw new Error('a slip')
    })
    await assert.rejects(failing, /a slip/)
    seen.push(look())
    assert.deepEqual(await Promise.all(seen), [null, null])
  })

  it('keeps what others did in the same commit as one that failed', async () => {
    await using world = await World.make({ engine })
    const outcomes = await Promise.allSettled([
      world.bind(phoneNumber(1)),
      world.store.transaction(world.cafe.id, async (tx) => {
        await tx.cards.lockOrOpen(world.cafe.id, phoneNumber(2), {
          id: world.random.uuid(),
          promisedVersion: 1,
          atMs: 1,
        })
        throw new Error('a slip')
      }),
      world.bind(phoneNumber(3)),
    ])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    )
    const cards = await Promise.all(
      [1, 2, 3].map((place) => world.store.cards.findByPhone(world.cafe.id, phoneNumber(place))),
    )
    assert.deepEqual(
      cards.map((card) => card?.balance ?? null),
      [1, null, 1],
    )
  })
})

/** All that lies in the database, as somebody sees it who has it without the key. */
async function everyByteOf({ databaseFile, databaseUrl }: World): Promise<Buffer> {
  if (databaseUrl === null) return readFileSync(databaseFile)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const parts: Buffer[] = []
  const tables = await client.query(
    'SELECT relname AS name FROM pg_class WHERE relkind = $1 AND relnamespace = current_schema()::regnamespace',
    ['r'],
  )
  for (const { name } of tables.rows) {
    const { rows } = await client.query(`SELECT * FROM ${name}`)
    for (const value of rows.flatMap((row) => Object.values(row)))
      parts.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)))
  }
  await client.end()
  assert.ok(parts.length > 25, `${parts.length} values`)
  return Buffer.concat(parts)
}
