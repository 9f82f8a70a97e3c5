import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { onEveryEngine } from '../../test/engines.ts'
import { Shift } from '../../test/shift.ts'
import { phoneNumber, World } from '../../test/world.ts'
import { claimLinkId, claimTokenOf, kioskClaimToken } from '../rules/claim.ts'
import type { Outcome } from './answer-once.ts'

const MINUTE_MS = 60_000
const [one, two] = [phoneNumber(1), phoneNumber(2)]

describe('the token of a claim link', () => {
  it('is 128 bits, and only its hash is kept', () => {
    const token = claimTokenOf(new Uint8Array(16).fill(7))
    assert.match(token, /^[\w-]{22}$/)
    const id = claimLinkId(token)
    assert.ok(id !== null && id.length === 43 && !id.includes(token))
    for (const text of ['', 'abc', `${token}x`, `${token.slice(1)}%`, ` ${token}`])
      assert.equal(claimLinkId(text), null)
  })

  it('of a kiosk’s form is the same when the form is sent again, and another for another form', () => {
    assert.match(kioskClaimToken('a'.repeat(22)), /^[\w-]{22}$/)
    assert.equal(kioskClaimToken('a'.repeat(22)), kioskClaimToken('a'.repeat(22)))
    assert.notEqual(kioskClaimToken('a'.repeat(22)), kioskClaimToken('b'.repeat(22)))
  })
})

onEveryEngine('a claim link from staff', (engine) => {
  it('makes a browser that nobody knows proven, and the claim says by whom', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    const browserId = claimed(await shift.claim(linkId))
    assert.equal((await world.view(browserId))?.stamps, 7)
    assert.equal((await world.store.browsers.find(world.cafe.id, browserId))?.isProven, true)
    assert.deepEqual(await world.faults(), [])
  })

  it('proves the customer’s own browser, and keeps it', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const mine = await world.bind(one, 2)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    assert.equal(claimed(await shift.claim(linkId, mine)), mine)
    assert.equal((await world.view(mine))?.stamps, 9)
  })

  it('on a browser of another card forgets that one first', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const elsewhere = await world.bind(two, 3)
    await world.bind(one, 7)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    const browserId = claimed(await shift.claim(linkId, elsewhere))
    assert.equal(await world.view(elsewhere), null)
    assert.equal((await world.view(browserId))?.stamps, 7)
    assert.equal((await shift.cardOf(two)).balance, 3)
  })

  it('is claimed once: the same browser hears the first answer again, another that it was used', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => shift.claim(linkId)))
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
    for (const outcome of outcomes) if (!outcome.ok) assert.equal(outcome.reason, 'claim-used')
    const browserId = claimed(outcomes.find(({ ok }) => ok) ?? (await shift.claim(linkId)))
    assert.equal(claimed(await shift.claim(linkId, browserId)), browserId)
    const stranger = await world.bind(one)
    assert.deepEqual(await shift.claim(linkId, stranger), { ok: false, reason: 'claim-used' })
    assert.equal((await world.view(stranger))?.stamps, 1)
  })

  it('is claimed once also where two processes hear it at the same time', async () => {
    await using world = await World.make({ engine })
    const beside = await world.openBeside()
    try {
      const shift = await Shift.begin(world)
      await world.bind(one, 7)
      for (let time = 0; time < 15; time += 1) {
        const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
        const stores = [world.store, beside, world.store, beside]
        const outcomes = await Promise.all(stores.map((store) => shift.claim(linkId, null, store)))
        assert.equal(outcomes.filter(({ ok }) => ok).length, 1)
      }
      assert.deepEqual(await world.faults(), [])
    } finally {
      await beside.close()
    }
  })

  it('is too old after five minutes, and unknown to the rival and to whoever made it up', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const rival = await Shift.begin(world)
    rival.cafe = world.rival
    await world.bind(one, 7)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    assert.deepEqual(await rival.claim(linkId), { ok: false, reason: 'claim-unknown' })
    assert.deepEqual(await shift.claim(shift.newLinkId()), { ok: false, reason: 'claim-unknown' })
    world.clock.nowMs += 5 * MINUTE_MS
    assert.deepEqual(await shift.claim(linkId), { ok: false, reason: 'claim-expired' })
    world.clock.nowMs -= 1
    assert.ok((await shift.claim(linkId)).ok)
  })

  it('is made for a card of this café alone, and nobody nods to it', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 1, world.rival)
    const theirs = await world.store.cards.findByPhone(world.rival.id, one)
    await assert.rejects(shift.link(shift.barista, String(theirs?.id)), /no-such-card/)
    await world.bind(one)
    const linkId = await shift.link(shift.barista, (await shift.cardOf(one)).id)
    assert.deepEqual(await shift.nod(shift.barista, linkId), { ok: false, reason: 'claim-unknown' })
  })
})

