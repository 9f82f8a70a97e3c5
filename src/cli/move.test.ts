import { strict as assert } from 'node:assert'
import { after, describe, it } from 'node:test'
import { postgres } from '../../test/engines.ts'
import { Operator } from '../../test/terminal.ts'

describe('dojang move', () => {
  const dropped: (() => Promise<void>)[] = []
  after(async () => {
    for (const drop of dropped) await drop()
  })

  it('says what was proved and what to set, and serves only where the cafés are', async () => {
    const { url, drop } = await postgres.freshDatabase()
    dropped.push(drop)
    const secret = String(url).replace('dojang@', 'dojang:geheim@')
    using here = new Operator()
    using there = new Operator({ DATABASE_URL: secret, DOJANG_DATA: here.data })
    await here.runHere('seed', '--slug', 'ongi', '--seed', '7', '--customers', '20', '--days', '20')

    const moved = await here.runHere('move', '--to', secret)
    assert.equal(moved.code, 0, moved.err)
    assert.match(moved.out, /Proved: 2 cafés, 20 cards and \d+ entries, \d+ stamps on the cards/)
    assert.match(moved.out, /Nothing could be written for \d+ ms/)
    assert.match(
      moved.out,
      /start with DATABASE_URL=postgres:\/\/dojang@127\.0\.0\.1:\d+\/postgres \(with its password/,
    )
    assert.doesNotMatch(moved.out, /geheim/)

    const served = await here.runHere('serve')
    assert.equal(served.code, 1)
    assert.match(served.err, /^The cafés were moved: start with DATABASE_URL=postgres:/)
    assert.match(
      (await here.runHere('cafe', 'add', '--slug', 'two', '--name', 'x')).err,
      /were moved to another database/,
    )
    assert.equal((await here.runHere('verify')).code, 0, 'the old place can still be read')
    assert.equal((await there.runHere('verify')).code, 0)
    assert.equal((await there.runHere('cafe', 'add', '--slug', 'two', '--name', 'x')).code, 0)

    const back = await there.runHere('move', '--to', 'sqlite:', '--json')
    assert.equal(back.code, 0, back.out)
    assert.equal(back.json.setting, `start with DOJANG_DATA=${here.data} and without DATABASE_URL`)
    const refused = await there.runHere('serve', '--json')
    assert.deepEqual([refused.code, refused.json.reason], [1, 'not-served-here'])
    assert.match((await here.runHere('cafe', 'list')).out, /\/two\//)
  })

  it('takes an address or a folder, and never says an address back', async () => {
    using operator = new Operator()
    for (const args of [
      [],
      ['--to', 'mysql://root:geheim@x/y'],
      ['--to', ''],
      ['--to', 'sqlite:', '--cancel'],
    ]) {
      const { code, err } = await operator.runHere('move', ...args)
      assert.equal(code, 2, args.join(' '))
      assert.doesNotMatch(err, /geheim/)
    }
    const nothing = await operator.runHere('move', '--to', 'postgres://dojang:geheim@127.0.0.1:1/x', '--json')
    assert.deepEqual([nothing.code, nothing.json.reason], [1, 'not-moved'])
  })
})
