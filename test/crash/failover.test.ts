// The primary dies at once, all of it, while sixteen customers stamp; its standby is promoted. And a database that hangs. Everybody is
// answered while it hangs, within two seconds by the long run's clock; nothing that was answered is lost, and what was not is done once
// when it is asked again.
import { strict as assert } from 'node:assert'
import { once } from 'node:events'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { proveLedger } from '../../src/store/proof.ts'
import { judgesTimes, runs } from '../effort.ts'
import { type PostgresServer, postgresServer } from '../postgres.ts'
import { openShop, type Shop } from '../shop.ts'
import { Operator } from '../terminal.ts'
import { formIn } from '../visitor.ts'
import { swallowerBefore } from './swallower.ts'
import { expectAllOnce, Writer } from './writers.ts'

const WRITERS = 16
const ANSWER_MS = 2_000
const HEAL_MS = 3_000
const STOP_MS = 10_000 // then a service manager kills
const ROUNDS = runs(2, 20)
const HANG_MS = runs(5_000, 30_000)

for (let round = 1; round <= ROUNDS; round += 1) {
  it(`the primary dies and its standby takes over: nothing answered is lost, nothing done twice (${round} of ${ROUNDS})`, async (t) => {
    const { primary, standby } = await replicatedPair()
    const hosts = `127.0.0.1:${primary.port},127.0.0.1:${standby.port}`
    const url = `postgres://dojang@${hosts}/postgres?target_session_attrs=read-write`
    const shop = await openShop({ DATABASE_URL: url })
    try {
      const crowd = startCrowd(shop)
      await wait(300 + Math.random() * 900)
      await primary.kill()
      await untilStatus(shop, '/readyz', 503)
      assert.equal((await shop.visitor().get('/healthz')).status, 200)
      await wait(1_000)
      await standby.ask('SELECT pg_promote()')
      const promotedAt = performance.now()
      await untilStatus(shop, '/readyz', 200)
      const healedMs = performance.now() - promotedAt
      await wait(500)
      const writers = await crowd.stop()
      await expectAllOnce(shop, writers)
      assert.equal((await proveLedger(shop.store, () => {})).faultCount, 0)
      const told = tell(writers)
      t.diagnostic(`${told.words}; normal ${Math.round(healedMs)} ms after the promotion`)
      assert.ok(told.unavailable > 0, 'pages were asked for while there was no primary')
      expectWithin(told.slowestMs, ANSWER_MS, 'somebody waited')
      expectWithin(healedMs, HEAL_MS, 'healing took')
    } finally {
      await shop.close()
      await Promise.all([primary.remove(), standby.remove()])
    }
  })
}

it('a database that hangs is a quick 503, the process stays healthy, and all goes on when it is back', async (t) => {
  const server = await postgresServer()
  const way = await swallowerBefore(server.port)
  const shop = await openShop({ DATABASE_URL: `postgres://dojang@127.0.0.1:${way.port}/postgres` })
  try {
    const crowd = startCrowd(shop)
    const guest = shop.visitor()
    const form: Record<string, string> = {
      ...formIn((await guest.get('/cafe/')).text, '/cafe/'),
      phone: '010-0000-7001',
    }
    await wait(500)
    way.swallow()
    const hungUntil = performance.now() + HANG_MS
    while (performance.now() < hungUntil) {
      assert.equal((await timed(shop, '/healthz', 500)).status, 200)
      await wait(200)
    }
    assert.equal((await timed(shop, '/readyz', ANSWER_MS)).status, 503)
    const undone = await guest.postFields('/cafe/', form)
    assert.equal(undone.status, 503)
    const givenBack = formIn(undone.text, '/cafe/')
    assert.deepEqual(
      [givenBack.phone, givenBack.idempotency_key],
      [form.phone, form.idempotency_key],
      'as it was filled in, and safe to send again',
    )
    assert.ok(crowd.told().unavailable > 0, 'who asked while it hung was answered while it hung')
    way.setFree()
    const freedAt = performance.now()
    await untilStatus(shop, '/readyz', 200)
    const healedMs = performance.now() - freedAt
    assert.equal((await guest.postFields('/cafe/', givenBack)).status, 303)
    assert.equal((await guest.card())?.stamps, 1)
    await wait(500)
    const writers = await crowd.stop()
    await expectAllOnce(shop, writers)
    const told = tell(writers)
    t.diagnostic(`${told.words}; normal ${Math.round(healedMs)} ms after it was back`)
    expectWithin(told.slowestMs, ANSWER_MS, 'somebody waited')
    expectWithin(healedMs, HEAL_MS, 'healing took')
  } finally {
    await shop.close()
    await way.close()
    await server.remove()
  }
})

