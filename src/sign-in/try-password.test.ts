import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { argon2Sync } from 'node:crypto'
import { after, before, beforeEach, it } from 'node:test'
import { generateSync } from 'otplib'
import { onEveryEngine } from '../../test/engines.ts'
import { World } from '../../test/world.ts'
import type { Attempt } from './admission.ts'
import { createLimiters } from './limits.ts'
import { hashPassword, needsRehash } from './password.ts'
import { newTotpSecret } from './totp.ts'
import { confirmPassword, type SignInParts, tryPassword } from './try-password.ts'
import { tryTotp } from './try-totp.ts'

const QUARTER_MS = 15 * 60_000
const PASSWORD = 'mellow otter pudding'

onEveryEngine('signing in', (engine) => {
  let world: World
  let parts: SignInParts
  let passwordHash: string
  before(async () => {
    world = await World.make({ engine })
    passwordHash = await hashPassword(world.random, PASSWORD)
  })
  beforeEach(() => {
    world.clock.nowMs += 60 * 24 * 60 * 60_000
    const { store, random } = world
    parts = { store, random, clock: world.clock.read, limiters: createLimiters(store, world.clock.read) }
  })
  after(() => world[Symbol.asyncDispose]())

  let people = 0
  async function hire(hash: string | null = passwordHash) {
    const { id: cafeId } = world.cafe
    const id = world.random.uuid()
    const email = `p${++people}@ongi.example`
    const person = { id, role: 'owner' as const, name: 'Mina', email, passwordHash: hash, createdAtMs: 1 }
    await world.store.transaction(cafeId, (tx) => tx.people.add(cafeId, person))
    return { id, email, cafeId }
  }
  const attempt = (email: string, more: Partial<Attempt & { password: string }> = {}) =>
    tryPassword(parts, {
      cafeId: world.cafe.id,
      email,
      address: `203.0.113.${people % 250}`,
      knownBrowser: null,
      password: PASSWORD,
      ...more,
    })
  const failuresOf = async (id: string) =>
    (await world.store.people.proofsOf(world.cafe.id, id))?.passwordFailures

  it('takes the right password of the right café, and clears what was wrong before', async () => {
    const { id, email } = await hire()
    assert.deepEqual(await attempt(email, { password: 'wrong otter pudding' }), {
      ok: false,
      reason: 'wrong-password',
    })
    assert.equal(await failuresOf(id), 1)
    const outcome = await attempt(` ${email.toUpperCase()}`)
    assert.equal(outcome.ok && outcome.person.id, id)
    assert.equal(await failuresOf(id), 0)
    assert.deepEqual(await attempt(email, { cafeId: world.rival.id }), {
      ok: false,
      reason: 'wrong-password',
    })
  })

  it('says the same of nobody, of who was let go, and of who has no password', async () => {
    const gone = await hire()
    await world.store.transaction(gone.cafeId, (tx) => tx.people.disable(gone.cafeId, gone.id, 2))
    for (const email of ['nobody@ongi.example', gone.email, (await hire(null)).email])
      assert.deepEqual(await attempt(email), { ok: false, reason: 'wrong-password' })
  })

  it('hashes once, for an e-mail that nobody has too', async () => {
    const { email } = await hire()
    const gone = await hire()
    await world.store.transaction(gone.cafeId, (tx) => tx.people.disable(gone.cafeId, gone.id, 2))
    let hashes = 0
    const count = (_id: number, type: string) => {
      if (/argon2/i.test(type)) hashes += 1
    }
    const hook = createHook({ init: count }).enable()
    const counted: number[] = []
    for (const who of [email, 'nobody@ongi.example', gone.email, (await hire(null)).email]) {
      hashes = 0
      await attempt(who, { password: 'wrong otter pudding' })
      counted.push(hashes)
    }
    hook.disable()
    assert.deepEqual(counted, [1, 1, 1, 1])
  })

  it('asks the database as much about an e-mail that nobody has', async () => {
    const { email } = await hire()
    const asked = async (who: string) => {
      const questions: string[] = []
      const counting = <T extends object>(thing: T, name: string): T =>
        new Proxy(thing, {
          get(target, key) {
            const value = Reflect.get(target, key) as unknown
            if (typeof value === 'function')
              return (...args: unknown[]) => {
                questions.push(`${name}.${String(key)}`)
                return Reflect.apply(value, target, args)
              }
            return typeof value === 'object' && value !== null
              ? counting(value, `${name}.${String(key)}`)
              : value
          },
        })
      const store = counting(world.store, 'store')
      const watched = { ...parts, store, limiters: createLimiters(store, world.clock.read) }
      const address = `198.51.100.${who.length}`
      await tryPassword(watched, {
        cafeId: world.cafe.id,
        email: who,
        address,
        knownBrowser: null,
        password: 'x',
      })
      return questions
    }
    const known = await asked(email)
    assert.ok(known.length >= 6, known.join(' '))
    assert.deepEqual(await asked('nobody@ongi.example'), known)
  })

  it('takes no password any more after a hundred wrong ones in a row, but in a browser that is known', async () => {
    const { id, email, cafeId } = await hire()
    for (let wrong = 0; wrong < 99; wrong++)
      await world.store.transaction(cafeId, (tx) => tx.people.countPasswordFailure(cafeId, id))
    await attempt(email, { password: 'wrong otter pudding' })
    assert.equal(await failuresOf(id), 100)
    assert.deepEqual(await attempt(email), { ok: false, reason: 'wrong-password' })
    assert.equal((await attempt(email, { knownBrowser: 'browser-1' })).ok, true)
    assert.equal((await attempt(email)).ok, true) // the owner was there: they count anew
  })

  it('stops at the limit, before anything is compared, and says when to come again', async () => {
    const { email } = await hire()
    const startMs = world.clock.nowMs
    for (let wrong = 0; wrong < 10; wrong++)
      assert.equal((await attempt(email, { password: 'x', address: `198.51.100.${wrong}` })).ok, false)
    const tooMany = { ok: false, reason: 'too-many-tries', againAtMs: startMs + QUARTER_MS }
    assert.deepEqual(await attempt(email, { address: '198.51.100.99' }), tooMany)
    world.clock.nowMs += QUARTER_MS
    assert.equal((await attempt(email, { address: '198.51.100.99' })).ok, true)
  })

  it('hashes a password anew that was hashed for less', async () => {
    const weak = { nonce: Buffer.alloc(16, 7), parallelism: 1, tagLength: 32, memory: 4096, passes: 1 }
    const made = argon2Sync('argon2id', { message: PASSWORD, ...weak })
    const [salt, hash] = [weak.nonce, made].map((bytes) => bytes.toString('base64').replace(/=+$/, ''))
    const { id, email, cafeId } = await hire(`$argon2id$v=19$m=4096,t=1,p=1$${salt}$${hash}`)
    assert.equal((await attempt(email)).ok, true)
    const stored = (await world.store.people.proofsOf(cafeId, id))?.passwordHash ?? ''
    assert.equal(needsRehash(stored), false)
    assert.equal((await attempt(email)).ok, true)
  })

  it('asks again for what is worth it, ten times in a quarter of an hour', async () => {
    const { id: personId, cafeId } = await hire()
    const confirm = (password: string) => confirmPassword(parts, { cafeId, personId, password })
    for (let right = 0; right < 3; right++) assert.deepEqual(await confirm(PASSWORD), { ok: true })
    for (let wrong = 0; wrong < 10; wrong++)
      assert.deepEqual(await confirm('x'), { ok: false, reason: 'wrong-password' })
    const tooMany = { ok: false, reason: 'too-many-tries', againAtMs: world.clock.nowMs + QUARTER_MS }
    assert.deepEqual(await confirm(PASSWORD), tooMany)
  })

  it('takes a one-time code once, of two who have it at the same time, and few wrong ones', async () => {
    const { id: personId, cafeId } = await hire()
    const secret = newTotpSecret(world.random)
    await world.store.transaction(cafeId, (tx) => tx.people.setTotp(cafeId, personId, secret))
    const code = () => generateSync({ secret, epoch: Math.floor(world.clock.nowMs / 1000) })
    const enter = (text: string, who = personId) => tryTotp(parts, { cafeId, personId: who, code: text })
    const both = await Promise.all([enter(code()), enter(code())])
    assert.equal(both.filter(({ ok }) => ok).length, 1)
    assert.deepEqual(await enter(code()), { ok: false, reason: 'wrong-second-factor' })
    world.clock.nowMs += 30_000
    assert.deepEqual(await enter(code()), { ok: true })
    world.clock.nowMs += 30_000
    const [right, other] = [code(), (await hire()).id]
    assert.deepEqual(await enter(right, other), { ok: false, reason: 'wrong-second-factor' })
    const wrong = String((Number(right) + 500_000) % 1_000_000).padStart(6, '0')
    const answers: string[] = []
    for (let place = 0; place < 6; place++) {
      const outcome = await enter(wrong)
      answers.push(outcome.ok ? 'ok' : outcome.reason)
    }
    assert.deepEqual(answers, [...Array(5).fill('wrong-second-factor'), 'too-many-tries'])
    assert.equal((await enter(right)).ok, false)
  })
})
