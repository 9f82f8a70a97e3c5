import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import Sqlite from 'better-sqlite3'
import { Operator } from '../../test/terminal.ts'

describe('dojang cafe', () => {
  it('adds a café with what was said and sensible rest, and lists it', async () => {
    using operator = new Operator()
    const added = await operator.runHere('cafe', 'add', '--slug', 'ongi', '--name', '  온기 커피 ', '--json')
    const cafe = {
      slug: 'ongi',
      name: '온기 커피',
      country: 'KR',
      timeZone: 'Asia/Seoul',
      mode: 'self',
      cost: 10,
      reward: null,
    }
    assert.deepEqual(added.json, { ok: true, cafe: { ...cafe, path: '/ongi/', isOnTrial: true } })
    const list = await operator.runHere('cafe', 'list', '--json')
    const [first, ...others] = list.json.cafes as { slug: string }[]
    assert.equal(first?.slug, 'cafe', 'the first café is there whatever comes first')
    assert.deepEqual(others, [added.json.cafe])
    assert.match(
      (await operator.runHere('cafe', 'list')).out,
      /\/ongi\/ {2}온기 커피: 10 stamps for a free coffee/,
    )
  })

  it('makes the first café as it is asked for, where nothing is there yet', async () => {
    using operator = new Operator()
    const added = await operator.runHere('cafe', 'add', 'cafe', '--name', '온기 커피')
    assert.equal(added.code, 0, added.err)
    assert.equal(((await operator.runHere('cafe', 'list', '--json')).json.cafes as unknown[]).length, 1)
  })

  it('finds the time zone of the country', async () => {
    using operator = new Operator()
    const { json } = await operator.runHere(
      'cafe',
      'add',
      '--slug',
      'tokyo',
      '--name',
      'x',
      '--country',
      'jp',
      '--json',
    )
    assert.deepEqual(
      [(json.cafe as { country: string }).country, (json.cafe as { timeZone: string }).timeZone],
      ['JP', 'Asia/Tokyo'],
    )
  })

  it('writes what the operator changed into the café’s audit log', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'set', 'cafe', '--cost', '8', '--mode', 'counter')
    const database = new Sqlite(`${operator.data}/dojang.db`, { readonly: true })
    const lines = database.prepare('SELECT actor, act, facts FROM audits ORDER BY number').raw().all()
    database.close()
    assert.deepEqual(lines, [
      ['operator', 'programme-changed', '{"cost":8,"costBefore":10}'],
      ['operator', 'cafe-changed', '{"mode":"counter","modeBefore":"self"}'],
    ])
    assert.equal((await operator.runHere('verify')).code, 0)
  })

  it('changes only what was said', async () => {
    using operator = new Operator()
    await operator.runHere(
      'cafe',
      'add',
      '--slug',
      'ongi',
      '--name',
      '온기',
      '--reward',
      '라떼',
      '--cost',
      '8',
    )
    const set = await operator.runHere(
      'cafe',
      'set',
      '--slug',
      'ongi',
      '--cost',
      '12',
      '--mode',
      'counter',
      '--json',
    )
    const { name, reward, cost, mode } = set.json.cafe as Record<string, unknown>
    assert.deepEqual([name, reward, cost, mode], ['온기', '라떼', 12, 'counter'])
    const coffee = await operator.runHere('cafe', 'set', '--slug', 'ongi', '--reward', '', '--json')
    assert.equal((coffee.json.cafe as { reward: string | null }).reward, null)
  })

  it('refuses a slug that is taken, reserved or unknown', async () => {
    using operator = new Operator()
    await operator.runHere('cafe', 'add', '--slug', 'ongi', '--name', '온기')
    const refusals: [string[], string][] = [
      [['add', '--slug', 'ongi', '--name', 'x'], 'slug-taken'],
      [['add', '--slug', 'api', '--name', 'x'], 'slug-reserved'],
      [['add', '--slug', 'staff', '--name', 'x'], 'slug-reserved'],
      [['add', '--slug', 'free', '--name', 'x'], 'slug-reserved'],
      [['set', '--slug', 'elsewhere', '--cost', '3'], 'no-such-cafe'],
    ]
    for (const [args, reason] of refusals) {
      const { code, json } = await operator.runHere('cafe', ...args, '--json')
      assert.deepEqual([code, json.ok, json.reason], [1, false, reason])
      assert.match(String(json.message), /\.$/)
    }
  })

  it('takes each of the four modes', async () => {
    using operator = new Operator()
    for (const mode of ['counter', 'code', 'approve', 'self']) {
      const { json } = await operator.runHere('cafe', 'set', 'cafe', '--mode', mode, '--json')
      assert.equal((json.cafe as { mode: string }).mode, mode)
    }
  })
})
