// One small world for tests: a café and its rival, made by the same commands as the pages, with a clock that tests set and
// chance from a seed. The rival has a card under every number that the café has, and must never see anything of it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../src/cli/seed/seeded-random.ts'
import type { Clock, Random } from '../src/clock.ts'
import { addCafe } from '../src/commands/add-cafe.ts'
import { forgetBrowser } from '../src/commands/forget-browser.ts'
import { redeemReward } from '../src/commands/redeem-reward.ts'
import { setCafe } from '../src/commands/set-cafe.ts'
import { type StampInput, stampCard } from '../src/commands/stamp-card.ts'
import { voidEntry } from '../src/commands/void-entry.ts'
import { type CardView, viewOf } from '../src/rules/card.ts'
import type { Entry } from '../src/rules/entry.ts'
import { type Phone, parsePhone } from '../src/rules/phone.ts'
import type { Cafe } from '../src/store/cafes.ts'
import { databaseFileOf, type StoreSettings } from '../src/store/data-folder.ts'
import { openStore } from '../src/store/open-store.ts'
import { type Fault, proveLedger } from '../src/store/proof.ts'
import type { Store } from '../src/store/store.ts'
import { type Engine, type FreshDatabase, sqlite } from './engines.ts'

/** A time that stands still until a test moves it. */
export interface TestClock {
  nowMs: number
  readonly read: Clock
}

export interface WorldOptions {
  readonly seed?: number
  /** What the café's reward costs. */
  readonly cost?: number
  /** What the store runs on; SQLite unless told. */
  readonly engine?: Engine
}

export const WORLD_START_MS = Date.UTC(2026, 0, 5, 0, 30) // a Monday morning in Seoul

export class World implements AsyncDisposable {
  readonly settings: StoreSettings
  readonly clock: TestClock
  readonly random: Random
  readonly #database: FreshDatabase
  #store: Store
  #cafes: readonly [Cafe, Cafe] | null = null

  private constructor(
    settings: StoreSettings,
    database: FreshDatabase,
    clock: TestClock,
    random: Random,
    store: Store,
  ) {
    this.settings = settings
    this.#database = database
    this.clock = clock
    this.random = random
    this.#store = store
  }

  static async make({ seed = 1, cost = 10, engine = sqlite }: WorldOptions = {}): Promise<World> {
    const clock = testClock()
    const random = testRandom(seed, clock)
    const dataFolder = mkdtempSync(join(tmpdir(), 'dojang-world-'))
    const database = await engine.freshDatabase()
    const settings = { dataFolder, databaseUrl: database.url, secret: null, secretFallbacks: [] }
    const { store } = await openStore(settings, random)
    const world = new World(settings, database, clock, random, store)
    await world.addCafe('ongi', cost)
    await world.addCafe('rival', cost)
    const [cafe, rival] = await store.cafes.list()
    if (cafe === undefined || rival === undefined) throw new Error('both cafés are there')
    world.#cafes = [cafe, rival]
    return world
  }

  get databaseFile(): string {
    return databaseFileOf(this.settings)
  }

  get databaseUrl(): string | null {
    return this.settings.databaseUrl
  }

  get store(): Store {
    return this.#store
  }

  get cafe(): Cafe {
    return this.#bothCafes()[0]
  }

  get rival(): Cafe {
    return this.#bothCafes()[1]
  }

  addCafe(slug: string, cost: number) {
    const cafe = {
      slug,
      name: slug,
      country: 'KR',
      timeZone: 'Asia/Seoul',
      mode: 'self',
      rewardName: null,
      cost,
    } as const
    return this.store.transaction(null, (tx) => addCafe(tx, { ...cafe, atMs: this.clock.nowMs }))
  }

  /** Stamps once, for a known browser or for a number. */
  async stamp(who: Partial<Pick<StampInput, 'browserId' | 'phone' | 'stamps' | 'cafe' | 'newIds'>>) {
    const cafe = who.cafe ?? this.cafe
    const programme = await this.store.cafes.programmeOf(cafe.id)
    const input = { cafe, programme, browserId: null, phone: null, stamps: 1, ...who, atMs: this.clock.nowMs }
    const newIds = who.newIds ?? this.newIds()
    return this.store.transaction(cafe.id, (tx) =>
      stampCard(tx, { kind: 'browser', cafeId: cafe.id }, { ...input, newIds }),
    )
  }

