// The card against a model of it: random stories of browsers, numbers, staff and restarts, in which the ledger and what every
// browser sees must be what plain lines say. Decided in src/rules, lived through src/commands and the real store.
import { strict as assert } from 'node:assert'
import { randomInt } from 'node:crypto'
import { it } from 'node:test'
import fc from 'fast-check'
import { answerOnce } from '../src/commands/answer-once.ts'
import { forgetBrowser } from '../src/commands/forget-browser.ts'
import { redeemReward } from '../src/commands/redeem-reward.ts'
import { stampCard } from '../src/commands/stamp-card.ts'
import type { Entry } from '../src/rules/entry.ts'
import type { Tx } from '../src/store/store.ts'
import { runs } from './effort.ts'
import { engines } from './engines.ts'
import { MANAGER, Model } from './model.ts'
import { Shift } from './shift.ts'
import { phoneNumber, World } from './world.ts'

const HANDS = 3 // browsers that people hold; each forgets and binds again
const NUMBERS = 2
const LIMITS = { gapMs: 90_000, visits: 3, atOnce: 4 }
const seed = Number(process.env.DOJANG_TEST_SEED ?? randomInt(2 ** 31))

/** Something that a form asked, so that it can be asked again with the same key. */
interface Asked {
  readonly hand: number
  readonly send: () => Promise<{ ok: boolean; browserId?: string | null; reason?: string }>
  readonly first: { ok: boolean; browserId?: string | null }
}

interface Real {
  readonly world: World
  readonly shift: Shift
  /** The card cookie of each hand: a browser's id, or null. */
  readonly cookies: (string | null)[]
  readonly asked: Asked[]
}

type Step = fc.AsyncCommand<Model, Real>

for (const engine of engines) {
  it(`whatever happens in whatever order, the ledger and every browser’s view are what the model says, on ${engine.name}`, async (t) => {
    // Over a socket a story takes twenty times as long, so PostgreSQL hears fewer of them; the long run tells it all.
    const stories = runs(engine.name === 'SQLite' ? 300 : 40, 20_000)
    t.diagnostic(
      `${stories} stories, DOJANG_TEST_SEED=${seed} node --test test/model.test.ts tells the same ones`,
    )
    await fc.assert(
      fc.asyncProperty(fc.commands(steps(), { maxCommands: 50, size: 'max' }), async (story) => {
        await using world = await World.make({ cost: 3, engine })
        const shift = await Shift.begin(world)
        const setup = () => ({
          model: new Model(HANDS, 3),
          real: { world, shift, cookies: Array(HANDS).fill(null), asked: [] },
        })
        await fc.asyncModelRun(setup, story)
        assert.deepEqual(await world.faults(), [])
        assert.equal((await world.store.cards.findByPhone(world.rival.id, phoneNumber(0)))?.balance ?? 0, 0)
      }),
      {
        seed,
        numRuns: stories,
        endOnFailure: false,
        interruptAfterTimeLimit: runs(18_000, 3_600_000),
      },
    )
  })
}

function steps(): fc.Arbitrary<Step>[] {
  const hand = fc.nat(HANDS - 1)
  const number = fc.nat(NUMBERS - 1)
  const staff = fc.nat(MANAGER)
  const stamps = fc.constantFrom(1, 1, 1, 2, 5)
  return [
    fc.tuple(hand, number, stamps).map(([who, phone, count]) => stampStep(who, phone, count)),
    fc.tuple(hand, stamps).map(([who, count]) => stampStep(who, null, count)),
    hand.map(redeemStep),
    hand.map(redeemStep),
    fc.nat().map(replayStep),
    fc.nat().map(voidStep),
    hand.map(forgetStep),
    hand.map(proveStep),
    fc.integer({ min: 1, max: 6 }).map(costStep),
    fc.constant(restartStep()),
    fc.constant(setUpStep()),
    fc.constantFrom(30, 600).map(waitStep),
    fc.tuple(staff, number, stamps, fc.boolean()).map((all) => staffStampStep(...all)),
    fc.tuple(staff, number).map((all) => staffRedeemStep(...all)),
    fc.tuple(staff, fc.nat(), fc.boolean()).map((all) => undoStep(...all)),
    fc.tuple(staff, fc.nat(), number, fc.boolean()).map((all) => moveStep(...all)),
    number.map(kioskStep),
    fc.tuple(hand, fc.nat()).map((all) => claimStep(...all)),
    fc.tuple(staff, fc.nat()).map((all) => nodStep(...all)),
    fc.tuple(staff, hand, number).map((all) => linkStep(...all)),
  ]
}

