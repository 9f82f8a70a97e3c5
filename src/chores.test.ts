import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { changeRows } from '../test/damage.ts'
import { onEveryEngine } from '../test/engines.ts'
import { Shift } from '../test/shift.ts'
import { phoneNumber, World } from '../test/world.ts'
import { type ChoreLog, startChores } from './chores.ts'
import { sessionStoreOf } from './store/sessions.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

onEveryEngine('the chores of a serving process', (engine) => {
  it('forget the answers to forms older than thirty days, and keep the others', async () => {
    await using world = await World.make({ engine })
    await keepAnswers(world, 'old', 1_200, world.clock.nowMs)
    await keepAnswers(world, 'new', 300, world.clock.nowMs + 2 * DAY_MS)
    world.clock.nowMs += 31 * DAY_MS
    const log = paperLog()
    await startChores({ store: world.store, clock: world.clock.read, log })()
    const stop = startChores({ store: world.store, clock: world.clock.read, log })
    await until(() => log.lines.length > 0)
    await stop()
    const left = await world.store.answers.keysAfter(world.cafe.id, '', 10_000)
    assert.equal(left.length, 300)
    assert.ok(left.every(({ key }) => key.startsWith('new')))
  })

  it('come round again, and stop when told', async () => {
    await using world = await World.make({ engine })
    const log = paperLog()
    const stop = startChores({ store: world.store, clock: world.clock.read, log, everyMs: 10 })
    world.clock.nowMs += 31 * DAY_MS
    await keepAnswers(world, 'old', 1, 0)
    await until(() => log.lines.length > 0)
    await stop()
    await keepAnswers(world, 'old', 1, 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal((await world.store.answers.keysAfter(world.cafe.id, '', 10)).length, 1)
  })

  it('that fail are written down, and do not take the server with them', async () => {
    await using world = await World.make({ engine })
    const log = paperLog()
    const store = {
      ...world.store,
      cafes: { ...world.store.cafes, list: () => Promise.reject(new Error('a slip')) },
    }
    await startChores({ store, clock: world.clock.read, log })()
    assert.match(JSON.stringify(log.lines), /a slip/)
  })
})

onEveryEngine('the chores, at the counter', (engine) => {
  it('forget the kiosk’s browsers that nobody claimed, never those that somebody has, and links after a day', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const kept = await shift.stampAtKiosk(phoneNumber(1))
    const lost = await shift.stampAtKiosk(phoneNumber(2))
    await shift.claim(kept.linkId)
    await doChores(world)
    assert.equal((await world.view(lost.browserId))?.stamps, 1, 'its link is still live')

    world.clock.nowMs += 7 * 60_000
    await doChores(world)
    assert.equal(await world.view(lost.browserId), null)
    assert.equal((await world.view(kept.browserId))?.stamps, 1)
    assert.equal((await world.store.cards.findByPhone(world.cafe.id, phoneNumber(2)))?.balance, 1)
    assert.notEqual(await world.store.claimLinks.find(world.cafe.id, lost.linkId), null)

    world.clock.nowMs += DAY_MS
    await doChores(world)
    assert.equal(await world.store.claimLinks.find(world.cafe.id, lost.linkId), null)
    assert.deepEqual(await world.faults(), [])
  })

  it('forget sessions that are over, with their addresses, and links that ran out, and keep the others', async () => {
    await using world = await World.make({ engine })
    const { nowMs } = world.clock
    const { change } = sessionStoreOf(world.store, world.cafe.id)
    for (const hours of [1, 3])
      await change({ id: `of ${hours} h` }, () => session(`of ${hours} h`, nowMs, hours))
    const invitation = { purpose: 'staff', personId: null, createdAtMs: nowMs } as const
    await world.store.transaction(world.cafe.id, async (tx) => {
      for (const hours of [1, 3])
        await tx.invitations.add(world.cafe.id, {
          ...invitation,
          id: `of ${hours} h`,
          expiresAtMs: nowMs + hours * HOUR_MS,
        })
    })
    world.clock.nowMs += 2 * HOUR_MS
    await doChores(world)
    const { sessions, invitations } = world.store
    assert.deepEqual(await sessions.idsOf(world.cafe.id, { subject: 'somebody' }), ['of 3 h'])
    assert.equal(await invitations.find(world.cafe.id, 'of 1 h'), null)
    assert.notEqual(await invitations.find(world.cafe.id, 'of 3 h'), null)
  })

  it('give a code to the cards that were opened before cards had any', async () => {
    await using world = await World.make({ engine })
    for (let place = 0; place < 60; place += 1) await world.bind(phoneNumber(place))
    await changeRows(world, 'UPDATE cards SET code = NULL')
    const card = await world.store.cards.findByPhone(world.cafe.id, phoneNumber(59))
    const code = world.store.cards.codeOf(world.cafe.id, String(card?.id))
    assert.deepEqual((await world.store.cards.findByCode(world.cafe.id, code, 5)).cards, [])
    await doChores(world)
    const [found] = (await world.store.cards.findByCode(world.cafe.id, code, 5)).cards
    assert.equal(found?.id, card?.id)
  })
})

function session(id: string, nowMs: number, hours: number) {
  const whose = { subject: 'somebody', facts: '{"address":"203.0.113.7"}', secretHash: 'x'.repeat(43) }
  return { id, ...whose, createdAtMs: nowMs, usedAtMs: nowMs, expiresAtMs: nowMs + hours * HOUR_MS }
}

/** One round, to its end. */
async function doChores(world: World): Promise<void> {
  const done = Promise.withResolvers<void>()
  const store = {
    ...world.store,
    async asOnly(chore: string, work: () => Promise<void>) {
      const wasRun = await world.store.asOnly(chore, work)
      if (chore === 'write-card-codes') done.resolve()
      return wasRun
    },
  }
  const stop = startChores({ store, clock: world.clock.read, log: paperLog() })
  await done.promise
  await stop()
}

function keepAnswers(world: World, prefix: string, count: number, atMs: number): Promise<void> {
  return world.store.transaction(world.cafe.id, async (tx) => {
    for (let place = 0; place < count; place += 1) {
      const answer = { browserId: null, entryId: null, stamps: 1, atMs }
      await tx.answers.keep(world.cafe.id, `${prefix}-${place}`, 'csrf:1', 'a form', answer)
    }
  })
}

function paperLog(): ChoreLog & { lines: object[] } {
  const lines: object[] = []
  const write = (facts: object, words: string) => void lines.push({ ...facts, words })
  return { lines, info: write, error: write }
}

async function until(isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo() && waited < 5_000; waited += 10)
    await new Promise((resolve) => setTimeout(resolve, 10))
  assert.ok(isSo(), 'it did not happen within 5 s')
}
