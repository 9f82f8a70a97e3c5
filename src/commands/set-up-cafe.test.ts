import { strict as assert } from 'node:assert'
import { it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { NIL_ID } from '../rules/id.ts'
import { currentVersion } from '../rules/programme.ts'
import { clearTrialPage } from './clear-trial.ts'
import { makeInvitation, newInvitation, OWNER_LINK_MS } from './make-invitation.ts'
import { type SetupInput, setUpCafe } from './set-up-cafe.ts'

onEveryEngine('setup', (engine) => {
  it('ends the trial: mode, branch, owner, and the programme only where it is new', async () => {
    await using world = await World.make({ engine })
    const outcome = await setUp(world, {})
    assert.equal(outcome.ok, true)
    const cafe = await world.store.cafes.findBySlug('ongi')
    assert.deepEqual(
      [cafe?.name, cafe?.mode, cafe?.language, cafe?.setUpAtMs],
      ['온기 커피', 'counter', 'ja', world.clock.nowMs],
    )
    assert.equal(currentVersion(await world.store.cafes.programmeOf(world.cafe.id)).version, 1)
    const [owner] = await world.store.people.list(world.cafe.id)
    assert.deepEqual([owner?.role, owner?.email, owner?.hasPassword], ['owner', 'owner@ongi.example', true])
    assert.deepEqual(
      (await world.store.branches.list(world.cafe.id)).map(({ name }) => name),
      ['성수점'],
    )
    const acts = (await world.store.audits.page(world.cafe.id, null, 10)).map(({ act }) => act)
    assert.deepEqual(acts, ['setup', 'invitation-made'])
    assert.equal((await world.store.cafes.findBySlug('rival'))?.setUpAtMs, null)
  })

  it('is done once, and only by a link that is there', async () => {
    await using world = await World.make({ engine })
    const noLink = await setUp(world, { invitationId: 'made-up' })
    assert.deepEqual(noLink, { ok: false, reason: 'link-over' })
    const outcomes = [await setUp(world, {}), await setUp(world, { cost: 5 })]
    assert.deepEqual(
      outcomes.map(({ ok }) => ok),
      [true, false],
    )
    assert.equal((await world.store.people.list(world.cafe.id)).length, 1)
  })

  it('makes a new version of a programme that is another, and cards keep their promise', async () => {
    await using world = await World.make({ engine })
    const browserId = await world.bind(phoneNumber(1), 3)
    await setUp(world, { cost: 12 })
    assert.equal(currentVersion(await world.store.cafes.programmeOf(world.cafe.id)).version, 2)
    assert.deepEqual((await world.view(browserId))?.goal, 10)
  })

  it('takes back what the trial stamped, page by page, by lines that say why', async () => {
    await using world = await World.make({ engine })
    const browsers: string[] = []
    for (let place = 0; place < 7; place++) browsers.push(await world.bind(phoneNumber(place), place + 1))
    const rivals = await world.bind(phoneNumber(1), 2, world.rival)
    let afterId: string | null = NIL_ID
    let pages = 0
    while (afterId !== null) {
      const clearing = clearingOf(world, afterId)
      afterId = await world.store.transaction(world.cafe.id, (tx) => clearTrialPage(tx, clearing))
      pages += 1
    }
    assert.equal(pages, 3, 'three cards a page')
    await world.bind(phoneNumber(9), 1) // while the owner was pressing
    const outcome = await setUp(world, { clearing: clearingOf(world, NIL_ID) })
    assert.equal(outcome.ok, true)
    for (const browserId of browsers) assert.equal((await world.view(browserId))?.stamps, 0)
    const [line] = await world.history(phoneNumber(2))
    assert.deepEqual([line?.kind, line?.stamps, line?.reason], ['adjust', -3, 'the trial is over'])
    assert.equal((await world.view(rivals, world.rival))?.stamps, 2)
    assert.deepEqual(await world.faults(), [])
    const acts = (await world.store.audits.page(world.cafe.id, null, 10)).map(({ act }) => act)
    assert.ok(acts.includes('trial-cleared'))
  })
})

function clearingOf(world: World, afterId: string) {
  const entryIds = Array.from({ length: 3 }, () => world.random.uuid())
  const reason = 'the trial is over'
  return { cafeId: world.cafe.id, afterId, reason, entryIds, atMs: world.clock.nowMs }
}

async function setUp(
  world: World,
  { invitationId, cost = 10, clearing = null }: Partial<SetupInput> & { cost?: number },
) {
  const { cafe, clock, random, store } = world
  const link = { cafeId: cafe.id, purpose: 'setup', personId: null } as const
  const invitation = newInvitation(random, { ...link, atMs: clock.nowMs, lastsMs: OWNER_LINK_MS })
  const line = { personId: null, deviceId: null, address: null, subject: null, facts: {} }
  await store.transaction(cafe.id, (tx) =>
    makeInvitation(tx, invitation, { ...line, atMs: clock.nowMs, actor: 'operator', act: 'invitation-made' }),
  )
  const input: SetupInput = {
    cafe,
    settings: { name: '온기 커피', country: 'KR', timeZone: 'Asia/Seoul', mode: 'counter', language: 'ja' },
    reward: { name: null, cost },
    branch: { id: random.uuid(), name: '성수점' },
    owner: { id: random.uuid(), name: '은경', email: 'owner@ongi.example', passwordHash: 'a hash' },
    invitationId: invitationId ?? invitation.id,
    clearing,
    address: '127.0.0.1',
    atMs: clock.nowMs,
  }
  return store.transaction(cafe.id, (tx) => setUpCafe(tx, input))
}
