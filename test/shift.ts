// A shift behind the counter of a world's café: a kiosk, two counters, an owner, a manager and two baristas, and all that they do.
import { type AskInput, askForStamp } from '../src/commands/ask-for-stamp.ts'
import { claimCard } from '../src/commands/claim-card.ts'
import { decideRequest } from '../src/commands/decide-request.ts'
import { makeClaimLink } from '../src/commands/make-claim-link.ts'
import { moveStamp } from '../src/commands/move-stamp.ts'
import { nodClaim } from '../src/commands/nod-claim.ts'
import { redeemReward } from '../src/commands/redeem-reward.ts'
import { type StampInput, stampCard } from '../src/commands/stamp-card.ts'
import { voidEntry } from '../src/commands/void-entry.ts'
import { CLAIM_TOKEN_BYTES, claimLinkId, claimTokenOf } from '../src/rules/claim.ts'
import type { Actor } from '../src/rules/entry.ts'
import type { Phone } from '../src/rules/phone.ts'
import type { Decision } from '../src/rules/request.ts'
import type { Role } from '../src/rules/role.ts'
import type { Cafe } from '../src/store/cafes.ts'
import type { Store } from '../src/store/store.ts'
import type { World } from './world.ts'

export type Staff = Extract<Actor, { kind: 'staff' }>

type CafeChange = Partial<Omit<Cafe, 'id' | 'slug'>>

export class Shift {
  readonly world: World
  /** As it was last set. */
  cafe: Cafe
  readonly kiosk: Extract<Actor, { kind: 'kiosk' }>
  readonly browser: Actor
  readonly barista: Staff
  /** On the other counter. */
  readonly colleague: Staff
  readonly manager: Staff
  readonly branchId: string

  private constructor(world: World) {
    this.world = world
    this.cafe = world.cafe
    const branchId = world.random.uuid()
    this.branchId = branchId
    const place = () => ({ id: world.random.uuid(), branchId })
    const staff = (role: Role): Staff => ({
      kind: 'staff',
      cafeId: this.cafe.id,
      person: { id: world.random.uuid(), role },
      device: place(),
    })
    this.kiosk = { kind: 'kiosk', cafeId: this.cafe.id, device: place() }
    this.browser = { kind: 'browser', cafeId: this.cafe.id }
    this.barista = staff('staff')
    this.colleague = staff('staff')
    this.manager = staff('manager')
  }

  /** On trial, unless `setUp` comes. */
  static async begin(world: World, change: CafeChange = {}): Promise<Shift> {
    const shift = new Shift(world)
    await shift.set(change)
    return shift
  }

  /** With limits. */
  static setUp(world: World, change: CafeChange = {}): Promise<Shift> {
    return Shift.begin(world, { setUpAtMs: world.clock.nowMs, ...change })
  }

  async set(change: CafeChange): Promise<void> {
    this.cafe = { ...this.cafe, ...change }
    await this.#store.transaction(this.cafe.id, (tx) => tx.cafes.update(this.cafe))
  }

  async stamp(
    actor: Actor,
    who: Partial<Omit<StampInput, 'cafe' | 'programme'>>,
    store: Store = this.#store,
  ): Promise<Awaited<ReturnType<typeof stampCard>>> {
    const programme = await this.#programme()
    const { nowMs: atMs } = this.world.clock
    const plain = { browserId: null, phone: null, stamps: 1, atMs, newIds: this.world.newIds() }
    return store.transaction(this.cafe.id, (tx) =>
      stampCard(tx, actor, { cafe: this.cafe, programme, ...plain, ...who }),
    )
  }

  /** A stamp at the kiosk, with its link. */
  async stampAtKiosk(phone: Phone) {
    const linkId = this.newLinkId()
    const newIds = this.world.newIds()
    const outcome = await this.stamp(this.kiosk, { phone, claimLinkId: linkId, newIds })
    return { outcome, linkId, browserId: newIds.browser, entryId: newIds.entry }
  }