function stampStep(hand: number, number: number | null, stamps: number): Step {
  return step(`hand ${hand} stamps ${stamps} on ${number ?? 'its card'}`, async (model, real) => {
    const { world, shift } = real
    const phone = number === null ? null : phoneNumber(number)
    const programme = await world.store.cafes.programmeOf(world.cafe.id)
    const browserId = real.cookies[hand] ?? null
    const newIds = world.newIds()
    const input = { cafe: shift.cafe, programme, browserId, phone, stamps, atMs: world.clock.nowMs, newIds }
    const first = await ask(real, hand, `stamp ${number} ${stamps}`, (tx) =>
      stampCard(tx, actorOf(world), input),
    )
    assert.equal(first.ok, model.stamp(hand, number, stamps, newIds.entry) === null)
    if (!first.ok) return
    if (browserId !== null && browserId !== first.browserId) assert.equal(await world.view(browserId), null)
    real.cookies[hand] = first.browserId ?? null
  })
}

function redeemStep(hand: number): Step {
  return step(`hand ${hand} redeems`, async (model, real) => {
    const { world } = real
    const browserId = real.cookies[hand]
    if (!browserId) return
    const programme = await world.store.cafes.programmeOf(world.cafe.id)
    const input = {
      programme,
      browserId,
      rewardId: null,
      entryId: world.random.uuid(),
      atMs: world.clock.nowMs,
    }
    const first = await ask(real, hand, 'redeem', (tx) => redeemReward(tx, actorOf(world), input))
    assert.equal(first.ok, model.redeem(hand, input.entryId))
  })
}

/** A form pressed twice, or found again in a tab: done once, and the first answer again. Another hand gets neither. */
function replayStep(place: number): Step {
  return step(`form ${place} is sent again`, async (_, real) => {
    const asked = real.asked[place % Math.max(1, real.asked.length)]
    if (asked !== undefined) assert.deepEqual(await asked.send(), asked.first)
  })
}

function voidStep(place: number): Step {
  return step(`line ${place} is voided`, async (model, { world, shift }) => {
    const line = model.lines[place % Math.max(1, model.lines.length)]
    if (line === undefined) return
    const outcome = await world.void(line.id, shift.cafe)
    assert.equal(reasonOf(outcome), model.void(line, outcome.ok ? outcome.entry.id : ''))
  })
}

function forgetStep(hand: number): Step {
  return step(`hand ${hand} is “not me”`, async (model, real) => {
    const browserId = real.cookies[hand] ?? null
    await ask(real, hand, 'forget', (tx) =>
      forgetBrowser(tx, { cafeId: real.world.cafe.id, browserId, atMs: real.world.clock.nowMs }),
    )
    if (browserId !== null) assert.equal(await real.world.view(browserId), null)
    real.cookies[hand] = null
    model.forget(hand)
  })
}

function proveStep(hand: number): Step {
  return step(`hand ${hand} is proven`, async (model, real) => {
    const browserId = real.cookies[hand]
    if (browserId) await real.world.prove(browserId)
    model.prove(hand)
  })
}

function costStep(cost: number): Step {
  return step(`the cost is ${cost} from now on`, async (model, { world }) => {
    await world.setCost(cost)
    model.costs.push(cost)
  })
}

/** From now on the limits hold. */
function setUpStep(): Step {
  return step('setup', async (model, { shift }) => {
    const setUpAtMs = model.setUpAtMs ?? model.nowMs
    const { gapMs, visits: visitsADay, atOnce: stampsAVisit } = LIMITS
    await shift.set({ setUpAtMs, stampGapSeconds: gapMs / 1000, visitsADay, stampsAVisit })
    model.setUpAtMs = setUpAtMs
    model.limits = LIMITS
  })
}

