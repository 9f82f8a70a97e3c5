// What a card is, in plain lines: no ledger, no promises by version, just what product.md says.

export interface Hand {
  readonly number: number
  own: number
  isProven: boolean
  /** The place in `costs` at which its own stamps were begun. */
  since: number
}

export interface Line {
  readonly id: string
  readonly kind: 'stamp' | 'redeem' | 'moved here'
  readonly number: number
  readonly stamps: number
  readonly atMs: number
  /** Whose own it was; null for nobody's. */
  readonly by: Hand | null
  /** Who of the staff made it; null when a browser or the kiosk did. */
  readonly staff: number | null
  /** The card's promise when it was made. */
  readonly sinceCard: number
  isUndone: boolean
}

/** A link at the kiosk, and the browser that waits behind it. */
export interface Link {
  readonly id: string
  readonly made: Hand
  readonly atMs: number
  claimedAtMs: number | null
  claimedBy: Hand | null
  isNodded: boolean
}

interface Card {
  balance: number
  since: number
  lastStampAtMs: number | null
  day: number | null
  visits: number
  lastId: string | null
}

export interface Limits {
  readonly gapMs: number
  readonly visits: number
  readonly atOnce: number
}

const DAY_MS = 86_400_000
const SEOUL_MS = 9 * 3_600_000 // ahead of UTC, all year
const MINUTE_MS = 60_000

export const MANAGER = 2 // of the staff; 0 and 1 are baristas, each at a counter of their own
/** Of its lines whoever is at the counter takes care. */
const KIOSK = -1

export class Model {
  readonly hands: (Hand | null)[]
  readonly costs: number[]
  readonly lines: Line[] = []
  readonly links: Link[] = []
  /** Null on trial. */
  limits: Limits | null = null
  setUpAtMs: number | null = null
  nowMs = 0
  readonly #cards = new Map<number, Card>()
  readonly #alive = new Set<Hand>()

  constructor(hands: number, cost: number) {
    this.hands = Array(hands).fill(null)
    this.costs = [cost]
  }

  balanceOf(number: number): number {
    return this.#cards.get(number)?.balance ?? 0
  }

  /** Visits of the day that is counted, at the most. */
  visitsOf(number: number): number {
    return this.#cards.get(number)?.visits ?? 0
  }

  viewOf(place: number): { stamps: number; goal: number; ready: number } | null {
    const hand = this.hands[place]
    if (!hand) return null
    const card = this.#cardOf(hand.number)
    return hand.isProven ? this.#view(card.balance, card.since) : this.#view(hand.own, hand.since)
  }

  /** @returns why not, or null */
  stamp(place: number, number: number | null, stamps: number, id: string): string | null {
    const known = this.hands[place] ?? null
    const meant = number ?? known?.number
    if (meant === undefined) return 'phone-missing'
    const hit = this.#hit(meant, stamps)
    if (hit !== null) return hit === 'too-many-at-once' ? hit : 'told or not'
    const hand = known !== null && known.number === meant ? known : this.#newHand(meant)
    if (known !== hand) this.forget(place)
    this.hands[place] = hand
    this.#addStamps(meant, hand, { stamps, id, staff: null })
    return null
  }

  stampByStaff(
    number: number,
    { stamps, id, staff, lifts }: Pick<Line, 'id' | 'stamps'> & { staff: number; lifts: boolean },
  ): string | null {
    const hit = this.#hit(number, stamps)
    if (hit !== null && !lifts) return hit
    this.#addStamps(number, null, { stamps, id, staff })
    return null
  }

  stampAtKiosk(number: number, id: string, linkId: string): string | null {
    const hit = this.#hit(number, 1)
    if (hit !== null) return hit
    const made = this.#newHand(number)
    this.#addStamps(number, made, { stamps: 1, id, staff: KIOSK })
    this.links.push({
      id: linkId,
      made,
      atMs: this.nowMs,
      claimedAtMs: null,
      claimedBy: null,
      isNodded: false,
    })
    return null
  }

