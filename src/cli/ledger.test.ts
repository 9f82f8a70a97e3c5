import { strict as assert } from 'node:assert'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { Operator } from '../../test/terminal.ts'

const SEED = ['seed', '--seed', '7', '--customers', '40', '--days', '40', '--until', '2026-01-31'] as const

describe('dojang seed', () => {
  it('makes the same past from the same seed, and one that verify proves', async () => {
    using one = new Operator()
    using other = new Operator()
    const [first, second] = await Promise.all([one.run(...SEED, '--json'), other.runHere(...SEED, '--json')])
    assert.deepEqual([first.code, first.json], [0, second.json])
    assert.deepEqual(ledgerOf(one), ledgerOf(other))
    assert.ok(ledgerOf(one).entries.length > 50)
    assert.equal((await one.runHere('verify')).code, 0)
  })

  it('makes another past from another seed, and says which seed it was', async () => {
    using operator = new Operator()
    const { out } = await operator.runHere('seed', '--customers', '5', '--days', '3')
    assert.match(out, /Seed \d+; .*\n {2}dojang seed .*--seed \d+/s)
  })

  it('has regulars and many who came once, redeems and slips, within opening hours', async () => {
    using operator = new Operator()
    await operator.runHere(
      ...SEED.slice(0, 3),
      '--customers',
      '200',
      '--days',
      '120',
      '--until',
      '2026-01-31',
    )
    const { entries } = ledgerOf(operator)
    const visits = new Map<string, number>()
    for (const { card_id: card } of entries) visits.set(String(card), (visits.get(String(card)) ?? 0) + 1)
    const counts = [...visits.values()]
    assert.ok(counts.filter((count) => count <= 2).length > 80, 'many came once')
    assert.ok(
      counts.some((count) => count > 25),
      'some come all the time',
    )
    const kinds = new Set(entries.map(({ kind }) => kind))
    assert.deepEqual([...kinds].sort(), ['redeem', 'stamp', 'void'])
    for (const { at_ms: at } of entries) {
      const hour = Math.floor((Number(at) / 3_600_000 + 9) % 24)
      assert.ok(hour >= 8 && hour <= 21, `someone came at ${hour}`)
    }
  })

  it('never touches a café that has a past', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const again = await operator.runHere(...SEED, '--json')
    assert.deepEqual([again.code, again.json.reason], [1, 'cafe-in-use'])
  })
})

describe('dojang void', () => {
  it('lists a card’s last lines under a masked number, and undoes one of them once', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const phone = await numberOf(operator)
    const listed = await operator.runHere('void', '--cafe', 'ongi', '--phone', phone, '--json')
    assert.equal(listed.code, 0)
    const [line] = listed.json.lines as { id: string; stamps: number }[]
    assert.match(String(listed.json.phone), /^010-••••-\d{4}$/)
    assert.ok(!listed.out.includes(phone))
    const undone = await operator.runHere(
      'void',
      String(line?.id),
      '--reason',
      'a slip',
      '--cafe',
      'ongi',
      '--json',
    )
    assert.deepEqual([undone.code, undone.json.stamps], [0, -Number(line?.stamps)])
    const again = await operator.runHere(
      'void',
      String(line?.id),
      '--reason',
      'a slip',
      '--cafe',
      'ongi',
      '--json',
    )
    assert.deepEqual([again.code, again.json.reason], [1, 'already-undone'])
    assert.match(
      (await operator.runHere('void', '--cafe', 'ongi', '--phone', phone)).out,
      /undone\n.*|“a slip”/,
    )
    assert.equal((await operator.runHere('verify')).code, 0)
  })

  it('stands in the café’s audit log as the operator’s, by the line’s id and nothing else', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const phone = await numberOf(operator)
    const listed = await operator.runHere('void', '--cafe', 'ongi', '--phone', phone, '--json')
    const [line] = listed.json.lines as { id: string }[]
    const id = String(line?.id)
    await operator.runHere('void', id.toUpperCase(), '--reason', 'a slip', '--cafe', 'ongi')
    await operator.runHere('void', id, '--reason', 'a slip', '--cafe', 'ongi')
    const database = new Sqlite(join(operator.data, 'dojang.db'), { readonly: true })
    const lines = database.prepare("SELECT actor, subject, facts FROM audits WHERE act = 'undo'").raw().all()
    database.close()
    assert.deepEqual(lines, [['operator', id, '{}']])
    assert.equal((await operator.runHere('verify')).code, 0)
  })

  it('refuses a line, a card and a café that are not there', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'add', '--slug', 'cafe', '--name', 'x')
    const nothing = '019a0000-0000-7000-8000-000000000001'
    const reasons = [
      await operator.runHere('void', nothing, '--reason', 'y', '--json'),
      await operator.runHere('void', '--phone', '010-0000-0000', '--json'),
      await operator.runHere('void', nothing, '--reason', 'y', '--cafe', 'elsewhere', '--json'),
    ].map(({ code, json }) => [code, json.reason])
    assert.deepEqual(reasons, [
      [1, 'no-such-entry'],
      [1, 'no-such-card'],
      [1, 'no-such-cafe'],
    ])
  })
})

