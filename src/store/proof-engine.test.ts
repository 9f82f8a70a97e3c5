import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import pg from 'pg'
import { postgres } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import { databaseOnClient, serversOf } from './postgres-connection.ts'
import { POINTERS, proveEngine } from './proof-engine.ts'

const ID = '00000000-0000-0000-0000-000000000077'
const OTHER_ID = '00000000-0000-0000-0000-000000000078'

it('every pointer that PostgreSQL knows is proved', async () => {
  await using world = await World.make({ engine: postgres })
  await using client = await connect(world)
  const known = await client.ask(
    `SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
            (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(conkey) WITH ORDINALITY AS k (key, place)
             JOIN pg_attribute ON attrelid = conrelid AND attnum = key) AS columns
     FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace`,
  )
  const proved = POINTERS.map(([child, parent, column]) => ({
    child,
    parent,
    columns: column === undefined ? 'cafe_id' : `cafe_id,${column}`,
  }))
  const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort()
  assert.deepEqual(sorted(proved), sorted(known))
})

it('names each table with a row that points nowhere', async () => {
  await using world = await World.make({ engine: postgres })
  await using client = await connect(world)
  for (const [child, parent, column] of POINTERS) {
    await client.ask('BEGIN; SET LOCAL session_replication_role = replica')
    if (column !== undefined) await putIn(client, parent, OTHER_ID) // of the same café, but not the one pointed to
    await putIn(client, child, ID)
    const blamed: string[] = []
    await proveEngine(client.db, (row, what) => blamed.push(`${row} ${what}`))
    assert.ok(
      blamed.includes(`table ${child} a row of it points to one of ${parent} that is not there`),
      `${child} → ${parent}: ${blamed}`,
    )
    await client.ask('ROLLBACK')
  }
})

/** A row of a café that is not there, whatever the table's columns mean. */
async function putIn({ ask }: Client, table: string, id: string): Promise<void> {
  const checks = await ask(
    `SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND conrelid = '${table}'::regclass`,
  )
  for (const { name } of checks) await ask(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`)
  const needed = await ask(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
     WHERE attrelid = '${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull`,
  )
  const values: Record<string, string> = { uuid: `'${id}'`, text: "'x'", bytea: "'x'" }
  const names = needed.map(({ name }) => name)
  await ask(
    `INSERT INTO ${table} (${names}) VALUES (${needed.map(({ type }) => values[String(type)] ?? 77)})`,
  )
}

type Client = Awaited<ReturnType<typeof connect>>

async function connect({ databaseUrl }: World) {
  const client = new pg.Client({ ...serversOf(String(databaseUrl))[0], application_name: 'a test' })
  await client.connect()
  return {
    db: databaseOnClient(client),
    ask: async (text: string): Promise<Record<string, unknown>[]> => (await client.query(text)).rows,
    [Symbol.asyncDispose]: () => client.end(),
  }
}