  claim(place: number, link: Link): string | null {
    const known = this.hands[place] ?? null
    if (this.nowMs >= link.atMs + DAY_MS) return 'claim-unknown'
    if (link.claimedAtMs !== null) return known !== null && known === link.claimedBy ? null : 'claim-used'
    if (this.nowMs >= link.atMs + 5 * MINUTE_MS) return 'claim-expired'
    const isSame = known?.number === link.made.number
    if (known !== null && isSame) {
      known.since = known.own === 0 ? link.made.since : Math.min(known.since, link.made.since)
      known.own = Math.min(this.balanceOf(known.number), known.own + link.made.own)
      this.#alive.delete(link.made)
    } else this.forget(place)
    const hand = known !== null && isSame ? known : link.made
    if (link.isNodded) hand.isProven = true
    Object.assign(link, { claimedAtMs: this.nowMs, claimedBy: hand })
    this.hands[place] = hand
    return null
  }

  nod(link: Link): string | null {
    const untilMs = Math.max(link.atMs, link.claimedAtMs ?? 0) + 5 * MINUTE_MS
    if (this.nowMs >= untilMs) return 'claim-expired'
    link.isNodded = true
    if (link.claimedBy !== null && this.#alive.has(link.claimedBy)) link.claimedBy.isProven = true
    return null
  }

  redeem(place: number, id: string): boolean {
    const hand = this.hands[place]
    const view = this.viewOf(place)
    if (!hand || !view || view.ready === 0) return false
    this.#spend(hand.number, hand, { goal: view.goal, id, staff: null })
    return true
  }

  redeemByStaff(number: number, { id, staff }: { id: string; staff: number }): boolean {
    const card = this.#cardOf(number)
    const view = this.#view(card.balance, card.since)
    if (view.ready === 0) return false
    this.#spend(number, null, { goal: view.goal, id, staff })
    return true
  }

  /** By the operator, who may always; or by one of the staff, by one tap or, a manager, with a reason. */
  void(line: Line, id: string, by: { staff: number; hasReason: boolean } | null = null): string | null {
    if (line.isUndone) return 'already-undone'
    const isLast = this.#cardOf(line.number).lastId === line.id
    const refusal = by && this.#mayNot(line, { ...by, withinMs: isLast ? MINUTE_MS : -1 })
    if (refusal !== null) return refusal
    if (this.balanceOf(line.number) < line.stamps) return 'already-spent'
    this.#takeBack(line, id)
    return null
  }

  move(
    line: Line,
    number: number,
    { staff, hasReason, offId, onId }: { staff: number; hasReason: boolean; offId: string; onId: string },
  ): string | null {
    const refusal = this.#mayNot(line, { staff, hasReason, withinMs: 10 * MINUTE_MS })
    if (refusal !== null) return refusal
    if (line.isUndone) return 'already-undone'
    if (line.kind === 'redeem') return 'not-undoable'
    if (line.number === number) return 'same-card'
    if (this.balanceOf(line.number) < line.stamps) return 'already-spent'
    this.#takeBack(line, offId)
    const right = this.#cardOf(number)
    if (right.balance === 0) right.since = this.#now
    right.balance += line.stamps
    if ((right.day ?? 0) <= dayOf(line.atMs)) this.#visit(right, line.atMs)
    this.#write({ id: onId, kind: 'moved here', number, stamps: line.stamps, by: null, staff })
    return null
  }

  forget(place: number): void {
    const hand = this.hands[place]
    if (hand) this.#alive.delete(hand)
    this.hands[place] = null
  }

  prove(place: number): void {
    const hand = this.hands[place]
    if (hand) hand.isProven = true
  }

  #hit(number: number, stamps: number): string | null {
    if (this.limits === null) return null
    const { gapMs, visits, atOnce } = this.limits
    const card = this.#cards.get(number)
    if (stamps > atOnce) return 'too-many-at-once'
    if (card?.day === dayOf(this.nowMs) && card.visits >= visits) return 'too-many-today'
    return card && card.lastStampAtMs !== null && this.nowMs < card.lastStampAtMs + gapMs ? 'too-soon' : null
  }

