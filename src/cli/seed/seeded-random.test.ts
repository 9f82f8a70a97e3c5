import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { parsePhone } from '../../rules/phone.ts'
import { inventCustomers } from './past.ts'
import { seededRandom } from './seeded-random.ts'

describe('chance from a seed', () => {
  it('is the same for the same seed and another for another', () => {
    const drawn = (seed: number) => Array.from({ length: 20 }, seededRandom(seed).share)
    assert.deepEqual(drawn(7), drawn(7))
    assert.notDeepEqual(drawn(7), drawn(8))
  })

  it('is spread evenly', () => {
    const random = seededRandom(1)
    const counts = new Array(10).fill(0)
    for (let time = 0; time < 100_000; time += 1) counts[random.whole(0, 9)] += 1
    for (const count of counts) assert.ok(count > 9_500 && count < 10_500, String(counts))
  })

  it('follows the weights it is given', () => {
    const random = seededRandom(1)
    let often = 0
    for (let time = 0; time < 10_000; time += 1)
      often += random.weighted([
        [1, 9],
        [0, 1],
      ] as const)
    assert.ok(often > 8_800 && often < 9_200, String(often))
  })

  it('makes ids that carry their time and sort by it', () => {
    const random = seededRandom(1)
    const ids = Array.from({ length: 1_000 }, (_, place) => random.uuidAt(1_700_000_000_000 + place))
    for (const id of ids)
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.deepEqual([...ids].sort(), ids)
    assert.equal(Number.parseInt(String(ids[5]).replace('-', '').slice(0, 12), 16), 1_700_000_000_005)
    assert.equal(new Set(ids).size, ids.length)
  })
})

describe('made-up customers', () => {
  it('have numbers that are given to nobody, each its own', () => {
    const customers = inventCustomers(seededRandom(3), { customers: 5_000, days: 10 })
    assert.equal(new Set(customers.map(({ number }) => number)).size, 5_000)
    for (const { number } of customers) {
      assert.match(number, /^010-0\d{3}-\d{4}$/)
      assert.ok(parsePhone(number, 'KR'))
    }
  })
})
