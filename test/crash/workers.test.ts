// `dojang serve` in several processes over a real PostgreSQL: they share a port, replace one that dies, and finish together.
import { strict as assert } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { judgesTimes } from '../effort.ts'
import { type PostgresServer, postgresServer } from '../postgres.ts'
import { collect, Operator } from '../terminal.ts'

describe('serving with several processes', () => {
  let postgres: PostgresServer
  let databases = 0
  before(async () => {
    postgres = await postgresServer()
  })
  after(() => postgres.remove())
  const freshDatabase = async () => {
    databases += 1
    await postgres.ask(`CREATE DATABASE fresh_${databases}`)
    return postgres.url(`fresh_${databases}`)
  }

  it('answers on one port, starts again what is killed, and ends with 0 when told to', async () => {
    using operator = new Operator({ DATABASE_URL: await freshDatabase() })
    const server = operator.spawn('serve', '--workers', '2', '--json')
    const [out, err, closed] = [collect(server.stdout), collect(server.stderr), once(server, 'close')]
    const url = await started(server)
    const first = workersOf(server.pid)
    assert.equal(first.length, 2)
    assert.equal((await fetch(url)).status, 200)

    process.kill(Number(first[0]), 'SIGKILL')
    await until(() => err() !== '' && workersOf(server.pid).length === 2)
    assert.match(err(), /^A worker ended \(SIGKILL\)\. Another starts in 0\.1 s\.\n$/)
    for (let place = 0; place < 4; place += 1) assert.equal((await fetch(url)).status, 200)

    const toldAt = performance.now()
    server.kill('SIGTERM')
    const [code] = await closed
    assert.equal(code, 0)
    if (judgesTimes) assert.ok(performance.now() - toldAt < 10_000)
    assert.equal(out().trim().split('\n').length, 2, 'the start and the end are each said once')
  })

  it('lets other processes serve the same cafés, here and elsewhere', async () => {
    using operator = new Operator({ DATABASE_URL: await freshDatabase() })
    const servers = [operator.spawn('serve', '--json'), operator.spawn('serve', '--json')]
    await Promise.all(servers.map(started))
    for (const server of servers) server.kill('SIGTERM')
    const codes = await Promise.all(servers.map((server) => once(server, 'close')))
    assert.deepEqual(
      codes.map(([code]) => code),
      [0, 0],
    )
  })

  it('says once what is wrong, whoever of them finds it', async () => {
    const database = await freshDatabase()
    using operator = new Operator({ DATABASE_URL: database })
    const server = operator.spawn('serve', '--json')
    const { port } = new URL(await started(server))
    using other = new Operator({ DATABASE_URL: database, DOJANG_DATA: operator.data, PORT: port })
    const { code, err } = await other.run('serve', '--workers', '2')
    server.kill('SIGTERM')
    await once(server, 'close')
    assert.deepEqual([code, err.trim().split('\n').length], [1, 1])
    assert.match(err, /^Port \d+ on 127\.0\.0\.1 is in use/)
  })

  it('is refused in SQLite, where one process writes, and by a number that is none', async () => {
    using operator = new Operator()
    const refused = await operator.run('serve', '--workers', '2', '--json')
    assert.deepEqual([refused.code, refused.json.reason], [1, 'one-writer'])
    const wrong = await operator.run('serve', '--workers', 'many')
    assert.equal(wrong.code, 2)
  })
})

/** Waits for the start screen. @returns the address it names @throws when it ended instead */
async function started(server: ReturnType<Operator['spawn']>): Promise<string> {
  const ended = once(server, 'close').then(([code]) => Promise.reject(new Error(`ended with ${code}`)))
  ended.catch(() => {})
  const [line] = await Promise.race([once(server.stdout, 'data'), ended])
  return String(JSON.parse(String(line)).urls[0]).replace('localhost', '127.0.0.1')
}

function workersOf(pid: number | undefined): string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).split('\n')
  const processes = lines.map((line) => line.trim().split(/\s+/))
  return processes
    .filter(([, parent, state]) => parent === String(pid) && !state?.startsWith('Z'))
    .map(([worker = '']) => worker)
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 20_000; waited += 20) await wait(20)
  assert.ok(isSo(), 'it did not happen within 20 s')
}