  #mayNot(
    line: Line,
    { staff, hasReason, withinMs }: { staff: number; hasReason: boolean; withinMs: number },
  ): string | null {
    const isOwn = line.staff === staff || line.staff === KIOSK
    if (isOwn && this.nowMs - line.atMs <= withinMs) return null
    if (staff === MANAGER) return hasReason ? null : 'reason-missing'
    return isOwn ? 'undo-too-late' : 'not-yours'
  }

  #addStamps(number: number, hand: Hand | null, line: Pick<Line, 'id' | 'stamps' | 'staff'>): void {
    const card = this.#cardOf(number)
    if (card.balance === 0) card.since = this.#now
    if (hand?.own === 0) hand.since = this.#now
    card.balance += line.stamps
    if (hand) hand.own += line.stamps
    if (this.limits === null) card.lastStampAtMs = this.nowMs
    else this.#visit(card, this.nowMs)
    this.#write({ ...line, kind: 'stamp', number, by: hand })
  }

  #visit(card: Card, atMs: number): void {
    const day = dayOf(atMs)
    card.visits = card.day === day ? card.visits + 1 : 1
    card.day = day
    card.lastStampAtMs = Math.max(atMs, card.lastStampAtMs ?? 0)
  }

  #spend(
    number: number,
    hand: Hand | null,
    { goal, id, staff }: { goal: number; id: string; staff: number | null },
  ): void {
    const card = this.#cardOf(number)
    this.#write({ id, kind: 'redeem', number, stamps: -goal, by: hand, staff })
    card.balance -= goal
    if (card.balance < this.#goal(card.since)) card.since = this.#now
    if (hand) {
      hand.own = Math.max(0, hand.own - goal)
      if (hand.own < this.#goal(hand.since)) hand.since = this.#now
    }
    this.#clamp(number)
  }

  #takeBack(line: Line, id: string): void {
    const card = this.#cardOf(line.number)
    line.isUndone = true
    card.balance -= line.stamps
    card.lastId = id
    const hand = line.by && this.#alive.has(line.by) ? line.by : null
    if (hand) hand.own = Math.max(0, hand.own - line.stamps)
    if (line.kind === 'redeem') {
      card.since = Math.min(card.since, line.sinceCard)
      if (hand) hand.since = Math.min(hand.since, line.sinceCard)
    } else if (line.kind === 'stamp') {
      const wasCounted = this.setUpAtMs !== null && line.atMs >= this.setUpAtMs
      if (wasCounted && card.day === dayOf(line.atMs)) card.visits = Math.max(0, card.visits - 1)
      if (card.lastStampAtMs === line.atMs) card.lastStampAtMs = null
    }
    this.#clamp(line.number)
  }

  get #now(): number {
    return this.costs.length - 1
  }

  #view(stamps: number, since: number) {
    const goal = this.#goal(stamps === 0 ? this.#now : since)
    return { stamps, goal, ready: Math.floor(stamps / goal) }
  }

  /** The kindest cost since then. */
  #goal(since: number): number {
    return Math.min(...this.costs.slice(since))
  }

  #cardOf(number: number): Card {
    const fresh = { lastStampAtMs: null, day: null, visits: 0, lastId: null }
    const card = this.#cards.get(number) ?? { balance: 0, since: this.#now, ...fresh }
    this.#cards.set(number, card)
    return card
  }

  #newHand(number: number): Hand {
    const hand = { number, own: 0, isProven: false, since: this.#now }
    this.#alive.add(hand)
    return hand
  }

  /** No browser of the card keeps more own than is left. */
  #clamp(number: number): void {
    const { balance } = this.#cardOf(number)
    for (const hand of this.#alive) if (hand.number === number) hand.own = Math.min(hand.own, balance)
  }

  #write(line: Omit<Line, 'atMs' | 'sinceCard' | 'isUndone'>): void {
    const card = this.#cardOf(line.number)
    card.lastId = line.id
    this.lines.push({ ...line, atMs: this.nowMs, sinceCard: card.since, isUndone: false })
  }
}

function dayOf(atMs: number): number {
  return Math.floor((atMs + SEOUL_MS) / DAY_MS)
}
