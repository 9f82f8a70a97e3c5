import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { postgres, sharedServer } from '../../test/engines.ts'
import { World } from '../../test/world.ts'

it('plans of PostgreSQL are made for the largest café, in every table that has cafés', async () => {
  await using world = await World.make({ engine: postgres })
  const schema = world.settings.databaseUrl?.match(/search_path%3D(\w+)/)?.[1]
  const server = await sharedServer()
  const rows = await server.ask(
    `SELECT c.relname AS name, a.attoptions AS options FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relkind = 'r' AND c.relnamespace = '${schema}'::regnamespace AND a.attname = 'cafe_id'`,
  )
  assert.ok(rows.length >= 7, 'the tables of cafés are there')
  for (const { name, options } of rows) assert.deepEqual(options, ['n_distinct=1'], `${name}, as in 001`)
})
