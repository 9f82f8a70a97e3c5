// What a card is, in a hundred plain lines: no ledger, no promises by version, just what product.md says.

interface Hand {
  number: number
  own: number
  isProven: boolean
  /** The place in `costs` at which its own stamps were begun. */
  since: number
  readonly id: number
}

export interface Line {
  readonly id: string
  readonly kind: 'stamp' | 'redeem'
  readonly number: number
  readonly stamps: number
  /** Which hand's life made it. */
  readonly by: number
  /** The card's promise and the hand's when it was made. */
  readonly sinceCard: number
  readonly sinceHand: number
  isUndone: boolean
}

interface Card {
  balance: number
  since: number
}

export class Model {
  readonly hands: (Hand | null)[]
  readonly costs: number[]
  readonly lines: Line[] = []
  readonly #cards = new Map<number, Card>()
  #lives = 0

  constructor(hands: number, cost: number) {
    this.hands = Array(hands).fill(null)
    this.costs = [cost]
  }

  balanceOf(number: number): number {
    return this.#cards.get(number)?.balance ?? 0
  }

  viewOf(place: number): { stamps: number; goal: number; ready: number } | null {
    const hand = this.hands[place]
    if (!hand) return null
    const card = this.#cardOf(hand.number)
    const stamps = hand.isProven ? card.balance : hand.own
    const goal = stamps === 0 ? this.#goal(this.#now) : this.#goal(hand.isProven ? card.since : hand.since)
    return { stamps, goal, ready: Math.floor(stamps / goal) }
  }

  stamp(place: number, number: number | null, stamps: number, id: string): boolean {
    const known = this.hands[place] ?? null
    if (number === null && known === null) return false
    const hand =
      known !== null && (number === null || number === known.number) ? known : this.#newHand(number ?? 0)
    this.hands[place] = hand
    const card = this.#cardOf(hand.number)
    if (card.balance === 0) card.since = this.#now
    if (hand.own === 0) hand.since = this.#now
    card.balance += stamps
    hand.own += stamps
    this.#write('stamp', hand, id, stamps, card)
    return true
  }

  redeem(place: number, id: string): boolean {
    const hand = this.hands[place]
    const view = this.viewOf(place)
    if (!hand || !view || view.ready === 0) return false
    const card = this.#cardOf(hand.number)
    this.#write('redeem', hand, id, -view.goal, card)
    card.balance -= view.goal
    hand.own = Math.max(0, hand.own - view.goal)
    if (card.balance < this.#goal(card.since)) card.since = this.#now
    if (hand.own < this.#goal(hand.since)) hand.since = this.#now
    this.#clamp(hand.number)
    return true
  }

  void(line: Line, _id: string): boolean {
    const card = this.#cardOf(line.number)
    if (line.isUndone || card.balance < line.stamps) return false
    line.isUndone = true
    card.balance -= line.stamps
    const hand = this.hands.find((one) => one?.id === line.by)
    if (hand) hand.own = Math.max(0, hand.own - line.stamps)
    if (line.kind === 'redeem') {
      card.since = Math.min(card.since, line.sinceCard)
      if (hand) hand.since = Math.min(hand.since, line.sinceCard)
    }
    this.#clamp(line.number)
    return true
  }

  forget(place: number): void {
    this.hands[place] = null
  }

  prove(place: number): void {
    const hand = this.hands[place]
    if (hand) hand.isProven = true
  }

  get #now(): number {
    return this.costs.length - 1
  }

  /** The kindest cost since then. */
  #goal(since: number): number {
    return Math.min(...this.costs.slice(since))
  }

  #cardOf(number: number): Card {
    const card = this.#cards.get(number) ?? { balance: 0, since: this.#now }
    this.#cards.set(number, card)
    return card
  }

  #newHand(number: number): Hand {
    this.#lives += 1
    return { number, own: 0, isProven: false, since: this.#now, id: this.#lives }
  }

  /** No browser of the card keeps more own than is left. */
  #clamp(number: number): void {
    const { balance } = this.#cardOf(number)
    for (const hand of this.hands) if (hand?.number === number) hand.own = Math.min(hand.own, balance)
  }

  #write(kind: Line['kind'], hand: Hand, id: string, stamps: number, card: Card): void {
    const promises = { sinceCard: card.since, sinceHand: hand.since }
    this.lines.push({ id, kind, number: hand.number, stamps, by: hand.id, ...promises, isUndone: false })
  }
}
