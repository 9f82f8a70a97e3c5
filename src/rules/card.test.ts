import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { addStamps, type Browser, type Card, type LedgerStep, spendReward, viewOf } from './card.ts'
import type { Programme } from './programme.ts'
import { undoEntry } from './undo.ts'

const browserActor = { kind: 'browser', cafeId: 1 } as const
const operator = { kind: 'operator', cafeId: 1 } as const
const tenForCoffee = programmeOf(10)
const onTrial = {
  timeZone: 'Asia/Seoul',
  setUpAtMs: null,
  stampGapSeconds: 0,
  visitsADay: 1,
  stampsAVisit: 1,
}
const plain = { timeZone: 'Asia/Seoul', hasLimits: true, codeStep: null, overLimit: null }

describe('stamping a card', () => {
  it('adds to the card and to what the browser owns, by a line that continues the one before', () => {
    const first = stamped({ card: newCard(), browser: newBrowser() })
    const second = stamped(first, { stamps: 3 })
    assert.equal(second.card.balance, 4)
    assert.equal(second.browser.own, 4)
    assert.equal(second.entry.balance, 4)
    assert.equal(second.entry.previousId, first.entry.id)
    assert.equal(second.entry.browserPreviousId, first.entry.id)
    assert.equal(second.card.lastEntryId, second.entry.id)
  })

  it('by staff, with no browser there, adds to the card alone', () => {
    const step = addStamps(newCard(), null, {
      ...plain,
      programme: tenForCoffee,
      stamps: 2,
      actor: operator,
      ...moment(),
    })
    assert.equal(step.card.balance, 2)
    assert.equal(step.browser, null)
    assert.equal(step.entry.browserId, null)
  })
})

describe('what a browser sees', () => {
  it('is its own stamps while it is unproven, and all of them once it is proven', () => {
    const card = newCard({ balance: 12 })
    const browser = newBrowser({ own: 3 })
    assert.equal(viewOf(card, browser, tenForCoffee).stamps, 3)
    assert.equal(viewOf(card, { ...browser, isProven: true }, tenForCoffee).stamps, 12)
  })

  it('counts the rewards that are ready', () => {
    const browser = newBrowser({ own: 25, isProven: false })
    const view = viewOf(newCard({ balance: 25 }), browser, tenForCoffee)
    assert.deepEqual([view.ready, view.goal, view.rewards.length], [2, 10, 1])
  })

  it('is one stamp on a neighbour’s number as on a number that nobody has', () => {
    const neighbours = stamped({ card: newCard({ balance: 9, lastEntryId: 'e0' }), browser: newBrowser() })
    const nobodys = stamped({ card: newCard(), browser: newBrowser() })
    assert.deepEqual(
      viewOf(neighbours.card, neighbours.browser, tenForCoffee),
      viewOf(nobodys.card, nobodys.browser, tenForCoffee),
    )
  })
})

describe('redeeming', () => {
  it('spends the cost once and keeps the rest', () => {
    const step = spent({ card: newCard({ balance: 13 }), browser: newBrowser({ own: 13 }) })
    assert.deepEqual([step.card.balance, step.browser.own, step.entry.stamps], [3, 3, -10])
    assert.equal(step.browser.ticketEntryId, step.entry.id)
    assert.equal(step.entry.rewardId, 'coffee')
  })

  it('is refused with fewer than the cost, whatever others have on the card', () => {
    const outcome = spendReward(newCard({ balance: 50 }), newBrowser({ own: 9 }), spending())
    assert.deepEqual(outcome, { ok: false, reason: 'not-enough' })
  })

  it('by a proven browser may spend what others earned, and leaves it owning nothing below zero', () => {
    const step = spent({ card: newCard({ balance: 12 }), browser: newBrowser({ own: 3, isProven: true }) })
    assert.deepEqual([step.card.balance, step.browser.own], [2, 0])
  })

  it('of an unknown reward is refused, and of one of several has to say which', () => {
    const both = { versions: [{ version: 1, rewards: [reward('coffee', 10), reward('cake', 20)] }] }
    const stock = newBrowser({ own: 30 })
    const card = newCard({ balance: 30 })
    for (const rewardId of ['tea', null]) {
      const outcome = spendReward(card, stock, spending({ programme: both, rewardId }))
      assert.deepEqual(outcome, { ok: false, reason: 'reward-unknown' })
    }
    const cake = spendReward(card, stock, spending({ programme: both, rewardId: 'cake' }))
    assert.ok(cake.ok && cake.step.card.balance === 10)
  })

  it('never leaves a browser owning more than the card has', () => {
    for (let own = 0; own <= 30; own += 1) {
      for (let balance = Math.max(10, own); balance <= 30; balance += 1) {
        for (const isProven of [false, true]) {
          const outcome = spendReward(newCard({ balance }), newBrowser({ own, isProven }), spending())
          if (!outcome.ok) continue
          const { card, browser } = outcome.step
          assert.ok(card.balance >= 0 && (browser?.own ?? 0) >= 0 && (browser?.own ?? 0) <= card.balance)
        }
      }
    }
  })
})

