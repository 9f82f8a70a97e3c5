import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pairedDevice } from '../../../test/counter-people.ts'
import { onEveryEngine } from '../../../test/engines.ts'
import { openStream } from '../../../test/live-stream.ts'
import { openShop, type Shop } from '../../../test/shop.ts'
import { StaffHand } from '../../../test/staff-hand.ts'
import type { Visitor } from '../../../test/visitor.ts'
import { routes } from '../../routes.ts'
import type { Mode } from '../../rules/mode.ts'

const card = routes.card.href({ cafe: 'cafe' })
const live = routes.live.href({ cafe: 'cafe' })
const DAY_MS = 24 * 60 * 60_000

/** An open page that listens. */
class Listener {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #text = ''

  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.#reader = reader
    void this.#read()
  }

  static async open(shop: Shop, visitor: Visitor): Promise<Listener> {
    const { text } = await visitor.get(card)
    const href = text.match(/<body data-live="([^"]+)">/)?.[1] ?? ''
    assert.ok(href.startsWith(live), href)
    return Listener.at(shop, visitor, href)
  }

  static async at(shop: Shop, visitor: Visitor, href: string): Promise<Listener> {
    const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await shop.app.fetch(new Request(`${shop.origin}${href}`, { headers: { cookie } }))
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/event-stream/)
    assert.deepEqual(answer.headers.getSetCookie(), [])
    if (answer.body === null) throw new Error('a stream has a body')
    const listener = new Listener(answer.body.getReader())
    await until(() => listener.#text.includes('retry:'))
    return listener
  }

  get changes(): number {
    return this.#text.match(/event: changed/g)?.length ?? 0
  }

  /** Waits until it was told so often. */
  async hears(changes: number): Promise<void> {
    const giveUpAt = performance.now() + 10_000 // a deadline for a stuck test, not a measure
    while (this.changes < changes && performance.now() < giveUpAt)
      await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal(this.changes, changes)
  }

  leave(): Promise<void> {
    return this.#reader.cancel()
  }

  async #read(): Promise<void> {
    const decoder = new TextDecoder()
    for (;;) {
      const { value, done } = await this.#reader.read()
      if (done) return
      this.#text += decoder.decode(value, { stream: true })
    }
  }
}