it('a process that is told to stop while its database hangs does so', async () => {
  const server = await postgresServer()
  const way = await swallowerBefore(server.port)
  using operator = new Operator({ DATABASE_URL: `postgres://dojang@127.0.0.1:${way.port}/postgres` })
  const serving = operator.spawn('serve', '--json')
  try {
    const [line] = await once(serving.stdout, 'data')
    const page = String(JSON.parse(String(line)).urls[0]).replace('localhost', '127.0.0.1')
    await Promise.all(Array.from({ length: 8 }, () => fetch(page)))
    way.swallow() // eight idle connections, none of which will ever hear that it is closed
    const startedAt = performance.now()
    serving.kill('SIGTERM')
    const [code] = await once(serving, 'close')
    assert.equal(code, 0)
    expectWithin(performance.now() - startedAt, STOP_MS, 'stopping took')
  } finally {
    serving.kill('SIGKILL')
    await way.close()
    await server.remove()
  }
})

/** Two servers, the one following the other; no commit is answered before both have it. */
async function replicatedPair(): Promise<{ primary: PostgresServer; standby: PostgresServer }> {
  const primary = await postgresServer()
  await primary.stop()
  const standby = await postgresServer({ standbyOf: primary })
  await primary.start()
  for (let tries = 0; ; tries += 1) {
    const [following] = await primary.ask(
      "SELECT state FROM pg_stat_replication WHERE application_name = 'standby'",
    )
    if (following?.state === 'streaming') break
    assert.ok(tries < 200, 'the standby follows')
    await wait(100)
  }
  await primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (standby)'")
  await primary.ask('SELECT pg_reload_conf()')
  await wait(200)
  const [state] = await primary.ask('SELECT sync_state FROM pg_stat_replication')
  assert.equal(state?.sync_state, 'quorum')
  return { primary, standby }
}

function startCrowd(shop: Shop) {
  const writers = Array.from({ length: WRITERS }, (_, place) => new Writer(shop, place))
  let isOver = false
  const done = Promise.all(writers.map((writer) => writer.stampUntil(() => isOver)))
  done.catch(() => {}) // heard when it is stopped
  return {
    told: () => tell(writers),
    async stop(): Promise<readonly Writer[]> {
      isOver = true
      await done
      return writers
    },
  }
}

async function untilStatus(shop: Shop, path: string, status: number): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if ((await shop.visitor().get(path)).status === status) return
    await wait(25)
  }
  assert.fail(`${path} was not ${status} within ten seconds`)
}

async function timed(shop: Shop, path: string, withinMs: number) {
  const startedAt = performance.now()
  const shown = await shop.visitor().get(path)
  expectWithin(performance.now() - startedAt, withinMs, `${path} took`)
  return shown
}

function expectWithin(tookMs: number, withinMs: number, what: string): void {
  if (judgesTimes) assert.ok(tookMs < withinMs, `${what} ${tookMs} ms`)
}

function tell(writers: readonly Writer[]) {
  const answered = writers.reduce((sum, writer) => sum + writer.answered, 0)
  const unavailable = writers.reduce((sum, { seen }) => sum + seen.unavailable, 0)
  const slowestMs = Math.max(...writers.map(({ seen }) => seen.slowestMs))
  const words = `${answered} stamps answered, ${unavailable} times told to come again, the slowest page ${Math.round(slowestMs)} ms`
  return { unavailable, slowestMs, words }
}
