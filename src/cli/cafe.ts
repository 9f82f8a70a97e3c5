/** `dojang cafe add`, `cafe list` and `cafe set`. */
import { systemClock } from '../clock.ts'
import * as adding from '../commands/add-cafe.ts'
import { FIRST_SLUG } from '../commands/open-first-cafe.ts'
import * as setting from '../commands/set-cafe.ts'
import { routes } from '../routes.ts'
import { type Act, type Facts, operatorLine } from '../rules/audit.ts'
import { currentVersion } from '../rules/programme.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Reads, Store, Tx } from '../store/store.ts'
import { CAFE_OPTIONS, type CafeSettings, readCafeSettings, refusalOf, timeZoneOf } from './cafe-options.ts'
import { type Command, done, type Reply, refused, WrongUse } from './command.ts'
import { withStore } from './with-store.ts'

const DETAILS = [
  'SLUG, --slug SLUG the first part of its address: a-z, 0-9 and -, 2 to 32 of them; never changed',
  '--name NAME       as customers read it; the slug until it is set',
  '--country KR      where numbers without + are at home',
  '--time-zone ZONE  of its days and hours, as in Asia/Seoul; the country’s if left out',
  '--mode MODE       self: customers stamp themselves; counter: only staff do; code: customers, with the code that the',
  '                  counter’s screen shows; approve: customers ask, staff allow',
  '--cost STAMPS     what a reward costs, 1 to 100; half-full cards keep the cost they started under',
  '--reward NAME     what the reward is called; the free coffee if left out or empty',
] as const

export const addCafe: Command = {
  name: 'cafe add',
  summary: 'Adds a café, on trial.',
  usage: 'SLUG [--name NAME] [--country KR] [--time-zone ZONE] [--mode self] [--cost 10] [--reward NAME]',
  details: DETAILS,
  options: CAFE_OPTIONS,
  positionalsMax: 1,
  firstWordIs: 'slug',
  async run(call) {
    const settings = readCafeSettings(call)
    const { slug, name = slug, country = 'KR', mode = 'self', cost = 10 } = settings
    const refusal = refusalOf(settings)
    if (refusal !== null) return refusal
    const timeZone = settings['time-zone'] ?? timeZoneOf(country)
    const cafe = { slug, name, country, timeZone, mode, cost, rewardName: settings.reward || null }
    const add = async ({ store }: { store: Store }) => {
      const outcome = await store.transaction(null, (tx) =>
        adding.addCafe(tx, { ...cafe, atMs: systemClock() }),
      )
      if (!outcome.ok) {
        return refused(
          outcome.reason,
          `There is a café "${slug}" already: choose another slug, or change it by dojang cafe set.`,
        )
      }
      return replyAbout(store, slug, 'Added')
    }
    return withStore(call, add, { opensFirstCafe: slug !== FIRST_SLUG }) // which may be added as one likes it
  },
}

export const listCafes: Command = {
  name: 'cafe list',
  summary: 'Lists the cafés.',
  usage: '',
  details: [],
  options: {},
  positionalsMax: 0,
  run: (call) =>
    withStore(call, async ({ store }) => {
      const cafes = await Promise.all((await store.cafes.list()).map((cafe) => factsOf(store, cafe)))
      const words =
        cafes.length === 0 ? 'There is no café yet: dojang cafe add makes one.' : cafes.map(lineOf).join('\n')
      return done(words, { cafes })
    }),
}

export const setCafe: Command = {
  name: 'cafe set',
  summary: 'Changes a café’s name, place, mode or programme.',
  usage: 'SLUG [--name NAME] [--country KR] [--time-zone ZONE] [--mode MODE] [--cost STAMPS] [--reward NAME]',
  details: DETAILS,
  options: CAFE_OPTIONS,
  positionalsMax: 1,
  firstWordIs: 'slug',
  async run(call) {
    const settings = readCafeSettings(call)
    const refusal = refusalOf(settings)
    if (refusal !== null) return refusal
    const change = changeOf(settings)
    if (Object.keys(change).length === 0) throw new WrongUse('Say what to change: see dojang help cafe set.')
    return withStore(call, async ({ store }) => {
      const cafe = await store.cafes.findBySlug(settings.slug)
      if (cafe === null) return noSuchCafe(settings.slug)
      const input = { slug: cafe.slug, change, atMs: systemClock() }
      await store.transaction(cafe.id, (tx) => setAudited(tx, cafe, input))
      return replyAbout(store, settings.slug, 'Set')
    })
  },
}

/** With its lines in the audit log, as when an owner changes it (decision 013), and a word to the pages that are open. */
async function setAudited(
  tx: Tx,
  cafe: Cafe,
  input: { readonly slug: string; readonly change: setting.CafeChange; readonly atMs: number },
): Promise<void> {
  const { cost, rewardName, ...place } = input.change
  const [reward] = currentVersion(await tx.cafes.programmeOf(cafe.id)).rewards
  await setting.setCafe(tx, input)
  const append = (act: Act, facts: Facts) =>
    tx.audits.append(cafe.id, operatorLine(act, input.atMs, null, facts))
  const costBefore = reward?.cost ?? 0
  if (cost !== undefined || rewardName !== undefined)
    await append('programme-changed', { costBefore, cost: cost ?? costBefore })
  if (Object.keys(place).length > 0)
    await append('cafe-changed', { modeBefore: cafe.mode, mode: place.mode ?? cafe.mode })
  await tx.tell(cafe.id, 'cafe')
}

export function noSuchCafe(slug: string): Reply {
  return refused('no-such-cafe', `There is no café "${slug}": dojang cafe list shows those there are.`)
}

function changeOf({
  name,
  country,
  mode,
  cost,
  reward,
  'time-zone': timeZone,
}: CafeSettings): setting.CafeChange {
  return {
    ...(name !== undefined && { name }),
    ...(country !== undefined && { country }),
    ...(timeZone !== undefined && { timeZone }),
    ...(mode !== undefined && { mode }),
    ...(cost !== undefined && { cost }),
    ...(reward !== undefined && { rewardName: reward || null }),
  }
}

async function replyAbout(store: Reads, slug: string, verb: string): Promise<Reply> {
  const cafe = await store.cafes.findBySlug(slug)
  if (cafe === null) return noSuchCafe(slug)
  const facts = await factsOf(store, cafe)
  return done(`${verb}: ${lineOf(facts)}`, { cafe: facts })
}

async function factsOf(store: Reads, { slug, name, country, timeZone, mode, id, setUpAtMs }: Cafe) {
  const [reward] = currentVersion(await store.cafes.programmeOf(id)).rewards
  const programme = { cost: reward?.cost ?? null, reward: reward?.name ?? null }
  const path = routes.card.href({ cafe: slug })
  return { slug, name, country, timeZone, mode, ...programme, path, isOnTrial: setUpAtMs === null }
}

function lineOf(cafe: Awaited<ReturnType<typeof factsOf>>): string {
  const reward = cafe.reward ?? 'a free coffee'
  const trial = cafe.isOnTrial ? ', on trial' : ''
  return `${cafe.path}  ${cafe.name}: ${cafe.cost} stamps for ${reward}, mode ${cafe.mode}, ${cafe.country}, ${cafe.timeZone}${trial}`
}
