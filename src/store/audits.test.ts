import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { changeTables } from '../../test/other-process.ts'
import { phoneNumber, World } from '../../test/world.ts'
import type { NewAudit } from '../rules/audit.ts'
import type { Cafe } from './cafes.ts'
import type { Store, Tx } from './store.ts'

onEveryEngine('the audit log', (engine) => {
  it('says who did what, from where and when, newest first', async () => {
    await using world = await World.make({ engine })
    const [personId, deviceId, subject] = [world.random.uuid(), world.random.uuid(), world.random.uuid()]
    const line = { ...lineOf(world), personId, deviceId, subject, address: '192.0.2.7' }
    const facts = { stamps: 2, branch: 'a"b', a: -1 }
    await append(world, { ...line, act: 'stamp', facts }, { ...line, act: 'undo', facts: {} })
    const kept = { ...line, cafeId: world.cafe.id }
    assert.deepEqual(await world.store.audits.page(world.cafe.id, null, 10), [
      { ...kept, number: 2, act: 'undo', facts: {} },
      { ...kept, number: 1, act: 'stamp', facts },
    ])
    assert.deepEqual(await world.faults(), [])
  })

  it('is read page by page, backwards and forwards', async () => {
    await using world = await World.make({ engine })
    await append(world, ...Array.from({ length: 7 }, () => lineOf(world)))
    const { audits } = world.store
    const numbers = (lines: readonly { number: number }[]) => lines.map(({ number }) => number)
    assert.deepEqual(numbers(await audits.page(world.cafe.id, null, 3)), [7, 6, 5])
    assert.deepEqual(numbers(await audits.page(world.cafe.id, 5, 3)), [4, 3, 2])
    assert.deepEqual(numbers(await audits.page(world.cafe.id, 2, 3)), [1])
    assert.deepEqual(numbers(await audits.since(world.cafe.id, 4, 2)), [5, 6])
    assert.deepEqual(numbers(await audits.since(world.cafe.id, 7, 2)), [])
  })

  it('of another café is another chain, and its lines are never seen', async () => {
    await using world = await World.make({ engine })
    await append(world, lineOf(world))
    await appendAt(world.store, world.rival, lineOf(world), lineOf(world))
    assert.equal((await world.store.audits.page(world.cafe.id, null, 9)).length, 1)
    assert.equal((await world.store.audits.since(world.rival.id, 0, 9)).length, 2)
    assert.deepEqual(await world.faults(), [])
  })

  it('has no line of a change that was undone, and goes on without a gap', async () => {
    await using world = await World.make({ engine })
    const slip = world.store.transaction(world.cafe.id, async (tx) => {
      await tx.audits.append(world.cafe.id, { ...lineOf(world), act: 'redeem' })
      throw new Error('a slip')
    })
    const lateSlip = world.store.transaction(world.cafe.id, async (tx) => {
      await tx.audits.append(world.cafe.id, { ...lineOf(world), act: 'redeem' })
      await writeStraight(tx, world)
      throw new Error('a late slip')
    })
    await Promise.allSettled([append(world, lineOf(world)), slip, lateSlip, append(world, lineOf(world))])
    const lines = await world.store.audits.since(world.cafe.id, 0, 9)
    assert.deepEqual(
      lines.map(({ number, act }) => [number, act]),
      [
        [1, 'search'],
        [2, 'search'],
      ],
    )
    assert.deepEqual(await world.faults(), [])
  })

  it('has one line for each of many changes at once, also of those that were run twice or sent early', async () => {
    await using world = await World.make({ engine })
    const writes = Array.from({ length: 120 }, (_, place) => stampAndNote(world, world.store, place))
    await Promise.all(writes)
    const lines = await world.store.audits.since(world.cafe.id, 0, 1_000)
    assert.deepEqual(
      lines.map(({ facts }) => Number(facts.place)).sort((one, other) => one - other),
      Array.from({ length: 120 }, (_, place) => place),
    )
    assert.deepEqual(
      lines.map(({ number }) => number),
      Array.from({ length: 120 }, (_, place) => place + 1),
    )
    assert.deepEqual(await world.faults(), [])
  })

  it('is one chain, whichever process writes it', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    const cards = Array.from({ length: 40 }, (_, place) => stampAndNote(world, world.store, place))
    await Promise.all(cards)
    const stores = Array.from({ length: 160 }, (_, place) => (place % 3 === 0 ? world.store : beside))
    await Promise.all(stores.map((store, place) => stampAndNote(world, store, place)))
    await beside.close()
    const lines = await world.store.audits.since(world.cafe.id, 0, 1_000)
    assert.deepEqual(
      lines.map(({ number }) => number),
      Array.from({ length: 200 }, (_, place) => place + 1),
    )
    assert.deepEqual(await world.faults(), [])
  })

  it('begins with a café that is made in the same transaction', async () => {
    await using world = await World.make({ engine })
    const cafe = { slug: 'third', name: 'x', country: 'KR', timeZone: 'Asia/Seoul', mode: 'self' } as const
    const id = await world.store.transaction(null, async (tx) => {
      const cafeId = await tx.cafes.add(cafe, 0)
      await tx.audits.append(cafeId, lineOf(world))
      return cafeId
    })
    assert.equal((await world.store.audits.page(id, null, 9)).length, 1)
    assert.deepEqual(await world.faults(), [])
  })

  it('refuses to change a line or take one away', async () => {
    await using world = await World.make({ engine })
    await append(world, lineOf(world))
    const replace =
      engine.name === 'SQLite'
        ? 'INSERT OR REPLACE INTO audits SELECT * FROM audits'
        : "INSERT INTO audits SELECT * FROM audits ON CONFLICT (cafe_id, number) DO UPDATE SET act = 'x'"
    for (const change of ["UPDATE audits SET act = 'x'", 'DELETE FROM audits', replace])
      await assert.rejects(changeTables(world, change), /append-only/, change)
  })

  it('keeps text that a database would not hand back as it was', async () => {
    await using world = await World.make({ engine })
    const odd = 'a\0b\ud800c'
    await append(world, { ...lineOf(world), subject: odd, facts: { odd } })
    await append(world, { ...lineOf(world), personId: world.random.uuid().toUpperCase() })
    const [, first] = await world.store.audits.page(world.cafe.id, null, 9)
    assert.deepEqual([first?.subject, first?.facts], ['a\ufffdb\ufffdc', { odd }])
    assert.deepEqual(await world.faults(), [])
  })
})

