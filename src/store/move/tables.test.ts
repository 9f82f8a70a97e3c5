import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { postgres } from '../../../test/engines.ts'
import { World } from '../../../test/world.ts'
import { serversOf } from '../postgres-connection.ts'
import { postgresSide, sqliteSide } from './side.ts'
import { tablesOf } from './tables.ts'

/** Each with its reason in tables.ts. */
const STAYING = ['migrations', 'key_checks']

it('a move forgets no table and no column that a café has', async () => {
  await using here = await World.make()
  await using there = await World.make({ engine: postgres })
  const [server] = serversOf(String(there.databaseUrl))
  if (server === undefined) throw new Error('there is a server')
  const [sqlite, away] = [sqliteSide(here.databaseFile), await postgresSide(server)]
  const tables = await tablesOf(away.db, sqlite.db)
  await Promise.all([sqlite.close(), away.close()])

  const file = new Sqlite(here.databaseFile, { readonly: true })
  const names = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[]
  const columnsOf = (name: string) =>
    file.prepare('SELECT name FROM pragma_table_info(?) ORDER BY name').pluck().all(name)
  assert.deepEqual(
    tables.map(({ name }) => name).sort(),
    names.filter((name) => !STAYING.includes(name) && !name.startsWith('sqlite')).sort(),
  )
  for (const { name, columns, key } of tables) {
    assert.deepEqual(columns.map((column) => column.name).sort(), columnsOf(name), name)
    assert.ok(key.length > 0, `${name} has a key to go by`)
  }
  file.close()
  const place = (name: string) => tables.findIndex((table) => table.name === name)
  assert.ok(
    place('cafes') < place('cards') && place('cards') < place('entries'),
    'what is pointed to comes first',
  )
})
