/** `dojang seed`: a café with a believable past, to look at and to try things on. */
import { randomInt } from 'node:crypto'
import { systemClock } from '../../clock.ts'
import { addCafe } from '../../commands/add-cafe.ts'
import { routes } from '../../routes.ts'
import { goalOf } from '../../rules/programme.ts'
import type { Cafe } from '../../store/cafes.ts'
import type { Store } from '../../store/store.ts'
import { readCafeSettings, refusalOf } from '../cafe-options.ts'
import { type Call, type Command, done, type Reply, refused, textOf, WrongUse } from '../command.ts'
import { withStore } from '../with-store.ts'
import { livePast } from './live.ts'
import { seededRandom } from './seeded-random.ts'

interface SeedOptions {
  readonly seed: number
  readonly customers: number
  readonly days: number
  readonly slug: string
  readonly name: string
  /** The last day of the past, or null: yesterday. */
  readonly until: Temporal.PlainDate | null
}

const NEW_CAFE = { country: 'KR', timeZone: 'Asia/Seoul', mode: 'self', rewardName: null, cost: 10 } as const
const SEED_MAX = 2 ** 32 - 1

export const seedCafe: Command = {
  name: 'seed',
  summary: 'Makes a café with a believable past.',
  usage: '[--slug ongi] [--name NAME] [--customers 300] [--days 90] [--seed N] [--until 2026-01-31]',
  details: [
    '--slug SLUG      a new café, or one without a single entry; ongi if left out',
    '--name NAME      what a new café is called',
    '--customers N    how many, with made-up numbers; most come once, a few nearly every day',
    '--days N         how long the past is',
    '--seed N         the same seed and the same last day make the same past again',
    '--until DAY      its last day; yesterday if left out',
  ],
  options: {
    slug: { type: 'string' },
    name: { type: 'string' },
    customers: { type: 'string' },
    days: { type: 'string' },
    seed: { type: 'string' },
    until: { type: 'string' },
  },
  positionalsMax: 0,
  async run(call) {
    const options = readOptions(call)
    const refusal = refusalOf({ slug: options.slug })
    if (refusal !== null) return refusal
    return withStore(call, ({ store }) => seed(call, store, options))
  },
}

async function seed(call: Call, store: Store, options: SeedOptions): Promise<Reply> {
  const existing = await store.cafes.findBySlug(options.slug)
  if (existing !== null && (await store.entries.hasAny(existing.id))) {
    return refused('cafe-in-use', `The café "${options.slug}" has a past already: choose another --slug.`)
  }
  const timeZone = existing?.timeZone ?? NEW_CAFE.timeZone
  const today = Temporal.Instant.fromEpochMilliseconds(systemClock())
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const until = options.until ?? today.subtract({ days: 1 })
  if (Temporal.PlainDate.compare(until, today) >= 0) throw new WrongUse('--until takes a day before today.')
  const firstDay = until.subtract({ days: options.days - 1 })
  const cafe = existing ?? (await openCafe(store, options, firstDay))
  const programme = await store.cafes.programmeOf(cafe.id)
  const bar = call.terminal.progress('Living')
  const random = seededRandom(options.seed)
  const input = { store, random, cafe, programme, customers: options.customers, firstDay, days: options.days }
  const lived = await livePast({ ...input, onProgress: bar.show }).finally(bar.end)
  return replyAbout(cafe, { ...options, until, goal: goalOf(programme, 1), ...lived })
}

async function openCafe(
  store: Store,
  { slug, name }: SeedOptions,
  firstDay: Temporal.PlainDate,
): Promise<Cafe> {
  const atMs = firstDay.toZonedDateTime(NEW_CAFE.timeZone).epochMilliseconds
  await store.transaction(null, (tx) => addCafe(tx, { slug, name, ...NEW_CAFE, atMs }))
  const cafe = await store.cafes.findBySlug(slug)
  if (cafe === null) throw new Error('a café that was added is there')
  return cafe
}

function replyAbout(
  { slug, name }: Cafe,
  past: SeedOptions & {
    until: Temporal.PlainDate
    goal: number
    stamps: number
    redeems: number
    voids: number
  },
): Reply {
  const { seed, customers, days, stamps, redeems, voids } = past
  const until = past.until.toString()
  const again = `dojang seed --slug ${slug} --seed ${seed} --customers ${customers} --days ${days} --until ${until}`
  return done(
    [
      `${name} at ${routes.card.href({ cafe: slug })} has a past of ${days} days up to ${until}: ${customers} customers, ${stamps} stamps,`,
      `${redeems} rewards for ${past.goal} stamps each, ${voids} slips undone. Seed ${seed}; elsewhere the same again by`,
      `  ${again}`,
    ].join('\n'),
    { slug, name, seed, customers, days, until, stamps, redeems, voids, again },
  )
}

function readOptions(call: Call): SeedOptions {
  const { slug, name = '온기 커피' } = readCafeSettings({
    ...call,
    options: { slug: 'ongi', ...namedIn(call) },
  })
  return {
    slug,
    name,
    seed: readWhole(call, 'seed', { least: 0, most: SEED_MAX }) ?? randomInt(SEED_MAX + 1),
    customers: readWhole(call, 'customers', { least: 1, most: 1_000_000 }) ?? 300,
    days: readWhole(call, 'days', { least: 1, most: 3_660 }) ?? 90,
    until: readDay(textOf(call, 'until')),
  }
}

function namedIn({ options }: Call): Call['options'] {
  return {
    ...(options.slug !== undefined && { slug: options.slug }),
    ...(options.name !== undefined && { name: options.name }),
  }
}

function readWhole(
  call: Call,
  name: string,
  { least, most }: { least: number; most: number },
): number | null {
  const text = textOf(call, name)
  if (text === undefined) return null
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new WrongUse(`--${name} takes a whole number from ${least} to ${most}.`)
}

function readDay(text: string | undefined): Temporal.PlainDate | null {
  if (text === undefined) return null
  try {
    return Temporal.PlainDate.from(text)
  } catch {
    throw new WrongUse('--until takes a day, as in 2026-01-31.')
  }
}
