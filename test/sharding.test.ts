// Cafés can lie on different machines: every key begins with the café, every statement and transaction stays within one, and
// `dojang migrate` spreads the tables where PostgreSQL has Citus.
import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { planOf, REFERENCE_TABLES } from '../src/store/citus.ts'
import { freshDatabase, sharedServer } from './engines.ts'
import { breachOf, Watch } from './one-cafe.ts'
import { Operator } from './terminal.ts'

const KEYS = `
  SELECT t.relname AS "table", i.relname AS key, (SELECT attname FROM pg_attribute WHERE attrelid = t.oid AND attnum = x.indkey[0]) AS first
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
  WHERE (x.indisunique OR x.indisprimary) AND t.relnamespace = 'public'::regnamespace ORDER BY 1, 2`
const POINTERS = `
  SELECT c.conrelid::regclass::text AS "table", c.confrelid::regclass::text AS target,
         (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = c.conkey[1]) AS first
  FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace`
const KEYLESS = `
  SELECT relname AS "table" FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
  AND NOT EXISTS (SELECT 1 FROM pg_index WHERE indrelid = c.oid AND indisprimary)`

describe('the tables in PostgreSQL', () => {
  it('have keys that begin with the café, all but those that lie on every machine', async () => {
    const { ask } = await migrated()
    const keys = await ask(KEYS)
    assert.ok(keys.length >= 10, `only ${keys.length} keys were found`)
    const wrong = keys.filter(
      ({ table, first }) => first !== 'cafe_id' && !(String(table) in REFERENCE_TABLES),
    )
    assert.deepEqual(wrong, [])
    assert.deepEqual(await ask(KEYLESS), [], 'every table has a primary key')
  })

  it('point to others by the café first, or to those that lie on every machine', async () => {
    const { ask } = await migrated()
    const pointers = await ask(POINTERS)
    assert.ok(pointers.length >= 6)
    assert.deepEqual(
      pointers.filter(({ first }) => first !== 'cafe_id'),
      [],
    )
    const crossing = pointers.filter(
      ({ table, target }) => String(table) in REFERENCE_TABLES && !(String(target) in REFERENCE_TABLES),
    )
    assert.deepEqual(crossing, [], 'a table on every machine points to none that is not')
  })

  it('would be found out if they did not', async () => {
    const { ask } = await migrated()
    await ask('CREATE TABLE loose (id uuid PRIMARY KEY, cafe_id integer NOT NULL REFERENCES cafes (id))')
    const wrong = (await ask(KEYS)).filter(
      ({ table, first }) => first !== 'cafe_id' && !(String(table) in REFERENCE_TABLES),
    )
    assert.deepEqual(
      wrong.map(({ key }) => key),
      ['loose_pkey'],
    )
  })
})

describe('a statement', () => {
  it('that names no café is found, wherever a suite sends it', () => {
    for (const text of [
      'SELECT * FROM cards WHERE id = $1',
      'UPDATE cards SET balance = 0',
      'DELETE FROM browsers WHERE id = ANY ($1)',
      'INSERT INTO entries (id, cafe_id) VALUES ($1, $2)',
      'SELECT name FROM cafes JOIN cards ON cards.cafe_id = cafes.id',
    ])
      assert.match(breachOf({ text, values: [] }) ?? 'nothing was found', /names no café/, text)
    const within = 'SELECT * FROM cards WHERE cafe_id = $1 AND id = $2'
    assert.equal(breachOf({ text: within, values: [1, 'x'] }), null)
  })

  it('of another café in the same transaction is found; in the next one it may be', () => {
    const watch = new Watch()
    const ask = (cafe: number) =>
      watch.see({ text: 'SELECT * FROM cards WHERE cafe_id = $1', values: [cafe] })
    const say = (text: string) => watch.see({ text, values: [] })
    assert.deepEqual([ask(1), ask(2), say('BEGIN'), ask(1), ask(1)], [null, null, null, null, null])
    assert.match(ask(2) ?? '', /touches cafés 1 and 2/)
    assert.deepEqual([say('COMMIT'), say('BEGIN'), ask(2)], [null, null, null])
    const insert = 'INSERT INTO answers (cafe_id, key) VALUES ($1, $2)'
    assert.match(watch.see({ text: insert, values: [1, 'key'] }) ?? '', /touches cafés 2 and 1/)
  })
})

