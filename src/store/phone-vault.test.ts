import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { runs } from '../../test/effort.ts'
import { phoneNumber } from '../../test/world.ts'
import { systemRandom } from '../clock.ts'
import { createPhoneVault, isKeyOf } from './phone-vault.ts'

const KEY = 'a key for tests, with more than thirty-two bytes'
const CARD = '019a0000-0000-7000-8000-000000000001'
const OTHER_CARD = '019a0000-0000-7000-8000-000000000002'

describe('a sealed phone number', () => {
  const vault = createPhoneVault(KEY, systemRandom)
  const phone = phoneNumber(1234)

  it('opens for the row that it was sealed for', () => {
    assert.equal(vault.open(1, CARD, vault.seal(1, CARD, phone)), phone)
  })

  it('is never the same twice, and its nonce neither', () => {
    const sealed = new Set<string>()
    const nonces = new Set<string>()
    const times = runs(20_000, 1_000_000)
    for (let time = 0; time < times; time += 1) {
      const bytes = vault.seal(1, CARD, phone)
      sealed.add(bytes.toString('latin1'))
      nonces.add(bytes.toString('latin1', 0, 12))
    }
    assert.deepEqual([sealed.size, nonces.size], [times, times])
  })

  it('does not open with a single bit changed, a byte missing or one too many', () => {
    const sealed = vault.seal(1, CARD, phone)
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const altered = Buffer.from(sealed)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      assert.throws(() => vault.open(1, CARD, altered), `bit ${bit}`)
    }
    for (let length = 0; length < sealed.length; length += 1) {
      assert.throws(() => vault.open(1, CARD, sealed.subarray(0, length)), `${length} bytes`)
    }
    assert.throws(() => vault.open(1, CARD, Buffer.concat([sealed, Buffer.from([0])])))
  })

  it('does not open in another row, another café or with another key', () => {
    const sealed = vault.seal(1, CARD, phone)
    assert.throws(() => vault.open(1, OTHER_CARD, sealed))
    assert.throws(() => vault.open(2, CARD, sealed))
    assert.throws(() => createPhoneVault(`${KEY}.`, systemRandom).open(1, CARD, sealed))
  })

  it('does not hold the number in any form that can be read', () => {
    const bytes = vault.seal(1, CARD, phone)
    for (const form of [phone, phone.slice(3), Buffer.from(phone).toString('hex')]) {
      assert.equal(bytes.includes(form), false)
    }
  })
})

describe('a sealed secret for one-time codes', () => {
  const vault = createPhoneVault(KEY, systemRandom)
  const secret = Uint8Array.from({ length: 20 }, (_, place) => place)

  it('opens for the person that it was sealed for, and for nobody else', () => {
    const sealed = vault.sealTotp(1, CARD, secret)
    assert.deepEqual(Uint8Array.from(vault.openTotp(1, CARD, sealed)), secret)
    assert.throws(() => vault.openTotp(1, OTHER_CARD, sealed))
    assert.throws(() => vault.openTotp(2, CARD, sealed))
    assert.throws(() => createPhoneVault(`${KEY}.`, systemRandom).openTotp(1, CARD, sealed))
    assert.throws(() => vault.open(1, CARD, sealed)) // nor as a phone number
  })
})

describe('finding a number by its keyed hash', () => {
  const vault = createPhoneVault(KEY, systemRandom)

  it('is the same for the same number and café, and different for any other', () => {
    const hashes = [
      vault.lookup(1, phoneNumber(1)),
      vault.lookup(1, phoneNumber(2)),
      vault.lookup(2, phoneNumber(1)),
    ]
    assert.ok(vault.lookup(1, phoneNumber(1)).equals(hashes[0] ?? Buffer.alloc(0)))
    assert.equal(new Set(hashes.map(String)).size, 3)
  })

  it('means nothing without the key', () => {
    const other = createPhoneVault(`${KEY}.`, systemRandom)
    assert.equal(vault.lookup(1, phoneNumber(1)).equals(other.lookup(1, phoneNumber(1))), false)
  })

  it('by the last four digits meets all numbers that end so, in one café', () => {
    const [one, same] = [
      vault.lastFourLookup(1, phoneNumber(1234)),
      vault.lastFourLookup(1, phoneNumber(91_234)),
    ]
    assert.ok(one.equals(same))
    assert.equal(one.equals(vault.lastFourLookup(2, phoneNumber(1234))), false)
  })

  it('uses a key of its own for each purpose', () => {
    const text = `1:${phoneNumber(1)}`
    assert.equal(vault.lookup(1, phoneNumber(1)).equals(vault.digest(text)), false)
  })
})

describe('the check value of a key', () => {
  it('belongs to that key alone', () => {
    const vault = createPhoneVault(KEY, systemRandom)
    assert.ok(isKeyOf(createPhoneVault(KEY, systemRandom), vault.checkValue))
    assert.equal(isKeyOf(createPhoneVault(`${KEY}.`, systemRandom), vault.checkValue), false)
    assert.equal(isKeyOf(vault, Buffer.alloc(0)), false)
  })
})
