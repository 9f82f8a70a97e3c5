// Two processes hear everything at once: forms and their repeats, coffees, undoings, other numbers, “not me”. In whatever order
// PostgreSQL lets them through, nobody hears an error, and what is left is what was answered.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { it } from 'node:test'
import fc from 'fast-check'
import { Counter } from './counter.ts'
import { runs } from './effort.ts'
import { postgres } from './engines.ts'
import { phoneNumber, World } from './world.ts'

const NUMBERS = 3
const COST = 2
const seed = Number(process.env.DOJANG_TEST_SEED ?? randomInt(2 ** 31))

interface Ask {
  readonly process: number
  readonly kind: 'stamp' | 'other number' | 'again' | 'redeem' | 'void' | 'forget'
  readonly who: number
  readonly number: number
}

const asks: fc.Arbitrary<Ask> = fc.record({
  process: fc.nat(1),
  kind: fc.constantFrom<Ask['kind'][]>(
    'stamp',
    'stamp',
    'stamp',
    'other number',
    'again',
    'redeem',
    'void',
    'forget',
  ),
  who: fc.nat(5),
  number: fc.nat(NUMBERS - 1),
})

it('what two processes hear at once comes out whole, whichever is first', async (t) => {
  const rounds = runs(25, 1_000)
  t.diagnostic(
    `${rounds} stories, DOJANG_TEST_SEED=${seed} node --test test/interleaving.test.ts tells the same ones`,
  )
  const stories = fc.array(fc.array(asks, { minLength: 1, maxLength: 24 }), { minLength: 1, maxLength: 5 })
  await fc.assert(fc.asyncProperty(stories, live), { seed, numRuns: rounds, endOnFailure: true })
})

/** Each array is asked in one breath; the next one when all of it is answered. */
async function live(story: readonly (readonly Ask[])[]): Promise<void> {
  await using world = await World.make({ engine: postgres, cost: COST })
  const beside = await world.openBeside()
  try {
    const counters = [await Counter.at(world, world.store), await Counter.at(world, beside)]
    const browsers = await Promise.all([0, 1, 2, 0, 1, 0].map((place) => world.bind(phoneNumber(place))))
    let expected = browsers.length
    for (const breath of story) {
      const lines = await Promise.all([0, 1, 2].map((place) => world.history(phoneNumber(place))))
      const changes = await Promise.all(
        breath.map((ask) => send(counters[ask.process], ask, { browsers, lines: lines.flat() })),
      )
      const stampedAgain = new Set<string>()
      for (const change of changes) {
        if (change.key !== undefined && stampedAgain.has(change.key)) continue // the same form, answered once
        if (change.key !== undefined) stampedAgain.add(change.key)
        expected += change.stamps
      }
      assert.equal(await stampsIn(world), expected)
    }
    assert.deepEqual(await world.faults(), [])
  } finally {
    await beside.close()
  }
}

interface Known {
  readonly browsers: readonly string[]
  readonly lines: readonly { readonly id: string }[]
}

/** @returns what its answer says was added to the café's stamps */
async function send(
  counter: Counter | undefined,
  { kind, who, number }: Ask,
  { browsers, lines }: Known,
): Promise<{ stamps: number; key?: string }> {
  const browserId = browsers[who]
  if (counter === undefined || browserId === undefined) throw new Error('there are two, and six browsers')
  const phone = phoneNumber(number)
  if (kind === 'redeem') return { stamps: (await counter.redeem(browserId)).ok ? -COST : 0 }
  if (kind === 'void') {
    const outcome = await counter.void(lines[who % lines.length]?.id ?? '')
    return { stamps: outcome.ok ? outcome.entry.stamps : 0 }
  }
  if (kind === 'forget') {
    await counter.forget(browserId)
    return { stamps: 0 }
  }
  if (kind === 'again') {
    const key = `again-${who}-${lines.length}`
    const outcome = await counter.stamp({ phone: phoneNumber(who % NUMBERS), key })
    return { stamps: outcome.ok ? 1 : 0, key }
  }
  const outcome = await counter.stamp(kind === 'stamp' ? { browserId } : { browserId, phone })
  return { stamps: outcome.ok ? 1 : 0 }
}

async function stampsIn(world: World): Promise<number> {
  const cards = await Promise.all(
    [0, 1, 2].map((place) => world.store.cards.findByPhone(world.cafe.id, phoneNumber(place))),
  )
  return cards.reduce((sum, card) => sum + (card?.balance ?? 0), 0)
}
