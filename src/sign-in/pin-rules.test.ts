import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgePin } from './pin-rules.ts'

describe('a PIN that somebody wants to take', () => {
  it('has six digits', () => {
    for (const text of [
      '',
      '12345',
      '1234567',
      '48o271',
      '４８３９２７',
      '48 271',
      '-48271',
      '4.8271',
      '483927\n',
    ])
      assert.equal(judgePin(text), 'pin-malformed', text)
    assert.equal(judgePin('483927'), null)
  })

  it('is no pattern', () => {
    for (const pin of [
      '000000',
      '999999',
      '123456',
      '654321',
      '890123',
      '109876',
      '135791',
      '121212',
      '483483',
      '483384',
    ])
      assert.equal(judgePin(pin), 'pin-trivial', pin)
    for (const pin of ['112233', '998811', '111222', '777000', '474747', '447477', '123321', '101010'])
      assert.equal(judgePin(pin), 'pin-trivial', pin)
  })

  it('is no birthday and no year, in any order that people write them', () => {
    for (const pin of [
      '900512',
      '051290',
      '120590',
      '199005',
      '901990',
      '202612',
      '194000',
      '991231',
      '000101',
    ])
      assert.equal(judgePin(pin), 'pin-trivial', pin)
  })

  it('is none that people take most', () => {
    for (const pin of ['147258', '159753', '789456', '696969', '147852'])
      assert.equal(judgePin(pin), 'pin-trivial', pin)
  })

  it('can still be nine in ten', () => {
    const all = Array.from({ length: 100_000 }, (_, place) =>
      String(place * 10 + (place % 10)).padStart(6, '0'),
    )
    const refused = all.filter((pin) => judgePin(pin) !== null).length
    assert.ok(refused > 5_000 && refused < 12_000, `${refused} are refused`)
  })
})