describe('dojang verify', () => {
  it('exits 1 and names the row when someone has changed the database', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const file = new Sqlite(join(operator.data, 'dojang.db'))
    file.exec('UPDATE cards SET balance = balance + 1 WHERE id = (SELECT min(id) FROM cards)')
    file.close()
    const { code, err } = await operator.runHere('verify')
    assert.equal(code, 1)
    assert.match(err, /ongi: card [0-9a-f-]{36} its balance is/)
    assert.equal((await operator.runHere('verify', '--json')).json.reason, 'ledger-damaged')
  })
})

describe('backup, key and restore', () => {
  it('bring a café back on an empty machine, and only with its key', async () => {
    using here = new Operator()
    using there = new Operator()
    await here.run(...SEED)
    const backup = join(here.folder, 'backup.db')
    const key = join(here.folder, 'key')
    assert.equal((await here.run('backup', '--to', backup)).code, 0)
    assert.equal((await here.run('keys', 'export', '--to', key)).code, 0)
    assert.deepEqual(
      [backup, key].map((file) => statSync(file).mode & 0o777),
      [0o600, 0o600],
    )
    const secret = readFileSync(key, 'utf8').trim()
    assert.equal(readFileSync(backup).includes(secret), false)

    const without = await there.run('restore', backup)
    assert.equal(without.code, 1)
    assert.match(without.err, /key/)
    assert.deepEqual(readdirSync(there.data), ['serve.lock'], 'a refused restore leaves nothing behind')
    copyFileSync(key, join(there.data, 'dojang.key'))
    const restored = await there.run('restore', backup, '--json')
    assert.deepEqual([restored.code, restored.json.aside], [0, null])
    assert.deepEqual(ledgerOf(there), ledgerOf(here))
    assert.equal((await there.run('verify')).code, 0)
  })

  it('keep what was there before, with all that was written after the backup', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const backup = await operator.runHere('backup', '--json')
    await operator.runHere('cafe', 'add', '--slug', 'later', '--name', 'x')
    const restored = await operator.runHere('restore', String(backup.json.file), '--json')
    assert.equal(restored.code, 0)
    assert.equal(((await operator.runHere('cafe', 'list', '--json')).json.cafes as unknown[]).length, 2)
    const back = await operator.runHere('restore', String(restored.json.aside), '--json')
    assert.deepEqual([back.code, back.json.cafes], [0, 3])
    assert.equal((await operator.runHere('verify')).code, 0)
  })

  it('refuse what is no backup, is damaged, is newer or has another key, and change nothing', async () => {
    using operator = new Operator()
    using stranger = new Operator()
    await operator.runHere(...SEED)
    await stranger.runHere('cafe', 'add', '--slug', 'ongi', '--name', 'x')
    const good = String((await operator.runHere('backup', '--json')).json.file)
    const text = join(operator.folder, 'letter.txt')
    writeFileSync(text, 'not a database at all')
    const files: [string, RegExp][] = [
      [text, /no database of Dojang/],
      [
        copyWith(good, 'damaged.db', (bytes) => bytes.fill(0xaa, 3 * 4096, 6 * 4096)),
        /damaged|cannot be read/,
      ],
      [
        copyWith(good, 'cut.db', (bytes) => bytes.subarray(0, bytes.length - 20_000)),
        /damaged|cannot be read/,
      ],
      [withMigration(good, 'newer.db'), /newer Dojang/],
      [String((await stranger.runHere('backup', '--json')).json.file), /another key/],
      [join(operator.data, 'dojang.db'), /is the database in use/],
      [join(operator.folder, 'nothing.db'), /is not there/],
    ]
    const before = ledgerOf(operator)
    for (const [file, sentence] of files) {
      const { code, err } = await operator.runHere('restore', file)
      assert.equal(code, 1, file)
      assert.match(err, sentence)
    }
    assert.deepEqual(ledgerOf(operator), before)
    assert.ok(!readdirSync(operator.data).some((name) => name.includes('restoring')))
  })

  it('bring a damaged database back to life, and keep the damaged one', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const backup = String((await operator.runHere('backup', '--json')).json.file)
    writeFileSync(join(operator.data, 'dojang.db'), 'coffee was spilt over this file'.repeat(500))
    const broken = await operator.runHere('verify')
    assert.equal(broken.code, 1)
    assert.match(broken.err, /damaged .*dojang restore FILE/)
    const restored = await operator.runHere('restore', backup, '--json')
    assert.equal(restored.code, 0)
    assert.match(readFileSync(String(restored.json.aside), 'utf8'), /^coffee was spilt/)
    assert.equal((await operator.runHere('verify')).code, 0)
  })

  it('wait for another command that has the database open', async () => {
    using operator = new Operator()
    await operator.runHere(...SEED)
    const backup = String((await operator.runHere('backup', '--json')).json.file)
    const other = new Sqlite(join(operator.data, 'dojang.db'))
    other.prepare('SELECT count(*) FROM cards').get()
    const { code, err } = await operator.runHere('restore', backup)
    other.close()
    assert.equal(code, 1)
    assert.match(err, /Another dojang command is at work/)
    assert.equal((await operator.runHere('restore', backup)).code, 0)
  })

  it('never write over a file', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'list')
    const file = join(operator.folder, 'precious')
    writeFileSync(file, 'precious')
    for (const args of [
      ['backup', '--to', file],
      ['keys', 'export', '--to', file],
    ]) {
      assert.equal((await operator.runHere(...args)).code, 1)
    }
    assert.equal(readFileSync(file, 'utf8'), 'precious')
  })

  it('show the key only when asked, and refuse one that others can read', async () => {
    using operator = new Operator()
    const { out } = await operator.runHere('keys', 'export', '--print')
    assert.equal(out.trim(), readFileSync(join(operator.data, 'dojang.key'), 'utf8').trim())
    chmodSync(join(operator.data, 'dojang.key'), 0o640)
    const refused = await operator.runHere('verify')
    assert.equal(refused.code, 1)
    assert.match(refused.err, /chmod 600/)
    rmSync(join(operator.data, 'dojang.key'))
    assert.match((await operator.runHere('verify')).err, /put the key file back/)
    assert.equal(existsSync(join(operator.data, 'dojang.key')), false)
  })
})

