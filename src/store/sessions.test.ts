import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import { cookiePairs } from '../http/cookie.ts'
import { createSessions } from '../http/session.ts'
import { sessionStoreOf } from './sessions.ts'

interface Facts {
  [name: string]: number
}

onEveryEngine('sessions in a café’s database', (engine) => {
  let world: World
  before(async () => {
    world = await World.make({ engine })
  })
  after(() => world[Symbol.asyncDispose]())

  const sessionsOf = (cafeId: number) =>
    createSessions<Facts>({
      store: sessionStoreOf(world.store, cafeId),
      secure: false,
      idleSeconds: 3600,
      absoluteSeconds: 86_400,
      parse: (stored) => stored as Facts,
      clock: () => world.clock.nowMs,
    })
  const open = (line: string, cafeId = world.cafe.id) =>
    sessionsOf(cafeId).open(cookiePairs(line.split(';')[0]))
  const begin = async (subject: string) => {
    const session = open('')
    await session.signIn(subject)
    return (await session.commit()).setCookie ?? ''
  }

  it('are found again by whoever holds the cookie, and by nobody at the café next door', async () => {
    const line = await begin('owner-1')
    assert.equal(await open(line).subject(), 'owner-1')
    assert.equal(await open(line, world.rival.id).subject(), null)
  })

  it('keep what two requests at once wrote', async () => {
    const line = await begin('owner-2')
    await Promise.all(
      Array.from({ length: 8 }, async (_, place) => {
        const session = open(line)
        Object.assign(await session.facts(), { [`key${place}`]: place })
        assert.equal((await session.commit()).ok, true)
      }),
    )
    assert.equal(Object.keys(await open(line).facts()).length, 8)
  })

  it('stay ended, whatever a late request still writes', async () => {
    const line = await begin('owner-3')
    const late = open(line)
    Object.assign(await late.facts(), { late: 1 })
    const ending = open(line)
    await ending.end()
    await ending.commit()
    await late.commit()
    assert.equal(await open(line).subject(), null)
  })

  it('end together for one person, and go when their time is over', async () => {
    const lines = [await begin('owner-4'), await begin('owner-4')]
    const other = await begin('owner-5')
    await sessionsOf(world.cafe.id).endAllOf('owner-4')
    for (const line of lines) assert.equal(await open(line).subject(), null)
    assert.equal(await open(other).subject(), 'owner-5')
    world.clock.nowMs += 2 * 86_400_000
    await sessionsOf(world.cafe.id).prune()
    const left = await world.store.sessions.idsOf(world.cafe.id, { expiredAtMs: Number.MAX_SAFE_INTEGER })
    assert.deepEqual(left, [])
  })
})
