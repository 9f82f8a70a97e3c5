import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isTokenOf, maskedToken, SECRET_OCTETS, stockedRandom } from './masked-token.ts'

const secrets = fc.uint8Array({ minLength: SECRET_OCTETS, maxLength: SECRET_OCTETS })

test('every mask shows the same secret, and no other', () => {
  fc.assert(
    fc.property(secrets, secrets, (secret, other) => {
      const token = maskedToken(secret, stockedRandom)
      assert.match(token, /^[\w-]{64}$/)
      assert.equal(isTokenOf(token, secret), true)
      assert.equal(isTokenOf(token, other), Buffer.from(secret).equals(other))
    }),
  )
})

test('one character changed anywhere is another secret', () => {
  const secret = stockedRandom(SECRET_OCTETS)
  const token = maskedToken(secret, stockedRandom)
  for (let i = 0; i < token.length; i++) {
    const changed = token.slice(0, i) + (token[i] === 'A' ? 'B' : 'A') + token.slice(i + 1)
    assert.equal(isTokenOf(changed, secret), false, String(i))
  }
})

test('a token that was checked leaves nothing for the next', () => {
  const secret = stockedRandom(SECRET_OCTETS)
  const token = maskedToken(secret, stockedRandom)
  assert.equal(isTokenOf(token, secret), true)
  for (const bad of ['', token.slice(1), `${token}A`, null, 'é'.repeat(64)])
    assert.equal(isTokenOf(bad, secret), false)
})

test('stocked randomness is as long as asked for, never given twice, and not left lying', () => {
  const given = Array.from({ length: 2000 }, (_, i) => Buffer.from(stockedRandom(16 + (i % 9))))
  given.forEach((octets, i) => {
    assert.equal(octets.length, 16 + (i % 9))
  })
  assert.equal(new Set(given.map((octets) => octets.toString('hex', 0, 16))).size, given.length)
  const taken = stockedRandom(24)
  assert.equal(taken.buffer.byteLength, 24, 'a copy, not a view into the stock')
})
