// What customers of a world send to one process or another, asked at the same moment: each returns before anything is under way.
import { type Ask, answerOnce } from '../src/commands/answer-once.ts'
import { forgetBrowser } from '../src/commands/forget-browser.ts'
import { redeemReward } from '../src/commands/redeem-reward.ts'
import { stampCard } from '../src/commands/stamp-card.ts'
import { voidEntry } from '../src/commands/void-entry.ts'
import type { Phone } from '../src/rules/phone.ts'
import type { Programme } from '../src/rules/programme.ts'
import type { Store } from '../src/store/store.ts'
import type { World } from './world.ts'

export interface Typed {
  readonly phone?: Phone
  readonly browserId?: string
  /** The form's idempotency key; a new one unless told. */
  readonly key?: string
  /** The line's id, for one that is there already. */
  readonly entryId?: string
}

/** The counter of a world's café, at one process's store. */
export class Counter {
  readonly store: Store
  readonly #world: World
  readonly #programme: Programme

  private constructor(world: World, store: Store, programme: Programme) {
    this.#world = world
    this.store = store
    this.#programme = programme
  }

  static async at(world: World, store: Store): Promise<Counter> {
    return new Counter(world, store, await store.cafes.programmeOf(world.cafe.id))
  }

  stamp({ phone, browserId, key, entryId }: Typed) {
    const { cafe, clock } = this.#world
    const ids = this.#world.newIds()
    const input = {
      cafe,
      programme: this.#programme,
      browserId: browserId ?? null,
      phone: phone ?? null,
      stamps: 1,
      atMs: clock.nowMs,
      newIds: { ...ids, entry: entryId ?? ids.entry },
    }
    return this.store.transaction(cafe.id, (tx) =>
      answerOnce(tx, this.#askWith(key, 'stamp'), () =>
        stampCard(tx, { kind: 'browser', cafeId: cafe.id }, input),
      ),
    )
  }

  redeem(browserId: string, key?: string) {
    const { cafe, clock, random } = this.#world
    const input = {
      programme: this.#programme,
      browserId,
      rewardId: null,
      entryId: random.uuid(),
      atMs: clock.nowMs,
    }
    return this.store.transaction(cafe.id, (tx) =>
      answerOnce(tx, this.#askWith(key, 'redeem'), () =>
        redeemReward(tx, { kind: 'browser', cafeId: cafe.id }, input),
      ),
    )
  }

  void(undoneId: string) {
    const { cafe, clock, random } = this.#world
    const input = {
      undoneId,
      entryId: random.uuid(),
      cafe: this.#world.cafe,
      reason: 'a test',
      atMs: clock.nowMs,
    }
    return this.store.transaction(cafe.id, (tx) =>
      voidEntry(tx, { kind: 'operator', cafeId: cafe.id }, input),
    )
  }

  forget(browserId: string) {
    const { cafe, clock } = this.#world
    const input = { cafeId: cafe.id, browserId, atMs: clock.nowMs }
    return this.store.transaction(cafe.id, (tx) => forgetBrowser(tx, input))
  }

  #askWith(key: string | undefined, request: string): Ask {
    const { cafe, random } = this.#world
    return { cafeId: cafe.id, key: key ?? random.uuid(), askers: ['csrf:1'], request }
  }
}