function waitStep(minutes: number): Step {
  return step(`${minutes} minutes pass`, async (model, { world }) => {
    world.clock.nowMs += minutes * 60_000
    model.nowMs = world.clock.nowMs
  })
}

function staffStampStep(staff: number, number: number, stamps: number, lifts: boolean): Step {
  return step(
    `staff ${staff} stamp ${stamps} on ${number}${lifts ? ' over the limit' : ''}`,
    async (model, real) => {
      const newIds = real.world.newIds()
      const who = { phone: phoneNumber(number), stamps, isOverLimit: lifts, newIds }
      const outcome = await real.shift.stamp(staffOf(real, staff), who)
      const expected = model.stampByStaff(number, { stamps, id: newIds.entry, staff, lifts })
      assert.equal(reasonOf(outcome), expected)
    },
  )
}

function staffRedeemStep(staff: number, number: number): Step {
  return step(`staff ${staff} redeem for ${number}`, async (model, real) => {
    const card = await real.world.store.cards.findByPhone(real.world.cafe.id, phoneNumber(number))
    if (card === null) return
    const outcome = await real.shift.redeem(staffOf(real, staff), { cardId: card.id })
    const id = outcome.ok ? String(outcome.answer.entryId) : ''
    assert.equal(outcome.ok, model.redeemByStaff(number, { id, staff }))
  })
}

function undoStep(staff: number, place: number, hasReason: boolean): Step {
  return step(
    `staff ${staff} undo line ${place}${hasReason ? ' with a reason' : ''}`,
    async (model, real) => {
      const line = model.lines.at(-1 - (place % Math.max(1, model.lines.length)))
      if (line === undefined) return
      const outcome = await real.shift.undo(staffOf(real, staff), line.id, hasReason ? 'a slip' : null)
      const expected = model.void(line, outcome.ok ? outcome.entry.id : '', { staff, hasReason })
      assert.equal(reasonOf(outcome), expected)
    },
  )
}

function moveStep(staff: number, place: number, number: number, hasReason: boolean): Step {
  return step(`staff ${staff} move line ${place} to ${number}`, async (model, real) => {
    const line = model.lines.at(-1 - (place % Math.max(1, model.lines.length)))
    if (line === undefined) return
    const reason = hasReason ? 'the wrong number' : null
    const outcome = await real.shift.move(
      staffOf(real, staff),
      line.id,
      { phone: phoneNumber(number) },
      { reason },
    )
    const ids = outcome.ok ? { offId: outcome.off.id, onId: outcome.on.id } : { offId: '', onId: '' }
    assert.equal(reasonOf(outcome), model.move(line, number, { staff, hasReason, ...ids }))
  })
}

function kioskStep(number: number): Step {
  return step(`${number} is typed at the kiosk`, async (model, { shift }) => {
    const { outcome, linkId, entryId } = await shift.stampAtKiosk(phoneNumber(number))
    assert.equal(reasonOf(outcome), model.stampAtKiosk(number, entryId, linkId))
  })
}

function claimStep(hand: number, place: number): Step {
  return step(`hand ${hand} claims link ${place}`, async (model, real) => {
    const link = model.links.at(-1 - (place % Math.max(1, model.links.length)))
    if (link === undefined) return
    const outcome = await real.shift.claim(link.id, real.cookies[hand] ?? null)
    assert.equal(reasonOf(outcome), model.claim(hand, link))
    if (outcome.ok) real.cookies[hand] = outcome.answer.browserId
  })
}

function nodStep(staff: number, place: number): Step {
  return step(`staff ${staff} nod to link ${place}`, async (model, real) => {
    const link = model.links.at(-1 - (place % Math.max(1, model.links.length)))
    if (link === undefined) return
    assert.equal(reasonOf(await real.shift.nod(staffOf(real, staff), link.id)), model.nod(link))
  })
}