describe('a promise', () => {
  it('never moves up: a half-full card keeps the cost that it started under', () => {
    const half = stamped({ card: newCard(), browser: newBrowser() })
    const dearer = programmeOf(10, 15)
    assert.equal(viewOf(half.card, half.browser, dearer).goal, 10)
    assert.equal(viewOf(stamped(half, { programme: dearer }).card, half.browser, dearer).goal, 10)
  })

  it('ratchets down: once a kinder cost was named, a dearer one later changes nothing for that card', () => {
    const half = stamped({ card: newCard(), browser: newBrowser() })
    assert.equal(viewOf(half.card, half.browser, programmeOf(10, 7)).goal, 7)
    assert.equal(viewOf(half.card, half.browser, programmeOf(10, 7, 12)).goal, 7)
  })

  it('begins anew with the first stamp after the card was empty', () => {
    const dearer = programmeOf(10, 15)
    const empty = { card: newCard({ promisedVersion: 1 }), browser: newBrowser({ promisedVersion: 1 }) }
    assert.equal(viewOf(empty.card, empty.browser, dearer).goal, 15)
    const begun = stamped(empty, { programme: dearer })
    assert.equal(viewOf(begun.card, begun.browser, dearer).goal, 15)
  })

  it('holds for all stamps that are ready, and is over for those that are left after the last reward', () => {
    const dearer = programmeOf(10, 15)
    const rich = { card: newCard({ balance: 23 }), browser: newBrowser({ own: 23 }) }
    const once = spent(rich, { programme: dearer })
    assert.deepEqual([once.card.balance, viewOf(once.card, once.browser, dearer).goal], [13, 10])
    const twice = spent(once, { programme: dearer })
    assert.deepEqual([twice.card.balance, viewOf(twice.card, twice.browser, dearer).goal], [3, 15])
  })

  it('comes back with a redeem that is undone', () => {
    const dearer = programmeOf(10, 15)
    const full = { card: newCard({ balance: 10 }), browser: newBrowser({ own: 10 }) }
    const redeemed = spent(full, { programme: dearer })
    const back = undone(redeemed, redeemed.entry)
    assert.equal(viewOf(back.card, back.browser, dearer).goal, 10)
    assert.equal(back.card.balance, 10)
  })

  it('comes back for the card too, where the browser that redeemed had begun later under a dearer one', () => {
    const dearer = programmeOf(10, 12)
    const card = newCard({ balance: 13, promisedVersion: 1 })
    const late = newBrowser({ own: 12, promisedVersion: 2 })
    const redeemed = spent({ card, browser: late }, { programme: dearer })
    const back = undone(redeemed, redeemed.entry)
    assert.equal(back.card.promisedVersion, 1)
    assert.equal(viewOf(back.card, { ...back.browser, isProven: true }, dearer).goal, 10)
  })
})