/** All that a seed decides: everything but what is sealed under each machine's own key. */
function ledgerOf({ data }: Operator) {
  const file = new Sqlite(join(data, 'dojang.db'), { readonly: true })
  const cards = file
    .prepare('SELECT id, balance, promised_version, last_entry_id, created_at_ms FROM cards')
    .all()
  const browsers = file.prepare('SELECT * FROM browsers').all()
  const entries = file.prepare('SELECT * FROM entries').all() as Record<string, unknown>[]
  file.close()
  return { cards, browsers, entries }
}

/** A number with a card: the seed's own, tried from its beginning. */
async function numberOf(operator: Operator): Promise<string> {
  const { inventCustomers } = await import('./seed/past.ts')
  const { seededRandom } = await import('./seed/seeded-random.ts')
  const [customer] = inventCustomers(seededRandom(7), { customers: 40, days: 40 })
  assert.ok(customer && existsSync(operator.data))
  return customer.number
}

function copyWith(file: string, name: string, change: (bytes: Buffer) => Uint8Array): string {
  const copy = join(file, '..', name)
  writeFileSync(copy, change(readFileSync(file)))
  return copy
}

function withMigration(file: string, name: string): string {
  const copy = copyWith(file, name, (bytes) => bytes)
  const database = new Sqlite(copy)
  database.exec("INSERT INTO migrations VALUES ('999-later', 0)")
  database.close()
  return copy
}
