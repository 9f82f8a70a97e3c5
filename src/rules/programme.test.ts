import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { canStamp, MODES } from './mode.ts'
import { currentVersion, goalOf, promisedRewards } from './programme.ts'

const coffee = (cost: number) => ({ id: 'coffee', name: null, cost })
const cake = (cost: number) => ({ id: 'cake', name: '케이크', cost })

describe('a café’s programme', () => {
  it('offers what its newest version offers', () => {
    const programme = {
      versions: [
        { version: 1, rewards: [coffee(10)] },
        { version: 2, rewards: [coffee(12), cake(20)] },
      ],
    }
    assert.equal(currentVersion(programme).version, 2)
    assert.deepEqual(promisedRewards(programme, 2), [coffee(12), cake(20)])
  })

  it('gives a card the kindest cost of each reward since it began', () => {
    const versions = [10, 8, 12, 9].map((cost, place) => ({ version: place + 1, rewards: [coffee(cost)] }))
    assert.deepEqual(
      [1, 2, 3, 4].map((since) => goalOf({ versions }, since)),
      [8, 8, 9, 9],
    )
  })

  it('works towards the cheapest of several rewards', () => {
    assert.equal(goalOf({ versions: [{ version: 1, rewards: [cake(20), coffee(10)] }] }, 1), 10)
  })

  it('no longer promises a reward that it has taken off', () => {
    const versions = [
      { version: 1, rewards: [coffee(10), cake(5)] },
      { version: 2, rewards: [coffee(10)] },
    ]
    assert.deepEqual(promisedRewards({ versions }, 1), [coffee(10)])
  })

  it('without a version is a mistake', () => {
    assert.throws(() => currentVersion({ versions: [] }))
  })
})

describe('who may stamp', () => {
  it('is a customer’s browser only where the café trusts it or the counter shows a code, and the operator always', () => {
    const browsers = MODES.filter((mode) => canStamp(mode, { kind: 'browser', cafeId: 1 }))
    assert.deepEqual(browsers, ['code', 'self'])
    assert.deepEqual(
      MODES.filter((mode) => canStamp(mode, { kind: 'operator', cafeId: 1 })),
      [...MODES],
    )
  })
})
