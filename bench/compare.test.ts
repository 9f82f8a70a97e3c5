import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare, median, summarise } from './compare.ts'

test('the median is the middle, or the mean of the two in the middle', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 2, 3]), 2.5)
})

test('a slow round hurts both sides of it and not their ratio', () => {
  const rows = summarise(
    new Map([
      ['raw', [100, 10, 100]],
      ['Dojang', [50, 5, 50]],
    ]),
  )
  assert.deepEqual(rows[1], { name: 'Dojang', median: 50, least: 5, most: 50, ratio: 0.5 })
})

test('contenders take turns, the first round does not count, every second one is turned', async (t) => {
  t.mock.method(console, 'log', () => {})
  const turns: string[] = []
  const contender = (name: string) => ({ name, turn: async () => turns.push(name) })
  const rows = await compare({
    title: 'x',
    unit: 'turns',
    contenders: [contender('a'), contender('b')],
    rounds: 2,
  })
  assert.deepEqual(turns, ['a', 'b', 'b', 'a', 'a', 'b'])
  assert.deepEqual(
    rows.map(({ most }) => most),
    [5, 6],
  )
})
