import { strict as assert } from 'node:assert'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { type PostgresServer, postgresServer } from '../../test/postgres.ts'
import { Operator } from '../../test/terminal.ts'

const SEED = ['seed', '--seed', '7', '--customers', '60', '--days', '90', '--until', '2026-01-31'] as const
const ENTRIES = `SELECT id, card_id, kind, stamps, balance, at_ms, programme_version, actor, previous_id, browser_id,
  browser_previous_id, reward_id, undoes_id, reason FROM entries ORDER BY cafe_id, id`

describe('the command line over PostgreSQL', () => {
  let postgres: PostgresServer
  let databases = 0
  before(async () => {
    postgres = await postgresServer()
  })
  after(() => postgres.remove())
  const freshOperator = async () => {
    databases += 1
    const database = `fresh_${databases}`
    await postgres.ask(`CREATE DATABASE ${database}`)
    const ask = (text: string) => postgres.ask(text, database)
    return { operator: new Operator({ DATABASE_URL: postgres.url(database) }), ask }
  }

  it('makes the same past from the same seed as in SQLite, and proves it', async () => {
    using inSqlite = new Operator()
    const { operator: inPostgres, ask } = await freshOperator()
    using _ = inPostgres
    const [first, second] = await Promise.all([
      inSqlite.runHere(...SEED, '--json'),
      inPostgres.runHere(...SEED, '--json'),
    ])
    assert.deepEqual([first.code, first.json], [0, second.json])
    const file = new Sqlite(join(inSqlite.data, 'dojang.db'), { readonly: true })
    const lines = file.prepare(ENTRIES).all() as Record<string, unknown>[]
    file.close()
    assert.deepEqual((await ask(ENTRIES)).map(plain), lines.map(plain))
    assert.ok(lines.some(({ kind }) => kind === 'void') && lines.some(({ kind }) => kind === 'redeem'))
    const proofs = await Promise.all([
      inSqlite.runHere('verify', '--json'),
      inPostgres.runHere('verify', '--json'),
    ])
    assert.deepEqual(proofs[0].json.cafes, proofs[1].json.cafes)
    assert.match((await inPostgres.runHere('verify')).out, /the guards of ledger and audit log stand/)
  })

  it('adds, lists and changes cafés, undoes a line, and writes the key apart', async () => {
    const { operator, ask } = await freshOperator()
    using _ = operator
    assert.equal((await operator.runHere('cafe', 'add', '--slug', 'ongi', '--name', '온기')).code, 0)
    assert.equal((await operator.runHere('cafe', 'set', '--slug', 'ongi', '--cost', '12')).code, 0)
    assert.match((await operator.runHere('cafe', 'list')).out, /온기: 12 stamps/)
    await operator.runHere('seed', '--slug', 'past', '--seed', '7', '--customers', '1', '--days', '1')
    const [line] = await ask('SELECT id FROM entries ORDER BY id DESC LIMIT 1')
    const slip = ['void', String(line?.id), '--reason', 'a slip', '--cafe', 'past', '--json']
    assert.equal((await operator.runHere(...slip)).code, 0)
    assert.equal((await operator.runHere(...slip)).json.reason, 'already-undone')
    assert.equal((await operator.runHere('keys', 'export', '--print')).code, 0)
    assert.deepEqual(readdirSync(operator.data), ['dojang.key'])
  })

  it('names the row when someone has changed the database', async () => {
    const { operator, ask } = await freshOperator()
    using _ = operator
    await operator.runHere(...SEED)
    const line = await operator.runHere('verify', '--json')
    assert.equal(line.code, 0)
    await ask(`SET session_replication_role = replica; DELETE FROM cards WHERE id = (SELECT min(id::text)::uuid FROM cards);
               ALTER TABLE entries DISABLE TRIGGER entries_never_change`)
    const { code, json, out } = await operator.runHere('verify', '--json')
    assert.deepEqual([code, json.reason], [1, 'ledger-damaged'])
    assert.match(out, /table entries.*points to one of cards that is not there/)
    assert.match(out, /trigger entries_never_change.*is not there/)
    assert.match((await operator.runHere('verify')).err, /pg_restore/)
  })

  it('leaves backups to PostgreSQL, and says with what', async () => {
    const { operator } = await freshOperator()
    using _ = operator
    const refusals = [await operator.runHere('backup'), await operator.runHere('restore', '/dev/null')]
    for (const { code } of refusals) assert.equal(code, 1)
    assert.match(String(refusals[0]?.err), /^PostgreSQL has its own backups: use pg_dump/)
    assert.match(String(refusals[1]?.err), /^PostgreSQL has its own backups: .*pg_restore/)
  })
})

/** A row as both engines' drivers give it, made the same: UUIDs as bytes, big numbers as numbers. */
function plain(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (Buffer.isBuffer(value)) return [name, value.toString('hex')]
      if (name === 'at_ms') return [name, Number(value)]
      return [name, typeof value === 'string' && /id$/.test(name) ? value.replaceAll('-', '') : value]
    }),
  )
}
