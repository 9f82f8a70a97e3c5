import assert from 'node:assert/strict'
import { after, before, beforeEach, it } from 'node:test'
import { runs } from '../../test/effort.ts'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import { type Attempt, admitPassword, forgivePassword, isPasswordOff } from './admission.ts'
import { createLimiters, type Limiters } from './limits.ts'

const MINUTE_MS = 60_000

onEveryEngine('who may try a password', (engine) => {
  let world: World
  let limiters: Limiters
  before(async () => {
    world = await World.make({ engine })
  })
  beforeEach(() => {
    world.clock.nowMs += 60 * 24 * 60 * MINUTE_MS
    limiters = createLimiters(world.store, world.clock.read)
  })
  after(() => world[Symbol.asyncDispose]())

  const admit = async (attempt: Partial<Attempt>) => {
    const { ok } = await admitPassword(limiters, attemptOf(attempt))
    return ok
  }
  const attemptOf = (attempt: Partial<Attempt>): Attempt => ({
    cafeId: world.cafe.id,
    email: 'owner@ongi.example',
    address: '203.0.113.7',
    knownBrowser: null,
    ...attempt,
  })
  const addressOf = (place: number) => `198.51.${100 + Math.floor(place / 250)}.${place % 250}`
  const countTrue = (list: readonly boolean[]) => list.filter(Boolean).length

  it('one account from fifty addresses: ten, and then nobody from anywhere', async () => {
    const admitted: boolean[] = []
    for (let place = 0; place < 50; place++) admitted.push(await admit({ address: addressOf(place) }))
    assert.deepEqual([countTrue(admitted), admitted.indexOf(false)], [10, 10])
    assert.equal(await admit({ address: addressOf(60), email: ' OWNER@ongi.example ' }), false)
    assert.equal(await admit({ address: addressOf(60), cafeId: world.rival.id }), true)
  })

  it('two hundred accounts from one address: ten, and each account still has all its own', async () => {
    const admitted: boolean[] = []
    for (let place = 0; place < 200; place++) admitted.push(await admit({ email: `p${place}@ongi.example` }))
    assert.deepEqual([countTrue(admitted), admitted.indexOf(false)], [10, 10])
    for (let place = 0; place < 10; place++)
      assert.equal(await admit({ address: addressOf(place), email: 'p100@ongi.example' }), true)
    assert.equal(await admit({ address: addressOf(11), email: 'p100@ongi.example' }), false)
  })

  it('a home’s IPv6 addresses are one, however many it has', async () => {
    const admitted: boolean[] = []
    for (let place = 0; place < 20; place++)
      admitted.push(await admit({ address: `2001:db8:1:2::${place}`, email: `p${place}@ongi.example` }))
    assert.equal(countTrue(admitted), 10)
    assert.equal(await admit({ address: '2001:db8:1:3::1', email: 'p99@ongi.example' }), true)
  })

  it('the owner’s own browser gets in while strangers knock, from the same address too', async () => {
    for (let place = 0; place < 60; place++) await admit({ address: addressOf(place % 50) })
    for (let place = 0; place < 20; place++) await admit({ email: `p${place}@ongi.example` })
    const mine = attemptOf({ knownBrowser: 'browser-1' })
    assert.equal((await admitPassword(limiters, attemptOf({}))).ok, false)
    for (let day = 0; day < 30; day++) {
      assert.equal((await admitPassword(limiters, mine)).ok, true)
      await forgivePassword(limiters, mine)
    }
    assert.equal(isPasswordOff(10_000, mine), false)
  })

  it('a known browser in a thief’s hands has ten at a time, and a hundred in all', async () => {
    const thief = { knownBrowser: 'browser-2' }
    let admitted = 0
    for (let quarter = 0; quarter < 40; quarter++) {
      for (let place = 0; place < 15; place++) admitted += Number(await admit(thief))
      if (quarter === 0) assert.equal(admitted, 10)
      world.clock.nowMs += 15 * MINUTE_MS
    }
    assert.equal(admitted, 100)
    assert.equal(await admit({ knownBrowser: 'browser-2', email: 'manager@ongi.example' }), true)
  })

  it('a right password is no try', async () => {
    const attempt = attemptOf({})
    for (let place = 0; place < 25; place++) {
      assert.equal((await admitPassword(limiters, attempt)).ok, true)
      await forgivePassword(limiters, attempt)
    }
    const admitted: boolean[] = []
    for (let place = 0; place < 12; place++) admitted.push(await admit({}))
    assert.equal(countTrue(admitted), 10)
  })

  it('after a hundred wrong in a row a password counts no more', () => {
    assert.equal(isPasswordOff(99, { knownBrowser: null }), false)
    assert.equal(isPasswordOff(100, { knownBrowser: null }), true)
  })

  // F7: 200 a second for ten minutes, on every push a part of it. On PostgreSQL a twentieth, over the same time: each try is a question over a socket.
  const perSecond = engine.name === 'SQLite' ? runs(40, 200) : 10
  it(`an attack from 100 addresses, ${perSecond} a second for ten minutes, compares no more than the limits add up to`, async () => {
    const attack = async (accounts: number) => {
      let reached = 0
      for (let second = 0; second < 600; second++) {
        const tries = Array.from({ length: perSecond }, (_, place) => {
          const number = second * perSecond + place
          return admit({
            address: addressOf(number % 100),
            email: `p${(number * 7) % accounts}@ongi.example`,
          })
        })
        reached += countTrue(await Promise.all(tries))
        world.clock.nowMs += 1000
      }
      return reached
    }
    assert.ok((await attack(1)) <= 10, 'one account has ten in a quarter of an hour')
    world.clock.nowMs += 15 * MINUTE_MS
    const reached = await attack(200)
    assert.ok(reached <= 100 * 10, `a hundred addresses have ten each: ${reached}`)
    assert.ok(reached >= 500, `and the attack is one: ${reached}`)
  })
})
