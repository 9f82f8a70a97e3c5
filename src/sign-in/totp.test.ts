import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { generateSync } from 'otplib'
import { systemRandom } from '../clock.ts'
import { newTotpSecret, totpSecretText, totpUri, verifyTotp } from './totp.ts'

const RFC_SECRET = Buffer.from('12345678901234567890')
const codeAt = (secret: Uint8Array, nowMs: number) =>
  generateSync({ secret, epoch: Math.floor(nowMs / 1000) })

describe('a one-time code', () => {
  it('is the one of RFC 6238, at its times', () => {
    // Appendix B, the last six of the eight digits.
    const cases = [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_234_567_890, '005924'],
      [20_000_000_000, '353130'],
    ] as const
    for (const [seconds, code] of cases) {
      const step = verifyTotp(code, { secret: RFC_SECRET, usedStep: null, nowMs: seconds * 1000 })
      assert.equal(step, Math.floor(seconds / 30))
    }
  })

  it('is good for its 30 seconds, and for 30 more on either side', () => {
    const secret = newTotpSecret(systemRandom)
    const madeMs = 1_800_000_015_000 // in the middle of a step
    const code = codeAt(secret, madeMs)
    const isGoodAfter = (seconds: number) =>
      verifyTotp(code, { secret, usedStep: null, nowMs: madeMs + seconds * 1000 }) !== null
    for (const seconds of [-45, -30, 0, 14, 30, 44]) assert.equal(isGoodAfter(seconds), true, `${seconds} s`)
    for (const seconds of [-46, -90, 45, 90, 86_400])
      assert.equal(isGoodAfter(seconds), false, `${seconds} s`)
  })

  it('works once: neither it nor an older one is good after it', () => {
    const secret = newTotpSecret(systemRandom)
    const nowMs = 1_800_000_015_000
    const step = verifyTotp(codeAt(secret, nowMs), { secret, usedStep: null, nowMs })
    assert.equal(step, nowMs / 30_000 - 0.5)
    assert.equal(verifyTotp(codeAt(secret, nowMs), { secret, usedStep: step, nowMs }), null)
    assert.equal(verifyTotp(codeAt(secret, nowMs - 30_000), { secret, usedStep: step, nowMs }), null)
    const next = verifyTotp(codeAt(secret, nowMs + 30_000), { secret, usedStep: step, nowMs: nowMs + 30_000 })
    assert.equal(next, (step ?? 0) + 1)
    assert.equal(verifyTotp(codeAt(secret, nowMs), { secret, usedStep: 99_999_999_999, nowMs }), null) // the clock went back
  })

  it('may be typed with spaces, and nothing else is a code', () => {
    const ask = { secret: RFC_SECRET, usedStep: null, nowMs: 59_000 }
    assert.equal(verifyTotp(' 287 082', ask), 1)
    for (const text of ['', '28708', '2870821', '28708a', '２８７０８２', '-87082', '94287082'])
      assert.equal(verifyTotp(text, ask), null, text)
  })

  it('is set up by a QR that names the café and the person, or by typing', () => {
    const uri = new URL(totpUri(RFC_SECRET, { cafeName: '온기: 커피 & Co', email: 'mina@ongi.example' }))
    assert.equal(uri.protocol, 'otpauth:')
    assert.equal(decodeURIComponent(uri.pathname), '/온기  커피 & Co:mina@ongi.example')
    assert.equal(uri.searchParams.get('issuer'), '온기  커피 & Co')
    assert.equal(uri.searchParams.get('secret'), 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')
    assert.equal(totpSecretText(RFC_SECRET), 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ')
    assert.equal(newTotpSecret(systemRandom).length, 20)
  })
})