  async undo(actor: Actor, undoneId: string, reason: string | null = null) {
    const { random, clock } = this.world
    const input = {
      undoneId,
      entryId: random.uuid(),
      reason,
      cafe: this.cafe,
      atMs: clock.nowMs,
    }
    return this.#store.transaction(this.cafe.id, (tx) => voidEntry(tx, actor, input))
  }

  async move(
    actor: Actor,
    undoneId: string,
    to: { phone?: Phone; cardId?: string },
    { reason = null, store = this.#store }: { reason?: string | null; store?: Store } = {},
  ) {
    const { random, clock } = this.world
    const programme = await this.#programme()
    const input = {
      cafe: this.cafe,
      programme,
      undoneId,
      cardId: to.cardId ?? null,
      phone: to.phone ?? null,
      reason,
      atMs: clock.nowMs,
      newIds: { off: random.uuid(), on: random.uuid(), card: random.uuid() },
    }
    return store.transaction(this.cafe.id, (tx) => moveStamp(tx, actor, input))
  }

  async redeem(actor: Actor, who: { cardId?: string; browserId?: string }, store: Store = this.#store) {
    const { random, clock } = this.world
    const programme = await this.#programme()
    const input = {
      programme,
      browserId: null,
      rewardId: null,
      entryId: random.uuid(),
      atMs: clock.nowMs,
      ...who,
    }
    return store.transaction(this.cafe.id, (tx) => redeemReward(tx, actor, input))
  }

  /** Staff's own link for a card. @returns its id */
  async link(actor: Staff, cardId: string): Promise<string> {
    const linkId = this.newLinkId()
    const input = { cardId, linkId, atMs: this.world.clock.nowMs }
    const outcome = await this.#store.transaction(this.cafe.id, (tx) => makeClaimLink(tx, actor, input))
    if (!outcome.ok) throw new Error(`the card is there: ${outcome.reason}`)
    return linkId
  }

  async claim(linkId: string, browserId: string | null = null, store: Store = this.#store) {
    const { random, clock } = this.world
    const programme = await this.#programme()
    const input = {
      cafeId: this.cafe.id,
      programme,
      linkId,
      browserId,
      newBrowserId: random.uuid(),
      atMs: clock.nowMs,
    }
    return store.transaction(this.cafe.id, (tx) => claimCard(tx, input))
  }

  nod(actor: Staff, linkId: string) {
    const input = { linkId, atMs: this.world.clock.nowMs }
    return this.#store.transaction(this.cafe.id, (tx) => nodClaim(tx, actor, input))
  }

  /** @returns the outcome, and the id that the request has if it is new */
  async ask(who: Partial<Pick<AskInput, 'browserId' | 'phone'>>, store: Store = this.#store) {
    const { random, clock } = this.world
    const programme = await this.#programme()
    const newIds = { request: random.uuid(), card: random.uuid(), browser: random.uuid() }
    const input = {
      cafe: this.cafe,
      programme,
      browserId: null,
      phone: null,
      ...who,
      atMs: clock.nowMs,
      newIds,
    }
    const outcome = await store.transaction(this.cafe.id, (tx) => askForStamp(tx, input))
    return { outcome, requestId: newIds.request }
  }

  async decide(
    actor: Staff,
    requestId: string,
    decision: Decision,
    { store = this.#store, ...more }: { isOverLimit?: boolean; stamps?: number; store?: Store } = {},
  ) {
    const { random, clock } = this.world
    const programme = await this.#programme()
    const plain = { stamps: 1, isOverLimit: false, atMs: clock.nowMs, entryId: random.uuid() }
    const input = { cafe: this.cafe, programme, requestId, decision, ...plain, ...more }
    return store.transaction(this.cafe.id, (tx) => decideRequest(tx, actor, input))
  }

  async cardOf(phone: Phone) {
    const card = await this.#store.cards.findByPhone(this.cafe.id, phone)
    if (card === null) throw new Error('the number has a card')
    return card
  }

  newLinkId(): string {
    return claimLinkId(claimTokenOf(this.world.random.bytes(CLAIM_TOKEN_BYTES))) ?? ''
  }

  get #store(): Store {
    return this.world.store
  }

  #programme() {
    return this.#store.cafes.programmeOf(this.cafe.id)
  }
}
