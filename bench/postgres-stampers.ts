// Customers of one process at PostgreSQL: each stamps its own card again and again, by the same commands as a page, through a store of its own.
import { type ChildProcess, fork } from 'node:child_process'
import { createHash, randomUUIDv7 } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { systemRandom } from '../src/clock.ts'
import { answerOnce } from '../src/commands/answer-once.ts'
import { type StampInput, stampCard } from '../src/commands/stamp-card.ts'
import type { Phone } from '../src/rules/phone.ts'
import type { StoreSettings } from '../src/store/data-folder.ts'
import { openStore } from '../src/store/open-store.ts'
import type { Store } from '../src/store/store.ts'

/** A browser that is bound to a card of its own. */
export type Customer = { cafeId: number; browserId: string }

export type Turn = { stamps: number; seconds: number; latenciesMs: Float64Array }

export type Stampers = { turn: (seconds: number) => Promise<Turn>; stop: () => Promise<void> }

type Order = { settings: StoreSettings; customers: readonly Customer[]; atOnce: number }

/** Starts a process whose store is open and waits for its turns. */
export async function startStampers(order: Order): Promise<Stampers> {
  const child = fork(fileURLToPath(import.meta.url), { serialization: 'advanced' })
  const answer = <T>(message: unknown) =>
    new Promise<T>((resolve, reject) => {
      const ended = () => reject(new Error('a process of stampers ended early'))
      child.once('exit', ended)
      child.once('message', (reply: T) => {
        child.off('exit', ended)
        resolve(reply)
      })
      child.send(message as object)
    })
  await answer(order)
  return { turn: (seconds) => answer<Turn>({ seconds }), stop: () => end(child) }
}

/** Opens cards, and binds a browser to each. @returns them in the order of their places */
export async function inviteCustomers(store: Store, cafeIds: readonly number[], count: number) {
  const customers: Promise<Customer>[] = []
  const ofCafe = new Map(
    await Promise.all(cafeIds.map(async (id) => [id, await cafeWith(store, id)] as const)),
  )
  for (let place = 0; place < count; place++) {
    const cafeId = cafeIds[place % cafeIds.length] ?? Number.NaN
    const cafe = ofCafe.get(cafeId)
    if (cafe === undefined) throw new Error('no such café')
    const phone = `+8210${String(place).padStart(8, '0')}` as Phone
    customers.push(
      stampOnce(store, cafe, { browserId: null, phone }).then((browserId) => ({ cafeId, browserId })),
    )
    if (place % 1000 === 999) await Promise.all(customers) // a queue takes no more than 4,096
  }
  return Promise.all(customers)
}

type CafeHere = Pick<StampInput, 'cafe' | 'programme'>

async function cafeWith(store: Store, cafeId: number): Promise<CafeHere> {
  const cafe = (await store.cafes.list()).find(({ id }) => id === cafeId)
  if (cafe === undefined) throw new Error('no such café')
  return { cafe, programme: await store.cafes.programmeOf(cafeId) }
}

/** What the stamp's page asks of the store. @returns the browser as which the customer goes on */
async function stampOnce(
  store: Store,
  { cafe, programme }: CafeHere,
  who: Pick<StampInput, 'browserId' | 'phone'>,
): Promise<string> {
  const newIds = { entry: randomUUIDv7(), card: randomUUIDv7(), browser: randomUUIDv7() }
  const input = { cafe, programme, ...who, stamps: 1, atMs: Date.now(), newIds }
  const ask = {
    cafeId: cafe.id,
    key: makeKey(),
    askers: [`browser:${who.browserId}`],
    request: 'stamp\n/cafe/',
  } as const
  const outcome = await store.transaction(cafe.id, (tx) =>
    answerOnce(tx, ask, () => stampCard(tx, { kind: 'browser', cafeId: cafe.id }, input)),
  )
  if (!outcome.ok || outcome.answer.browserId === null) throw new Error('a stamp was refused')
  return outcome.answer.browserId
}

/** As a page of Dojang makes them: the time first, then what nobody guesses. */
export function makeKey(): string {
  return `${Date.now().toString(16).padStart(12, '0')}-${createHash('sha256').update(randomUUIDv7()).digest('base64url').slice(0, 22)}`
}

async function stampFor(
  store: Store,
  cafes: ReadonlyMap<number, CafeHere>,
  order: Order,
  seconds: number,
): Promise<Turn> {
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  const latencies: number[] = []
  const places = Array.from({ length: order.atOnce }, (_, at) =>
    order.customers.filter((_, place) => place % order.atOnce === at),
  )
  await Promise.all(
    places.map(async (theirs) => {
      for (let turn = 0; performance.now() < endAt; turn++) {
        const customer = theirs[turn % theirs.length]
        const cafe = customer && cafes.get(customer.cafeId)
        if (cafe === undefined) throw new Error('no customers')
        const askedAt = performance.now()
        await stampOnce(store, cafe, { browserId: customer?.browserId ?? null, phone: null })
        latencies.push(performance.now() - askedAt)
      }
    }),
  )
  return {
    stamps: latencies.length,
    seconds: (performance.now() - startedAt) / 1000,
    latenciesMs: Float64Array.from(latencies),
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.disconnect()
  await ended
}

if (import.meta.main && process.send !== undefined) {
  process.once('message', async (order: Order) => {
    const { store } = await openStore(order.settings, systemRandom)
    const cafes = new Map<number, CafeHere>()
    for (const { cafeId } of order.customers)
      if (!cafes.has(cafeId)) cafes.set(cafeId, await cafeWith(store, cafeId))
    process.on('message', async ({ seconds }: { seconds: number }) =>
      process.send?.(await stampFor(store, cafes, order, seconds)),
    )
    process.once('disconnect', () => store.close())
    process.send?.('open')
  })
}
