import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { type Assumptions, assumptions, reckon, steps } from './scale-model.ts'

const bytes = { card: 300, browser: 200, entry: 200, answer: 200 }
const measured = {
  sqlitePerSecond: 8_000,
  postgresPerSecond: 10_000,
  sqliteBytes: bytes,
  postgresBytes: bytes,
  walBytesPerStamp: 1_000,
}
const given = Object.fromEntries(
  Object.entries(assumptions).map(([name, { value }]) => [name, value]),
) as Assumptions

it('twice the stamps never need fewer machines, and twice the cards no more processes', () => {
  const [once, more, larger] = [given, { ...given, peak: 20_000 }, { ...given, cards: 2e8 }].map((one) =>
    reckon(measured, one),
  )
  assert.ok(once && more && larger)
  assert.ok(more.workers >= once.workers && more.processes > once.processes && more.price > once.price)
  assert.ok(larger.disk > once.disk && larger.processes === once.processes)
})

it('adds up a case that fits on the back of an envelope', () => {
  const { meanPerSecond, walADay, entries } = reckon(measured, { ...given, mean: 0.1, years: 1 })
  assert.equal(meanPerSecond, 1_000)
  assert.equal(walADay, 1_000 * 86_400 * 1_000)
  assert.equal(entries, 1_000 * 86_400 * 365 * 200)
})

it('goes further with every step', () => {
  const sizes = steps(measured, given).map(({ cards }) => cards)
  assert.deepEqual(
    sizes,
    sizes.toSorted((one, other) => one - other),
  )
})