onEveryEngine('/cafe/live/', (engine) => {
  async function inMode(mode: Mode, work: (shop: Shop, hand: StaffHand) => Promise<void>): Promise<void> {
    const shop = await openShop({}, engine)
    try {
      const hand = await StaffHand.begin(shop, mode)
      await beginToHear(shop, hand)
      await work(shop, hand)
    } finally {
      await shop.app.close()
      await shop.close()
    }
  }

  it('tells a customer’s open card of each stamp that staff press, and of nobody else’s', () =>
    inMode('counter', async (shop, hand) => {
      const customer = shop.visitor()
      await hand.stamp('010-0000-7001')
      await hand.stamp('010-0000-7002')
      const link = await hand.link('010-0000-7001')
      await customer.submit(link, link)
      const listener = await Listener.open(shop, customer)
      await hand.stamp('010-0000-7002')
      await hand.stamp('010-0000-7001')
      await listener.hears(1)
      await hand.stamp('010-0000-7001')
      await listener.hears(2)
      await listener.leave()
    }))

  it('tells an unproven browser only of its own: nobody learns when a number’s customer comes by', () =>
    inMode('self', async (shop, hand) => {
      const stranger = shop.visitor()
      await stranger.stamp('010-0000-7003')
      shop.clock.nowMs += DAY_MS
      const listener = await Listener.open(shop, stranger)
      await hand.stamp('010-0000-7003')
      await hand.kioskStamp('010-0000-7004')
      shop.clock.nowMs += DAY_MS
      await stranger.stamp()
      await until(() => listener.changes > 0)
      await beginToHear(shop, hand) // whatever else there was to hear has come by then
      await listener.hears(1)
      await listener.leave()
    }))

  it('tells at once what has changed between the page and its listening', () =>
    inMode('approve', async (shop, hand) => {
      const customer = shop.visitor()
      await customer.stamp('010-0000-7008')
      const href = (await customer.get(card)).text.match(/data-live="([^"]+)"/)?.[1] ?? ''
      await hand.decide('refuse')
      const late = await Listener.at(shop, customer, href)
      await late.hears(1)
      const inTime = await Listener.open(shop, customer)
      assert.equal(inTime.changes, 0, 'what is said at once comes with the first words')
      await Promise.all([late.leave(), inTime.leave()])
    }))

  it('tells who waits for an answer when staff have given it', () =>
    inMode('approve', async (shop, hand) => {
      const customer = shop.visitor()
      await customer.stamp('010-0000-7005')
      const listener = await Listener.open(shop, customer)
      await hand.decide('allow')
      await until(() => listener.changes > 0)
      assert.equal((await customer.card())?.stamps, 1)
      await listener.leave()
    }))

  it('tells who has claimed at the kiosk when staff nod', () =>
    inMode('counter', async (shop, hand) => {
      await hand.stamp('010-0000-7006', 5)
      shop.clock.nowMs += DAY_MS
      const link = await hand.kioskStamp('010-0000-7006')
      const customer = shop.visitor()
      await customer.submit(link, link)
      const listener = await Listener.open(shop, customer)
      await hand.nod(link)
      await listener.hears(1)
      assert.equal((await customer.card())?.stamps, 6)
      await listener.leave()
    }))

  it('is not there for who has no card, and not for a paired device', () =>
    inMode('counter', async (shop) => {
      assert.equal((await shop.visitor().get(live)).status, 404)
      const { visitor } = await pairedDevice(shop, 'kiosk')
      assert.equal((await visitor.get(live)).status, 403)
    }))

  it('leaves the tablets room to listen, however many customers’ pages are open', () =>
    inMode('self', async (shop) => {
      const { visitor } = await pairedDevice(shop, 'kiosk')
      const kiosk = routes.kiosk.live.href({ cafe: 'cafe' })
      const listening: Listener[] = []
      for (let number = 7100; listening.length < 150; number++) {
        const customer = shop.visitor()
        await customer.stamp(`010-0000-${number}`)
        for (let tab = 0; tab < 4 && listening.length < 150; tab++)
          listening.push(await Listener.at(shop, customer, live))
      }
      const late = shop.visitor()
      await late.stamp('010-0000-7099')
      assert.equal((await openStream(shop, late, live)).status, 503)
      listening.push(await Listener.at(shop, visitor, kiosk))
      await Promise.all(listening.map((one) => one.leave()))
    }))

  it('costs a known card’s page at most one read more than on trial', async () => {
    const shop = await openShop({}, engine)
    const customer = shop.visitor()
    await customer.stamp('010-0000-7007')
    const onTrial = await readsOf(shop, () => customer.get(card))
    for (const mode of ['counter', 'approve'] as const) {
      if (mode === 'counter') await StaffHand.begin(shop, mode)
      else await setMode(shop, mode)
      const reads = await readsOf(shop, () => customer.get(card))
      assert.ok(reads <= onTrial + (mode === 'approve' ? 1 : 0), `${mode}: ${reads}, on trial ${onTrial}`)
    }
    await shop.close()
  })
})

/** On PostgreSQL the first who listens is told to read anew once: here that is over before a page listens. */
async function beginToHear(shop: Shop, hand: StaffHand): Promise<void> {
  let hasHeard = false
  shop.store.changes.listen(hand.cafe.id, (change) => {
    hasHeard ||= 'cardId' in change
  })
  while (!hasHeard) {
    await hand.stamp('010-0000-7999')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = performance.now() + 10_000
  while (!isSo() && performance.now() < giveUpAt) await new Promise((resolve) => setTimeout(resolve, 5))
  assert.ok(isSo())
}

async function setMode(shop: Shop, mode: Mode): Promise<void> {
  const cafe = await shop.store.cafes.findBySlug('cafe')
  if (cafe !== null) await shop.store.transaction(cafe.id, (tx) => tx.cafes.update({ ...cafe, mode }))
}

/** How often the store is asked, or written to, meanwhile. */
async function readsOf(shop: Shop, work: () => Promise<unknown>): Promise<number> {
  let asked = 0
  const putBack: (() => void)[] = []
  for (const noun of Object.values(shop.store)) {
    if (typeof noun !== 'object' || noun === null) continue
    const questions = noun as Record<string, unknown>
    for (const [name, ask] of Object.entries(questions)) {
      if (typeof ask !== 'function') continue
      questions[name] = (...about: unknown[]) => {
        const answer: unknown = ask.apply(noun, about)
        if (answer instanceof Promise) asked += 1
        return answer
      }
      putBack.push(() => {
        questions[name] = ask
      })
    }
  }
  await work()
  for (const put of putBack) put()
  return asked
}
