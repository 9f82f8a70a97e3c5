import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { damageLedger } from '../../test/damage.ts'
import { onEveryEngine } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { moveStamp } from '../commands/move-stamp.ts'

const SECOND = `counterpart_id IS NOT NULL`
const FIRST = `kind = 'move' AND counterpart_id IS NULL`

/** One way to damage a move by hand, and what the proof must say of it. */
const DAMAGES: readonly { readonly title: string; readonly sql: string; readonly says: RegExp }[] = [
  {
    title: 'that brings more than was taken',
    sql: `UPDATE entries SET stamps = stamps + 1, balance = balance + 1 WHERE ${SECOND};
          UPDATE cards SET balance = balance + 1 WHERE id = :otherCard`,
    says: /^entry .* moves 3, of which .* took 2$/,
  },
  {
    title: 'whose first line is not there',
    sql: `UPDATE entries SET counterpart_id = :nobody WHERE ${SECOND}`,
    says: /^entry .* moves what .* took, which is not there$/,
  },
  {
    title: 'whose first line is no move',
    sql: `UPDATE entries SET kind = 'void' WHERE ${FIRST}`,
    says: /^entry .* are no move$/,
  },
  {
    title: 'whose second line is no move',
    sql: `UPDATE entries SET kind = 'stamp' WHERE ${SECOND}`,
    says: /^entry .* are no move$/,
  },
  {
    title: 'whose lines are on one card',
    sql: `UPDATE entries SET card_id = :otherCard WHERE ${FIRST}`,
    says: /^entry .* took off the same card$/,
  },
  {
    title: 'from nowhere',
    sql: `UPDATE entries SET counterpart_id = NULL WHERE ${SECOND}`,
    says: /^entry .* is a move from nowhere$/,
  },
  {
    title: 'to nowhere',
    sql: `UPDATE entries SET kind = 'import', counterpart_id = NULL WHERE ${SECOND}`,
    says: /^café ongi stamps that were moved from card to card add up to -2, not to 0$/,
  },
]

onEveryEngine('verifying moved stamps', (engine) => {
  it('finds nothing wrong with a move', async () => {
    await using world = await World.make({ engine })
    await moveALittle(world)
    assert.deepEqual(await world.faults(), [])
  })

  for (const { title, sql, says } of DAMAGES) {
    it(`names a move ${title}`, async () => {
      await using world = await World.make({ engine })
      await moveALittle(world)
      await damageLedger(world, sql)
      const faults = (await world.faults()).map(({ row, what }) => `${row} ${what}`)
      assert.ok(
        faults.some((fault) => says.test(fault)),
        faults.join('\n') || 'it found nothing',
      )
    })
  }
})

/** Two stamps meant for the second number, from the first. */
async function moveALittle(world: World): Promise<void> {
  const browserId = await world.bind(phoneNumber(1))
  for (let times = 0; times < 5; times += 1) await world.stamp({ browserId })
  await world.stamp({ browserId, stamps: 2 })
  await world.bind(phoneNumber(2))
  const [line] = await world.history(phoneNumber(1))
  const programme = await world.store.cafes.programmeOf(world.cafe.id)
  const newIds = { off: world.random.uuid(), on: world.random.uuid(), card: world.random.uuid() }
  const input = { cafe: world.cafe, programme, undoneId: String(line?.id), cardId: null }
  const atMs = world.clock.nowMs
  const outcome = await world.store.transaction(world.cafe.id, (tx) =>
    moveStamp(
      tx,
      { kind: 'operator', cafeId: world.cafe.id },
      { ...input, phone: phoneNumber(2), reason: 'a slip', atMs, newIds },
    ),
  )
  assert.ok(outcome.ok)
}
