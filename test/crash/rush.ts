// Customers who stamp, redeem, undo and forget one thing after the other, and remember what they were told.
import { setTimeout as wait } from 'node:timers/promises'
import type { SeededRandom } from '../../src/cli/seed/seeded-random.ts'
import { systemClock, systemRandom } from '../../src/clock.ts'
import { answerOnce } from '../../src/commands/answer-once.ts'
import { forgetBrowser } from '../../src/commands/forget-browser.ts'
import { redeemReward } from '../../src/commands/redeem-reward.ts'
import { type StampInput, stampCard } from '../../src/commands/stamp-card.ts'
import { voidEntry } from '../../src/commands/void-entry.ts'
import type { Cafe } from '../../src/store/cafes.ts'
import { type Store, StoreMoved, StoreUnavailable } from '../../src/store/store.ts'
import { phoneNumber } from '../world.ts'

/** One form, as it was sent: sent again, it is the same. */
interface Form {
  readonly key: string
  readonly input: StampInput
  isAnswered: boolean
}

const NUMBERS = 40
const THINKING_MS = 5 // or nothing but customers gets any of the machine
const PAUSE_MS = 20 // after “cannot write now”

export class Rush {
  readonly forms: Form[] = []
  readonly #random: SeededRandom
  readonly #browsers: string[] = []
  #isOver = false

  constructor(random: SeededRandom) {
    this.#random = random
  }

  /** Goes on until it is told to stop, or the cafés have moved. */
  async at(store: Store, cafe: Cafe, customers: number): Promise<void> {
    this.#isOver = false
    await Promise.all(Array.from({ length: customers }, () => this.#customer(store, cafe)))
  }

  stop(): void {
    this.#isOver = true
  }

  /** Sends every form that had no answer once more, and one that had. */
  async sendAgain(store: Store): Promise<void> {
    for (const form of [...this.forms.filter(({ isAnswered }) => !isAnswered), ...this.forms.slice(-1)])
      await this.#send(store, form)
  }

  async #customer(store: Store, cafe: Cafe): Promise<void> {
    const programme = await store.cafes.programmeOf(cafe.id)
    while (!this.#isOver) {
      try {
        await this.#change(store, cafe, programme)
        await wait(THINKING_MS)
      } catch (error) {
        if (error instanceof StoreMoved) return
        if (!(error instanceof StoreUnavailable)) throw error
        await wait(PAUSE_MS)
      }
    }
  }

  async #change(store: Store, cafe: Cafe, programme: StampInput['programme']): Promise<void> {
    const place = this.#random.whole(0, Math.max(0, this.#browsers.length - 1))
    const browserId = this.#browsers[place]
    const scope = { kind: 'browser', cafeId: cafe.id } as const
    const atMs = systemClock()
    const what = this.#random.share()
    if (browserId === undefined || what < 0.7) {
      const phone = phoneNumber(this.#random.whole(0, NUMBERS - 1))
      const newIds = { entry: systemRandom.uuid(), card: systemRandom.uuid(), browser: systemRandom.uuid() }
      const input = { cafe, programme, browserId: null, phone, stamps: 1, atMs, newIds }
      const form = { key: systemRandom.uuid(), input, isAnswered: false }
      this.forms.push(form)
      await this.#send(store, form)
    } else if (what < 0.8) {
      const input = { programme, browserId, rewardId: null, entryId: systemRandom.uuid(), atMs }
      await store.transaction(cafe.id, (tx) => redeemReward(tx, scope, input))
    } else if (what < 0.9) {
      const undoneId = this.forms[this.#random.whole(0, this.forms.length - 1)]?.input.newIds.entry ?? ''
      const input = {
        undoneId,
        entryId: systemRandom.uuid(),
        reason: 'a slip',
        cafe,
        atMs,
      }
      await store.transaction(cafe.id, (tx) => voidEntry(tx, { kind: 'operator', cafeId: cafe.id }, input))
    } else {
      this.#browsers.splice(place, 1)
      await store.transaction(cafe.id, (tx) => forgetBrowser(tx, { cafeId: cafe.id, browserId, atMs }))
    }
  }

  async #send(store: Store, form: Form): Promise<void> {
    const { input, key } = form
    const cafeId = input.cafe.id
    const ask = { cafeId, key, askers: [`csrf:${key}`] as const, request: 'a form' }
    const outcome = await store.transaction(cafeId, (tx) =>
      answerOnce(tx, ask, () => stampCard(tx, { kind: 'browser', cafeId }, input)),
    )
    if (!outcome.ok) throw new Error(`a form is done or done already: ${outcome.reason}`)
    form.isAnswered = true
    if (outcome.answer.browserId !== null) this.#browsers.push(outcome.answer.browserId)
  }
}