describe('dojang migrate', () => {
  it('by two processes at once is done by one; the other waits, and finds nothing missing', async () => {
    const url = await freshDatabase()
    using operator = new Operator({ DATABASE_URL: url })
    const both = await Promise.all([operator.run('migrate', '--json'), operator.run('migrate', '--json')])
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    )
    const ran = both.map(({ json }) => json.ran as string[]).sort((one, other) => one.length - other.length)
    assert.equal(ran[0]?.length, 0)
    assert.equal(ran[1]?.[0], '001-coupon')
    assert.match((await operator.runHere('migrate')).out, /Nothing was missing[\s\S]*no Citus/)
  })

  it('works on SQLite as well, and leaves a folder that can be served', async () => {
    using operator = new Operator()
    const { code, json } = await operator.runHere('migrate', '--json')
    assert.deepEqual([code, json.engine, (json.ran as string[])[0]], [0, 'sqlite', '001-coupon'])
    assert.deepEqual((await operator.runHere('migrate', '--json')).json.ran, [])
    assert.equal((await operator.runHere('cafe', 'list')).code, 0)
  })

  it('with Citus spreads every table by café, and those without one over all; a second time, nothing', async (t) => {
    t.diagnostic(
      'Citus itself was not there: its functions were stood in for, and what they were told is what is tested',
    )
    const { ask, url } = await migrated()
    await pretendCitus(ask)
    using operator = new Operator({ DATABASE_URL: url })
    const { code, json } = await operator.runHere('migrate', '--json')
    assert.equal(code, 0, JSON.stringify(json))
    const told = (await ask('SELECT what FROM citus_told ORDER BY number')).map(({ what }) => what)
    const tables = (await ask("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"))
      .map(({ name }) => String(name))
      .filter((name) => !/^(citus_told|pg_dist_partition)$/.test(name))
    assert.equal(told.length, tables.length, 'each table once')
    assert.deepEqual(told.slice(0, 3).sort(), ['cafes on all', 'key_checks on all', 'migrations on all'])
    assert.equal(told[3], 'cards by cafe_id with none, triggers allowed')
    for (const one of told.slice(4))
      assert.match(String(one), /^\w+ by cafe_id with cards, triggers allowed$/)
    await operator.runHere('migrate')
    assert.equal((await ask('SELECT what FROM citus_told')).length, tables.length)
    assert.match((await operator.runHere('migrate')).out, /By café over Citus' workers: cards, rewards/)
  })

  it('refuses a table that has no café and no reason for it', () => {
    const tables = [
      { name: 'cards', hasCafe: true },
      { name: 'visits', hasCafe: false },
    ]
    assert.throws(() => planOf(tables), /no café in visits/)
  })
})

async function migrated() {
  const url = await freshDatabase()
  using operator = new Operator({ DATABASE_URL: url })
  assert.equal((await operator.runHere('migrate')).code, 0)
  const server = await sharedServer()
  return { url, ask: (text: string) => server.ask(text, new URL(url).pathname.slice(1)) }
}

/** Functions of Citus' names that write down what they were told, and the extension's row. */
async function pretendCitus(ask: (text: string) => Promise<unknown>): Promise<void> {
  await ask(`
    CREATE TABLE citus_told (number serial PRIMARY KEY, what text NOT NULL, cafe_id integer);
    CREATE TABLE pg_dist_partition (logicalrelid regclass PRIMARY KEY);
    INSERT INTO pg_dist_partition VALUES ('citus_told'), ('pg_dist_partition');
    CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS
    $$ INSERT INTO citus_told (what) VALUES (table_name || ' on all');
       INSERT INTO pg_dist_partition VALUES (table_name) $$;
    CREATE FUNCTION create_distributed_table(table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
                                             colocate_with text DEFAULT 'default') RETURNS void LANGUAGE sql AS
    $$ INSERT INTO citus_told (what) VALUES (table_name || ' by ' || distribution_column || ' with ' || colocate_with
         || CASE current_setting('citus.enable_unsafe_triggers') WHEN 'on' THEN ', triggers allowed' ELSE '' END);
       INSERT INTO pg_dist_partition VALUES (table_name) $$;
    INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
    SELECT 99999, 'citus', extowner, extnamespace, false, 'pretended' FROM pg_extension LIMIT 1`)
}
