import { strict as assert } from 'node:assert'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { collect, Operator } from '../../test/terminal.ts'

const COMMANDS = [
  'serve',
  'cafe add',
  'cafe list',
  'cafe set',
  'owner add',
  'owner reset',
  'device pair',
  'device list',
  'device revoke',
  'void',
  'verify',
  'backup',
  'restore',
  'keys export',
  'migrate',
  'seed',
  'move',
]

describe('asking for help', () => {
  it('names every command, and says more of each', async () => {
    using operator = new Operator()
    const all = await operator.run('help')
    assert.equal(all.code, 0)
    for (const name of COMMANDS) {
      assert.match(all.out, new RegExp(`^  ${name} `, 'm'))
      const one = await operator.runHere(...name.split(' '), '--help')
      assert.deepEqual([one.code, one.err], [0, ''])
      assert.match(one.out, new RegExp(`^dojang ${name}`))
    }
  })

  it('is what dojang alone does, and works with settings that are wrong', async () => {
    using operator = new Operator({ PORT: 'a pot of coffee' })
    const [alone, asked] = await Promise.all([operator.run(), operator.run('--help')])
    assert.deepEqual([alone.code, alone.out], [0, asked.out])
  })

  it('tells the version', async () => {
    using operator = new Operator()
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
    assert.match(
      (await operator.run('--version')).out,
      new RegExp(`^dojang ${version.replaceAll('.', '\\.')} `),
    )
  })
})

describe('wrong use', () => {
  const wrong = [
    ['brew'],
    ['cafe'],
    ['cafe', 'brew'],
    ['keys'],
    ['help', 'brew'],
    ['verify', '--loudly'],
    ['verify', 'now'],
    ['cafe', 'add'],
    ['cafe', 'add', '--name', 'Ongi'],
    ['cafe', 'add', 'ongi', '--slug', 'ongi'],
    ['cafe', 'add', '--slug', 'Ongi!', '--name', 'x'],
    ['cafe', 'add', '--slug', 'o', '--name', 'x'],
    ['cafe', 'add', '--slug', 'ongi', '--name', ' '],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x'.repeat(61)],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'two\nlines'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--country', 'XX'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--time-zone', 'Mars/Olympus'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--time-zone', '+09:00'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--mode', 'free'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--cost', '0'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--cost', '101'],
    ['cafe', 'add', '--slug', 'ongi', '--name', 'x', '--cost', '1e1'],
    ['cafe', 'set', '--slug', 'ongi'],
    ['cafe', 'set', '--slug'],
    ['void'],
    ['void', 'x', '--reason', 'y'],
    ['void', '019a0000-0000-7000-8000-000000000001'],
    ['void', '019a0000-0000-7000-8000-000000000001', '--reason', ' '],
    ['void', '019a0000-0000-7000-8000-000000000001', '--reason', 'was 010-0000-1234'],
    ['void', '019a0000-0000-7000-8000-000000000001', '--phone', '010-0000-1234'],
    ['restore'],
    ['keys', 'export'],
    ['keys', 'export', '--print', '--to', 'x'],
    ['seed', '--seed', '-1'],
    ['seed', '--customers', 'many'],
    ['seed', '--until', 'someday'],
  ]

  it('exits 2 with a sentence, and never with a stack trace', async () => {
    using operator = new Operator()
    for (const args of wrong) {
      const { code, out, err } = await operator.runHere(...args)
      assert.deepEqual([code, out], [2, ''], args.join(' '))
      assert.match(err, /\w.*[.:]/s)
      assert.doesNotMatch(err, /\n {4}at /, args.join(' '))
    }
  })

  it('says so as JSON when asked to', async () => {
    using operator = new Operator()
    const { code, json, err } = await operator.run('brew', '--json')
    assert.deepEqual([code, json.ok, json.reason, err], [2, false, 'wrong-use', ''])
  })
})

describe('what is wrong around it', () => {
  const cases: [string, Record<string, string>, RegExp][] = [
    ['settings', { PORT: 'tea', LOG_LEVEL: 'loud' }, /PORT.*\nLOG_LEVEL/],
    ['a proxy nobody can be', { TRUST_PROXY: 'loopback, caddy' }, /TRUST_PROXY has "caddy": give addresses/],
    ['a folder that cannot be', { DOJANG_DATA: '/dev/null/data' }, /set DOJANG_DATA to a folder of yours/],
    ['a secret too short', { DOJANG_SECRET: 'short' }, /DOJANG_SECRET is too short/],
  ]
  for (const [what, environment, sentence] of cases) {
    it(`(${what}) is said in a sentence`, async () => {
      using operator = new Operator(environment)
      for (const args of [['verify'], ['cafe', 'list'], ['serve']]) {
        const { code, err } = await operator.runHere(...args)
        assert.equal(code, 1)
        assert.match(err, sentence)
        assert.doesNotMatch(err, /\n {4}at /)
      }
    })
  }
})

describe('serving', () => {
  it('shows where to open it, and ends with 0 when told to', async () => {
    using operator = new Operator()
    const server = operator.spawn('serve')
    const [out, err] = [collect(server.stdout), collect(server.stderr)]
    await once(server.stdout, 'data')
    assert.match(out(), /http:\/\/localhost:\d+\/cafe\//)
    assert.match(out(), /On trial/)
    assert.ok(out().includes(operator.data))
    server.kill('SIGTERM')
    const [code] = await once(server, 'close')
    assert.deepEqual([code, err()], [0, ''])
  })

  it('lets every other command work beside it, and no second one', async () => {
    using operator = new Operator()
    const server = operator.spawn('serve', '--json')
    const [line] = await once(server.stdout, 'data')
    const { urls } = JSON.parse(String(line))
    try {
      const page = await fetch(String(urls[0]).replace('localhost', '127.0.0.1'))
      assert.equal(page.status, 200)
      const second = await operator.run('serve')
      assert.equal(second.code, 1)
      assert.match(second.err, /already serving/)
      assert.equal((await operator.run('cafe', 'add', '--slug', 'ongi', '--name', '온기')).code, 0)
      assert.equal((await operator.run('seed', '--customers', '5', '--days', '5', '--slug', 'ongi')).code, 0)
      assert.equal((await operator.run('verify')).code, 0)
      const backup = await operator.run('backup', '--json')
      assert.equal(backup.code, 0)
      const restore = await operator.run('restore', String(backup.json.file))
      assert.equal(restore.code, 1)
      assert.match(restore.err, /already serving/)
      const origin = new URL(String(urls[0]).replace('localhost', '127.0.0.1')).origin
      assert.equal((await fetch(`${origin}/ongi/`)).status, 200)
    } finally {
      server.kill('SIGTERM')
      await once(server, 'close')
    }
  })

  it('on a port that is taken says so, and which to take', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    using operator = new Operator({ PORT: String(port) })
    const { code, err } = await operator.run('serve')
    taken.close()
    assert.equal(code, 1)
    assert.match(err, new RegExp(`^Port ${port} on 127.0.0.1 is in use: .*PORT=${port + 1}`))
  })
})