function lineOf({ clock }: World): NewAudit {
  const nobody = { personId: null, deviceId: null, address: null, subject: null }
  return { ...nobody, atMs: clock.nowMs, actor: 'staff', act: 'search', facts: {} }
}

function append(world: World, ...lines: readonly NewAudit[]): Promise<void> {
  return appendAt(world.store, world.cafe, ...lines)
}

function appendAt(store: Store, cafe: Cafe, ...lines: readonly NewAudit[]): Promise<void> {
  return store.transaction(cafe.id, async (tx) => {
    for (const line of lines) await tx.audits.append(cafe.id, line)
  })
}

/** A stamp on one of few cards, so that some meet and are run again, with its audit line; every tenth sends what it has early. */
function stampAndNote(world: World, store: Store, place: number): Promise<void> {
  const opening = { id: world.random.uuid(), promisedVersion: 1, atMs: world.clock.nowMs }
  return store.transaction(world.cafe.id, async (tx) => {
    await tx.audits.append(world.cafe.id, { ...lineOf(world), facts: { place } })
    await tx.cards.lockOrOpen(world.cafe.id, phoneNumber(place % 40), opening)
    if (place % 10 === 0) await writeStraight(tx, world)
  })
}

/** Something that is not gathered. */
function writeStraight(tx: Tx, { cafe }: World) {
  return tx.answers.drop(cafe.id, ['no such key'])
}
