// What staff and the kiosk of a shop do while a customer stands before them: by the commands themselves, as their screens call them.
import { systemRandom } from '../src/clock.ts'
import { decideRequest } from '../src/commands/decide-request.ts'
import { makeClaimLink } from '../src/commands/make-claim-link.ts'
import { nodClaim } from '../src/commands/nod-claim.ts'
import { type StampInput, stampCard } from '../src/commands/stamp-card.ts'
import { routes } from '../src/routes.ts'
import { claimLinkId, claimTokenOf } from '../src/rules/claim.ts'
import { counterCode, stepOf } from '../src/rules/counter-code.ts'
import type { Actor } from '../src/rules/entry.ts'
import type { Mode } from '../src/rules/mode.ts'
import { type Phone, parsePhone } from '../src/rules/phone.ts'
import type { Decision } from '../src/rules/request.ts'
import type { Cafe } from '../src/store/cafes.ts'
import { counterCodeKeyOf } from '../src/store/keys.ts'
import { type SetUpCafe, setUpShop } from './counter-people.ts'
import type { Shop } from './shop.ts'

type Staff = Extract<Actor, { kind: 'staff' }>
type Kiosk = Extract<Actor, { kind: 'kiosk' }>

export class StaffHand {
  readonly shop: Shop
  readonly cafe: Cafe
  readonly branchId: string
  readonly #barista: Staff
  readonly #kiosk: Kiosk

  private constructor(shop: Shop, { cafe, branch, staff }: SetUpCafe) {
    const [{ id, role }] = staff
    this.shop = shop
    this.cafe = cafe
    this.branchId = branch.id
    this.#barista = { kind: 'staff', cafeId: cafe.id, person: { id, role }, device: null }
    this.#kiosk = { kind: 'kiosk', cafeId: cafe.id, device: { id: systemRandom.uuid(), branchId: branch.id } }
  }

  /** Ends the shop's trial. */
  static async begin(shop: Shop, mode: Mode, slug = 'cafe'): Promise<StaffHand> {
    return new StaffHand(shop, await setUpShop(shop, { slug, mode }))
  }

  async card(phone: string) {
    const card = await this.shop.store.cards.findByPhone(this.cafe.id, phoneOf(phone))
    if (card === null) throw new Error(`no card under ${phone}`)
    return card
  }

  /** Stamps whatever the limits say. */
  stamp(phone: string, stamps = 1) {
    return this.#stamp(this.#barista, { phone: phoneOf(phone), stamps, isOverLimit: true })
  }

  /** A stamp at the kiosk. @returns the path of the link that it shows afterwards */
  async kioskStamp(phone: string): Promise<string> {
    const token = newToken()
    const outcome = await this.#stamp(this.#kiosk, {
      phone: phoneOf(phone),
      stamps: 1,
      claimLinkId: claimLinkId(token),
    })
    if (!outcome.ok) throw new Error(outcome.reason)
    return this.#pathOf(token)
  }

  /** A link that staff show. @returns its path */
  async link(phone: string): Promise<string> {
    const token = newToken()
    const { id: cardId } = await this.card(phone)
    const linkId = claimLinkId(token) ?? ''
    const input = { cardId, linkId, atMs: this.shop.clock.nowMs }
    await this.shop.store.transaction(this.cafe.id, (tx) => makeClaimLink(tx, this.#barista, input))
    return this.#pathOf(token)
  }

  nod(path: string) {
    const linkId = claimLinkId(path.split('/').at(-2) ?? '') ?? ''
    const input = { linkId, atMs: this.shop.clock.nowMs }
    return this.shop.store.transaction(this.cafe.id, (tx) => nodClaim(tx, this.#barista, input))
  }

  openRequests() {
    return this.shop.store.requests.open(this.cafe.id, this.shop.clock.nowMs)
  }

  /** Decides the request that waits longest. */
  async decide(decision: Decision) {
    const [request] = await this.openRequests()
    if (request === undefined) throw new Error('nobody asks')
    const programme = await this.shop.store.cafes.programmeOf(this.cafe.id)
    const input = {
      cafe: this.cafe,
      programme,
      requestId: request.id,
      decision,
      stamps: 1,
      isOverLimit: false,
      atMs: this.shop.clock.nowMs,
      entryId: systemRandom.uuid(),
    }
    return this.shop.store.transaction(this.cafe.id, (tx) => decideRequest(tx, this.#barista, input))
  }

  /** What stands on the counter's screen, now or so many half minutes ago. */
  code(ago = 0): string {
    const { cafe, branchId, shop } = this
    const step = stepOf(shop.clock.nowMs) - ago
    return counterCode(counterCodeKeyOf(shop.keys), { cafeId: cafe.id, branchId, step })
  }

  /** Six digits that no screen shows, nor has of late. */
  wrongCode(): string {
    const shown = new Set(Array.from({ length: 30 }, (_, ago) => this.code(ago)))
    for (let digits = 0; ; digits++) {
      const code = String(digits).padStart(6, '0')
      if (!shown.has(code)) return code
    }
  }

  async #stamp(actor: Actor, input: Partial<StampInput> & Pick<StampInput, 'phone' | 'stamps'>) {
    const { cafe, shop } = this
    const programme = await shop.store.cafes.programmeOf(cafe.id)
    const newIds = { entry: systemRandom.uuid(), card: systemRandom.uuid(), browser: systemRandom.uuid() }
    const all = { cafe, programme, browserId: null, atMs: shop.clock.nowMs, newIds, ...input }
    return shop.store.transaction(cafe.id, (tx) => stampCard(tx, actor, all))
  }

  #pathOf(token: string): string {
    return routes.claim.href({ cafe: this.cafe.slug, token })
  }
}

function newToken(): string {
  return claimTokenOf(systemRandom.bytes(16))
}

function phoneOf(text: string): Phone {
  const phone = parsePhone(text, 'KR')
  if (phone === null) throw new Error(`${text} is no number`)
  return phone
}