  /** Stamps a number as a new browser would. @returns the browser's id */
  async bind(phone: Phone, stamps = 1, cafe = this.cafe): Promise<string> {
    const outcome = await this.stamp({ phone, stamps, cafe })
    if (!outcome.ok || outcome.answer.browserId === null) throw new Error('a number is stamped')
    return outcome.answer.browserId
  }

  async redeem(browserId: string, cafe = this.cafe) {
    const programme = await this.store.cafes.programmeOf(cafe.id)
    const input = {
      programme,
      browserId,
      rewardId: null,
      entryId: this.random.uuid(),
      atMs: this.clock.nowMs,
    }
    return this.store.transaction(cafe.id, (tx) =>
      redeemReward(tx, { kind: 'browser', cafeId: cafe.id }, input),
    )
  }

  void(undoneId: string, cafe = this.cafe) {
    const input = {
      undoneId,
      entryId: this.random.uuid(),
      reason: 'a test',
      cafe,
      atMs: this.clock.nowMs,
    }
    return this.store.transaction(cafe.id, (tx) =>
      voidEntry(tx, { kind: 'operator', cafeId: cafe.id }, input),
    )
  }

  forget(browserId: string, cafe = this.cafe) {
    const input = { cafeId: cafe.id, browserId, atMs: this.clock.nowMs }
    return this.store.transaction(cafe.id, (tx) => forgetBrowser(tx, input))
  }

  prove(browserId: string, cafe = this.cafe) {
    return this.store.transaction(cafe.id, (tx) =>
      tx.browsers.prove(cafe.id, browserId, 'operator', this.clock.nowMs),
    )
  }

  setCost(cost: number) {
    const input = { slug: this.cafe.slug, change: { cost }, atMs: this.clock.nowMs }
    return this.store.transaction(this.cafe.id, (tx) => setCafe(tx, input))
  }

  /** What a browser may see, or null when it is not known (any more). */
  async view(browserId: string, cafe = this.cafe): Promise<CardView | null> {
    const browser = await this.store.browsers.find(cafe.id, browserId)
    const card = browser && (await this.store.cards.find(cafe.id, browser.cardId))
    return browser && card && viewOf(card, browser, await this.store.cafes.programmeOf(cafe.id))
  }

  /** A card's lines, newest first. */
  async history(phone: Phone, cafe = this.cafe): Promise<readonly Entry[]> {
    const card = await this.store.cards.findByPhone(cafe.id, phone)
    const from = card?.lastEntryId ?? null
    return from === null ? [] : this.store.entries.historyOfCard(cafe.id, from, 1_000_000)
  }

  async faults(): Promise<readonly Fault[]> {
    return (await proveLedger(this.store, () => {})).faults
  }

  newIds() {
    return { entry: this.random.uuid(), card: this.random.uuid(), browser: this.random.uuid() }
  }

  /** Closes the store and opens it again, as a restart does. */
  async restart(): Promise<void> {
    await this.store.close()
    this.#store = (await openStore(this.settings, this.random)).store
  }

  /** Another process's store over the same database and keys. */
  async openBeside(): Promise<Store> {
    return (await openStore(this.settings, this.random)).store
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.store.close()
    await this.#database.drop()
    rmSync(this.settings.dataFolder, { recursive: true, force: true })
  }

  #bothCafes(): readonly [Cafe, Cafe] {
    if (this.#cafes === null) throw new Error('the world is still being made')
    return this.#cafes
  }
}

export function testClock(nowMs = WORLD_START_MS): TestClock {
  const clock = { nowMs, read: () => clock.nowMs }
  return clock
}

/** Chance from a seed; ids carry the test's time. */
export function testRandom(seed: number, clock: TestClock): Random {
  const random = seededRandom(seed)
  return {
    uuid: () => random.uuidAt(clock.nowMs),
    bytes: (size) => Uint8Array.from({ length: size }, () => random.whole(0, 255)),
  }
}

/** A made-up number: 010-0000-0000 and on. */
export function phoneNumber(place: number): Phone {
  const digits = String(place).padStart(8, '0')
  const phone = parsePhone(`010-${digits.slice(0, 4)}-${digits.slice(4)}`, 'KR')
  if (phone === null) throw new Error('a made-up number is a number')
  return phone
}
