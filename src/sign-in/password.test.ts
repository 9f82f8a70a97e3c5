import assert from 'node:assert/strict'
import { argon2Sync } from 'node:crypto'
import { describe, it } from 'node:test'
import { systemRandom } from '../clock.ts'
import { hashSecret, verifySecret } from './argon.ts'
import { Busy, createGate } from './hashing-gate.ts'
import { hashPassword, needsRehash, verifyNobody, verifyPassword } from './password.ts'
import { createPins } from './pin.ts'

const hash = (text: string) => hashPassword(systemRandom, text)

describe('a password', () => {
  it('is kept as argon2id with 19 MiB and two passes, salted anew each time', async () => {
    const [one, other] = await Promise.all([hash('mellow otter pudding'), hash('mellow otter pudding')])
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    assert.notEqual(one, other)
    assert.equal(await verifyPassword('mellow otter pudding', one), true)
    assert.equal(await verifyPassword('mellow otter puddinG', one), false)
  })

  it('counts whole: its spaces, its two-hundredth character, letters of any script', async () => {
    for (const text of [
      '  mellow otter  ',
      `${'mellow-otter-'.repeat(15)}12345`,
      '조용한 바다 위의 달빛 고래 🐋',
    ]) {
      const stored = await hash(text)
      assert.equal(await verifyPassword(text, stored), true, text)
      for (const near of [text.trimEnd(), text.slice(0, -1), `${text} `])
        if (near !== text) assert.equal(await verifyPassword(near, stored), false, near)
    }
  })

  it('is the same on a keyboard that composes its letters otherwise', async () => {
    const stored = await hash('조용한 바다 위의 달빛 é'.normalize('NFD'))
    assert.equal(await verifyPassword('조용한 바다 위의 달빛 é'.normalize('NFC'), stored), true)
  })

  it('is hashed anew once it was hashed for less', async () => {
    const weak = { nonce: Buffer.alloc(16, 7), parallelism: 1, tagLength: 32, memory: 4096, passes: 1 }
    const made = argon2Sync('argon2id', { message: 'mellow otter pudding', ...weak })
    const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
    const stored = `$argon2id$v=19$m=4096,t=1,p=1$${text(weak.nonce)}$${text(made)}`
    assert.equal(await verifyPassword('mellow otter pudding', stored), true)
    assert.equal(needsRehash(stored), true)
    assert.equal(needsRehash(await hash('mellow otter pudding')), false)
  })

  it('of nobody costs the same hash, and is never right', async () => {
    assert.equal(await verifyNobody('mellow otter pudding'), false)
    assert.equal(await verifyNobody(''), false)
  })

  it('is never right where what is stored makes no sense', async () => {
    for (const stored of [
      '',
      'mellow otter pudding',
      '$argon2id$v=19$m=1,t=1,p=1$$',
      '$2b$10$abcdefghijklmnopqrstuv',
    ])
      await assert.rejects(verifyPassword('mellow otter pudding', stored), /argon2id/)
  })
})

describe('a PIN', () => {
  const pins = createPins(systemRandom, { current: 'secret one', fallbacks: [] })
  const later = createPins(systemRandom, { current: 'secret two', fallbacks: ['secret one'] })
  const stranger = createPins(systemRandom, { current: 'secret three', fallbacks: [] })

  it('is right with the key that is not in the database, and with no other', async () => {
    const stored = await pins.hash('483927')
    assert.equal(await pins.verify('483927', stored), true)
    assert.equal(await pins.verify('483928', stored), false)
    assert.equal(await stranger.verify('483927', stored), false)
    assert.equal(await verifySecret('483927', stored.replace(/,keyid=[^$]+/, ''), []), false)
  })

  it('stays right when the root secret changes, and is then hashed anew', async () => {
    const stored = await pins.hash('483927')
    assert.equal(pins.needsRehash(stored), false)
    assert.equal(await later.verify('483927', stored), true)
    assert.equal(later.needsRehash(stored), true)
    assert.equal(later.needsRehash(await hashSecret(systemRandom, '483927', null)), true)
  })
})

describe('hashing', () => {
  it('is done for two at once, sixteen wait in line, and the next is told to come back', async () => {
    const gate = createGate({ atOnce: 2, waiting: 16 })
    let inside = 0
    let most = 0
    const order: number[] = []
    const ends: (() => void)[] = []
    const work = (number: number) => async () => {
      order.push(number)
      most = Math.max(most, ++inside)
      await new Promise<void>((end) => ends.push(end))
      inside -= 1
      return number
    }
    const admitted = Array.from({ length: 18 }, (_, number) => gate(work(number)))
    await assert.rejects(
      gate(async () => 99),
      Busy,
    )
    for (let left = 18; left > 0; left--) {
      while (ends.length === 0) await Promise.resolve()
      ends.shift()?.()
    }
    assert.deepEqual(
      await Promise.all(admitted),
      Array.from({ length: 18 }, (_, number) => number),
    )
    assert.deepEqual([most, order.length], [2, 18])
    assert.deepEqual(
      order,
      order.toSorted((one, other) => one - other),
    )
  })

  it('goes on after one that failed', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 })
    await assert.rejects(
      gate(() => Promise.reject(new Error('no memory'))),
      /no memory/,
    )
    assert.equal(await gate(async () => 'next'), 'next')
  })

  it('of all passwords and PINs of a process goes through one gate', async () => {
    const crowd = await Promise.allSettled(
      Array.from({ length: 24 }, () => verifyNobody('mellow otter pudding')),
    )
    const refused = crowd.filter(({ status }) => status === 'rejected')
    assert.equal(refused.length, 24 - 18)
    for (const one of refused) assert.ok(one.status === 'rejected' && one.reason instanceof Busy)
  })
})