onEveryEngine('the claim link of a kiosk', (engine) => {
  it('hands the phone just that stamp, and the whole card once staff have nodded', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const { linkId, browserId } = await shift.stampAtKiosk(one)
    assert.equal(claimed(await shift.claim(linkId)), browserId)
    assert.equal((await world.view(browserId))?.stamps, 1)
    const nodded = await shift.nod(shift.barista, linkId)
    assert.ok(nodded.ok && nodded.browserId === browserId)
    assert.equal((await world.view(browserId))?.stamps, 8)
    assert.deepEqual(await world.faults(), [])
  })

  it('makes the phone proven at once when staff nodded before', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const { linkId, browserId } = await shift.stampAtKiosk(one)
    assert.ok((await shift.nod(shift.barista, linkId)).ok)
    assert.equal(
      (await world.store.browsers.find(world.cafe.id, browserId))?.isProven,
      false,
      'nobody holds it yet',
    )
    assert.equal(claimed(await shift.claim(linkId)), browserId)
    assert.equal((await world.view(browserId))?.stamps, 8)
    assert.ok((await shift.nod(shift.colleague, linkId)).ok, 'a second nod changes nothing')
    const link = await world.store.claimLinks.find(world.cafe.id, linkId)
    assert.equal(link?.noddedBy, shift.barista.person.id)
  })

  it('gives the stamp to the browser that the customer has already, and proves that one', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    await world.bind(one, 7)
    const mine = await world.bind(one, 2)
    const { linkId, browserId: made } = await shift.stampAtKiosk(one)
    assert.equal(claimed(await shift.claim(linkId, mine)), mine)
    assert.equal((await world.view(mine))?.stamps, 3)
    assert.equal(await world.view(made), null)
    assert.ok((await shift.nod(shift.manager, linkId)).ok)
    assert.equal((await world.view(mine))?.stamps, 10)
    assert.deepEqual(await world.faults(), [])
  })

  it('gives it no more than the card has left', async () => {
    await using world = await World.make({ engine, cost: 3 })
    const shift = await Shift.begin(world)
    const mine = await world.bind(one, 3)
    const { linkId } = await shift.stampAtKiosk(one)
    assert.ok((await shift.redeem(shift.barista, { cardId: (await shift.cardOf(one)).id })).ok)
    assert.equal(claimed(await shift.claim(linkId, mine)), mine)
    assert.equal((await world.view(mine))?.stamps, 1)
    assert.deepEqual(await world.faults(), [])
  })

  it('on a phone that knows another card forgets that one', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const elsewhere = await world.bind(two, 3)
    const { linkId, browserId } = await shift.stampAtKiosk(one)
    assert.equal(claimed(await shift.claim(linkId, elsewhere)), browserId)
    assert.equal(await world.view(elsewhere), null)
  })

  it('waits on staff’s screen until they nod, and is too old for it after a while', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const { linkId } = await shift.stampAtKiosk(one)
    const late = await shift.stampAtKiosk(two)
    const waiting = () =>
      world.store.claimLinks.waitingForNod(world.cafe.id, world.clock.nowMs - 5 * MINUTE_MS, 10)
    assert.equal((await waiting()).length, 2)
    assert.ok((await shift.nod(shift.barista, linkId)).ok)
    assert.deepEqual(
      (await waiting()).map(({ id }) => id),
      [late.linkId],
    )
    world.clock.nowMs += 4 * MINUTE_MS
    assert.ok((await shift.claim(late.linkId)).ok)
    world.clock.nowMs += 4 * MINUTE_MS
    assert.ok((await shift.nod(shift.barista, late.linkId)).ok, 'four minutes after the claim')
    const never = await shift.stampAtKiosk(one)
    world.clock.nowMs += 5 * MINUTE_MS
    assert.deepEqual(await shift.nod(shift.barista, never.linkId), { ok: false, reason: 'claim-expired' })
    assert.deepEqual(await shift.claim(never.linkId), { ok: false, reason: 'claim-expired' })
  })

  it('that a phone has claimed and then was “not me” on proves nobody', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    const { linkId } = await shift.stampAtKiosk(one)
    await world.forget(claimed(await shift.claim(linkId)))
    assert.ok((await shift.nod(shift.barista, linkId)).ok)
    assert.deepEqual(await world.faults(), [])
  })

  it('claimed and nodded to in the same moment proves, whichever is first', async () => {
    await using world = await World.make({ engine })
    const shift = await Shift.begin(world)
    for (let time = 0; time < 6; time += 1) {
      const { linkId, browserId } = await shift.stampAtKiosk(one)
      const both = [() => shift.claim(linkId), () => shift.nod(shift.barista, linkId)]
      const outcomes = await Promise.all((time % 2 === 0 ? both : both.toReversed()).map((act) => act()))
      assert.ok(outcomes.every(({ ok }) => ok))
      assert.equal((await world.store.browsers.find(world.cafe.id, browserId))?.isProven, true)
    }
  })
})

function claimed(outcome: Outcome<string>): string {
  if (!outcome.ok) throw new Error(outcome.reason)
  return String(outcome.answer.browserId)
}