describe('undoing a line', () => {
  it('takes a stamp back from the card and from the browser that earned it', () => {
    const step = stamped({ card: newCard({ balance: 4 }), browser: newBrowser({ own: 2 }) }, { stamps: 3 })
    const back = undone(step, step.entry)
    assert.deepEqual([back.card.balance, back.browser.own, back.entry.stamps], [4, 2, -3])
    assert.deepEqual(
      [back.entry.kind, back.entry.undoesId, back.entry.reason],
      ['void', step.entry.id, 'a slip'],
    )
  })

  it('gives a redeemed reward back, and takes its ticket', () => {
    const redeemed = spent({ card: newCard({ balance: 10 }), browser: newBrowser({ own: 10 }) })
    const back = undone(redeemed, redeemed.entry)
    assert.deepEqual([back.card.balance, back.browser.own, back.browser.ticketEntryId], [10, 10, null])
  })

  it('leaves the ticket of another redeem alone', () => {
    const first = spent({ card: newCard({ balance: 20 }), browser: newBrowser({ own: 20 }) })
    const second = spent(first)
    assert.equal(undone(second, first.entry).browser.ticketEntryId, second.entry.id)
  })

  it('is refused when the stamps were spent since: a balance is never negative', () => {
    const step = stamped({ card: newCard({ balance: 9 }), browser: newBrowser({ own: 9 }) })
    const redeemed = spent(step)
    const outcome = undoEntry(redeemed.card, redeemed.browser, undoing(step.entry))
    assert.deepEqual(outcome, { ok: false, reason: 'already-spent' })
  })

  it('of a stamp that its browser has spent, while others’ are left, leaves no count below zero', () => {
    const step = stamped({ card: newCard({ balance: 9 }), browser: newBrowser({ own: 9 }) })
    const redeemed = spent(step)
    const others = { card: { ...redeemed.card, balance: 5 }, browser: redeemed.browser }
    const back = undone(others, step.entry)
    assert.deepEqual([back.card.balance, back.browser.own], [4, 0])
    assert.ok(back.browser.spentElsewhere >= 0, `spent elsewhere: ${back.browser.spentElsewhere}`)
  })

  it('works for a browser that has gone', () => {
    const step = stamped({ card: newCard(), browser: newBrowser() })
    const outcome = undoEntry(step.card, null, undoing(step.entry))
    assert.ok(outcome.ok && outcome.step.card.balance === 0 && outcome.step.entry.browserId === null)
  })

  it('is refused for a line that is itself an undoing', () => {
    const step = stamped({ card: newCard({ balance: 2 }), browser: newBrowser() })
    const back = undone(step, step.entry)
    assert.deepEqual(undoEntry(back.card, back.browser, undoing(back.entry)), {
      ok: false,
      reason: 'not-undoable',
    })
  })
})

interface Standing {
  readonly card: Card
  readonly browser: Browser
}

let lines = 0

function moment() {
  lines += 1
  return { entryId: `e${lines}`, atMs: lines }
}

function stamped({ card, browser }: Standing, more: { stamps?: number; programme?: Programme } = {}) {
  const input = { programme: tenForCoffee, stamps: 1, actor: browserActor, ...plain, ...moment(), ...more }
  return standing(addStamps(card, browser, input))
}

function spending(more: { programme?: Programme; rewardId?: string | null } = {}) {
  return { programme: tenForCoffee, rewardId: null, actor: browserActor, ...moment(), ...more }
}

function spent({ card, browser }: Standing, more: { programme?: Programme } = {}) {
  const outcome = spendReward(card, browser, spending(more))
  assert.ok(outcome.ok)
  return standing(outcome.step)
}

function undoing(entry: LedgerStep['entry']) {
  return { undone: entry, reason: 'a slip', cafe: onTrial, actor: operator, ...moment() }
}

function undone({ card, browser }: Standing, entry: LedgerStep['entry']) {
  const outcome = undoEntry(card, browser, undoing(entry))
  assert.ok(outcome.ok)
  return standing(outcome.step)
}

function standing({ entry, card, browser }: LedgerStep) {
  assert.ok(browser)
  return { entry, card, browser }
}

function newCard(more: Partial<Card> = {}): Card {
  const visited = { lastStampAtMs: null, visitsDay: null, visits: 0, lastCodeStep: null }
  return { cafeId: 1, id: 'c', balance: 0, promisedVersion: 1, lastEntryId: null, ...visited, ...more }
}

function newBrowser(more: Partial<Browser> = {}): Browser {
  const fresh = { own: 0, spentElsewhere: 0, isProven: false, lastEntryId: null, ticketEntryId: null }
  return { cafeId: 1, id: 'b', cardId: 'c', promisedVersion: 1, ...fresh, ...more }
}

function reward(id: string, cost: number) {
  return { id, name: null, cost }
}

function programmeOf(...costs: number[]): Programme {
  return { versions: costs.map((cost, place) => ({ version: place + 1, rewards: [reward('coffee', cost)] })) }
}