/** Staff's own link, claimed by a hand that has the card already. */
function linkStep(staff: number, hand: number, number: number): Step {
  return step(`staff ${staff} show hand ${hand} the card of ${number}`, async (model, real) => {
    if (model.hands[hand]?.number !== number) return
    const { id } = await real.shift.cardOf(phoneNumber(number))
    const linkId = await real.shift.link(staffOf(real, staff), id)
    const outcome = await real.shift.claim(linkId, real.cookies[hand] ?? null)
    assert.ok(outcome.ok && outcome.answer.browserId === real.cookies[hand])
    model.prove(hand)
  })
}

function staffOf({ shift }: Real, place: number) {
  return [shift.barista, shift.colleague, shift.manager][place] ?? shift.manager
}

function reasonOf(outcome: { readonly ok: boolean; readonly reason?: string }): string | null {
  return outcome.ok ? null : (outcome.reason ?? '')
}

function restartStep(): Step {
  return step('restart', async (_, { world }) => world.restart())
}

/** Every step moves the clock, and is followed by a look at all that can be seen. */
function step(name: string, run: (model: Model, real: Real) => Promise<void>): Step {
  return {
    check: () => true,
    toString: () => name,
    async run(model, real) {
      real.world.clock.nowMs += 30_000
      model.nowMs = real.world.clock.nowMs
      await run(model, real)
      await compare(model, real)
    },
  }
}

async function compare(model: Model, { world, cookies }: Real): Promise<void> {
  for (let number = 0; number < NUMBERS; number += 1) {
    const balance = (await world.store.cards.findByPhone(world.cafe.id, phoneNumber(number)))?.balance ?? 0
    const history = await world.history(phoneNumber(number))
    assert.equal(balance, model.balanceOf(number), `the balance of number ${number}`)
    assert.equal(
      balance,
      history.reduce((sum, { stamps }) => sum + stamps, 0),
    )
    assert.ok(balance >= 0)
    const spent = history.filter(({ kind }) => kind === 'redeem').reduce((sum, { stamps }) => sum - stamps, 0)
    assert.ok(spent <= history.reduce((sum, { stamps }) => sum + Math.max(0, stamps), 0), 'spent ≤ earned')
    if (model.setUpAtMs !== null) assertCaps(history, model.setUpAtMs)
  }
  for (const [hand, browserId] of cookies.entries()) {
    const view = browserId === null ? null : await world.view(browserId)
    const seen = view && { stamps: view.stamps, goal: view.goal, ready: view.ready }
    assert.deepEqual(seen, model.viewOf(hand), `what hand ${hand} sees`)
  }
}

/** Counted by the ledger itself: on no day more visits since setup than the limit, whatever was undone, moved or lifted meanwhile. */
function assertCaps(history: readonly Entry[], setUpAtMs: number): void {
  const days = new Map<number, Set<string>>()
  for (const { id, kind, atMs, undoesId, overLimit } of history.toReversed()) {
    const day = Math.floor((atMs + 9 * 3_600_000) / 86_400_000)
    const visits = days.get(day) ?? new Set()
    days.set(day, visits)
    if (undoesId !== null) for (const other of days.values()) other.delete(undoesId)
    if (kind !== 'stamp' || atMs < setUpAtMs) continue
    visits.add(id)
    if (overLimit === null) assert.ok(visits.size <= LIMITS.visits, `a visit beyond the cap: ${id}`)
  }
}

type Work = (tx: Tx) => ReturnType<typeof stampCard | typeof redeemReward | typeof forgetBrowser>

/** Sends a form with a new key, and keeps it so that it can be sent again. */
async function ask(real: Real, hand: number, request: string, work: Work) {
  const { world } = real
  const asker = `csrf:${hand}`
  const form = { cafeId: world.cafe.id, key: world.random.uuid(), askers: [asker] as [string], request }
  const send = async () => {
    const outcome = await world.store.transaction(world.cafe.id, (tx) =>
      answerOnce<string>(tx, form, () => work(tx)),
    )
    return outcome.ok
      ? { ok: true, browserId: outcome.answer.browserId }
      : { ok: false, reason: outcome.reason }
  }
  const first = await send()
  if (first.ok) real.asked.push({ hand, send, first })
  return first
}

function actorOf(world: World) {
  return { kind: 'browser', cafeId: world.cafe.id } as const
}
