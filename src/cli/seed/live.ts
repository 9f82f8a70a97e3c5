/** Lives the past through the same commands as the pages: stamps, coffees, slips of the thumb and new phones. */
import { redeemReward } from '../../commands/redeem-reward.ts'
import { stampCard } from '../../commands/stamp-card.ts'
import { voidEntry } from '../../commands/void-entry.ts'
import { type Phone, parsePhone } from '../../rules/phone.ts'
import { goalOf, type Programme } from '../../rules/programme.ts'
import type { Cafe } from '../../store/cafes.ts'
import type { Store } from '../../store/store.ts'
import { type Customer, inventCustomers, type Visit, visitsOn } from './past.ts'
import type { SeededRandom } from './seeded-random.ts'

export interface PastInput {
  readonly store: Store
  readonly random: SeededRandom
  readonly cafe: Cafe
  readonly programme: Programme
  readonly customers: number
  readonly firstDay: Temporal.PlainDate
  readonly days: number
  /** @param share done, 0 to 1 */
  readonly onProgress: (share: number) => void
}

export interface Lived {
  stamps: number
  redeems: number
  voids: number
}

/** One customer's browser: the card cookie that it would hold, and what it may spend. */
interface Pocket {
  readonly phone: Phone
  browserId: string | null
  own: number
  /** All that was asked for it so far. What comes next may need it: a store may run side by side what arrives together. */
  past: Promise<void>
}

type Step = () => Promise<void>

const IN_FLIGHT_MAX = 2_000 // half of what the store lets wait: enough different cards to fill its groups
const USES_REWARD = 0.75 // of the visits on which one is ready; the others keep it for another day
const PAYS_AS_WELL = 0.3 // of the visits with a free coffee
const SLIPS = 0.008 // of the stamps are undone at once: pressed for the wrong customer
const NEW_PHONE = 0.01 // of the visits, or the old one's cookies were cleared
const STAMPS = [
  [1, 85],
  [2, 12],
  [3, 3],
] as const
const MINUTE_MS = 60_000

/** The same random gives the same ledger. */
export async function livePast(input: PastInput): Promise<Lived> {
  const customers = inventCustomers(input.random, input)
  const pockets = customers.map((customer) => pocketOf(customer))
  const lived: Lived = { stamps: 0, redeems: 0, voids: 0 }
  const inFlight: Promise<void>[] = []
  for (let day = 0; day < input.days; day += 1) {
    const date = input.firstDay.add({ days: day })
    for (const visit of visitsOn(input.random, customers, { date, day, timeZone: input.cafe.timeZone })) {
      const pocket = pockets[visit.customer]
      if (pocket !== undefined) inFlight.push(liveOn(pocket, visitCafe(input, pocket, visit, lived)))
      if (inFlight.length >= IN_FLIGHT_MAX) await inFlight.shift()
    }
    input.onProgress((day + 1) / input.days)
  }
  await Promise.all(inFlight)
  return lived
}

/** One card's steps go one after the other; those of different cards meet in the store's groups. */
function liveOn(pocket: Pocket, steps: readonly Step[]): Promise<void> {
  for (const step of steps) pocket.past = pocket.past.then(step)
  pocket.past.catch(() => {}) // whoever awaits it hears of it
  return pocket.past
}

/** What a customer does at the counter. Chance is asked here and now, so that the order in which the store answers changes nothing. */
function visitCafe(input: PastInput, pocket: Pocket, { atMs }: Visit, lived: Lived): Step[] {
  const { random, programme } = input
  if (random.chance(NEW_PHONE)) Object.assign(pocket, { browserId: null, own: 0 })
  const goal = goalOf(programme, 1)
  if (pocket.own < goal || !random.chance(USES_REWARD)) return stamp(input, pocket, atMs, lived)
  const redeemed = redeem(input, pocket, atMs, lived)
  return random.chance(PAYS_AS_WELL)
    ? [redeemed, ...stamp(input, pocket, atMs + MINUTE_MS, lived)]
    : [redeemed]
}

function stamp(input: PastInput, pocket: Pocket, atMs: number, lived: Lived): Step[] {
  const { store, random, cafe, programme } = input
  const newIds = { entry: random.uuidAt(atMs), card: random.uuidAt(atMs), browser: random.uuidAt(atMs) }
  const stamps = random.weighted(STAMPS)
  const who = { browserId: pocket.browserId, phone: pocket.browserId === null ? pocket.phone : null }
  const actor = { kind: 'browser', cafeId: cafe.id } as const
  pocket.browserId ??= newIds.browser
  pocket.own += stamps
  lived.stamps += stamps
  const step = { cafe, programme, ...who, stamps, atMs, newIds }
  const steps: Step[] = [
    () => store.transaction(cafe.id, (tx) => stampCard(tx, actor, step)).then(expectDone),
  ]
  if (random.chance(SLIPS)) {
    pocket.own -= stamps
    lived.stamps -= stamps
    lived.voids += 1
    steps.push(undo(input, newIds.entry, atMs + random.whole(1, 3) * MINUTE_MS))
  }
  return steps
}

function redeem(
  { store, random, cafe, programme }: PastInput,
  pocket: Pocket,
  atMs: number,
  lived: Lived,
): Step {
  const { browserId } = pocket
  if (browserId === null) throw new Error('whoever redeems has stamped before')
  const input = { programme, browserId, rewardId: null, entryId: random.uuidAt(atMs), atMs }
  pocket.own -= goalOf(programme, 1)
  lived.redeems += 1
  const actor = { kind: 'browser', cafeId: cafe.id } as const
  return () => store.transaction(cafe.id, (tx) => redeemReward(tx, actor, input)).then(expectDone)
}

function undo({ store, random, cafe }: PastInput, undoneId: string, atMs: number): Step {
  const input = {
    undoneId,
    entryId: random.uuidAt(atMs),
    reason: 'stamped the wrong card',
    cafe,
    atMs,
  }
  const actor = { kind: 'operator', cafeId: cafe.id } as const
  return () => store.transaction(cafe.id, (tx) => voidEntry(tx, actor, input)).then(expectDone)
}

function expectDone(outcome: { readonly ok: boolean; readonly reason?: string }): void {
  if (!outcome.ok) throw new Error(`the made-up past does not hold: ${outcome.reason}`)
}

function pocketOf({ number }: Customer): Pocket {
  const phone = parsePhone(number, 'KR')
  if (phone === null) throw new Error('a made-up number is no number')
  return { phone, browserId: null, own: 0, past: Promise.resolve() }
}
