// Who is a customer here? Numbers tried at every door that is open to a stranger, and e-mails at the owner's (safety.md S33, F3). What is
// counted is what a stranger can read; how long an answer takes is counted in work where the work is done (sign-in/try-password.test.ts).
import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { routes } from '../../src/routes.ts'
import type { Mode } from '../../src/rules/mode.ts'
import { pairedDevice } from '../counter-people.ts'
import { runs } from '../effort.ts'
import { openShop, type Shop } from '../shop.ts'
import { EMAIL, PASSWORD, setUpByPage, signInByPage } from '../sign-in.ts'
import { StaffHand } from '../staff-hand.ts'
import { formIn } from '../visitor.ts'
import { bare } from './bare.ts'
import { freshForm, newKey } from './every-post.ts'

const CARD = routes.card.href({ cafe: 'cafe' })
const SIGN_IN = routes.owner.signIn.href({ cafe: 'cafe' })
const PREFERENCES = routes.preferences.href({ cafe: 'cafe' })
const DAY_MS = 24 * 60 * 60_000
const AT_ONCE = 50

/** What was seen, and how often with a customer's number and with anybody's. */
type Seen = Map<string, { known: number; unknown: number }>

describe('a stranger with thousands of numbers, half of them customers’', () => {
  for (const [mode, numbers] of [
    ['self', runs(2_000, 10_000)],
    ['code', runs(400, 10_000)],
    ['counter', 100],
    ['approve', 20], // as many as may wait at a time
  ] as const)
    it(`learns of none by typing it at the card’s page, in mode ${mode}`, () =>
      inShop(mode, async (shop, hand) => {
        const seen = await tryNumbers(shop, hand, numbers, async (phone) => {
          const stranger = shop.visitor()
          const { csrf_token = '' } = formIn((await stranger.get(CARD)).text, PREFERENCES)
          const code = mode === 'code' ? { code: hand.code() } : {}
          const form = { csrf_token, idempotency_key: newKey(), phone, ...code }
          const posted = await stranger.postFields(CARD, form)
          return [posted, await stranger.get(CARD), await stranger.get(routes.free.href({ cafe: 'cafe' }))]
        })
        assert.equal(best(seen), 0.5, differences(seen))
      }))

  it('learns of none at the kiosk, where the café keeps the count to itself', () =>
    inShop('counter', async (shop, hand) => {
      await shop.store.transaction(hand.cafe.id, (tx) =>
        tx.cafes.update({ ...hand.cafe, kioskShowsCount: false }),
      )
      const { visitor } = await pairedDevice(shop, 'kiosk')
      const stamps = routes.kiosk.stamps.href({ cafe: 'cafe' })
      const seen = await tryNumbers(
        shop,
        hand,
        200,
        async (phone) => {
          const posted = await visitor.postFields(stamps, { phone, ...(await freshForm(visitor)) })
          return [posted, await visitor.get(routes.kiosk.home.href({ cafe: 'cafe' }))]
        },
        1,
      )
      assert.equal(best(seen), 0.5, differences(seen))
    }))
})

describe('a stranger with e-mails', () => {
  it('reads the same of an owner’s and of nobody’s, from the first try to the limit and past a hundred failures', async () => {
    const shop = await openShop()
    await setUpByPage(shop)
    const cafe = await shop.store.cafes.findBySlug('cafe')
    const [owner] = await shop.store.people.list(cafe?.id ?? 0)
    for (const failures of [0, 100]) {
      for (let time = 0; time < failures; time++)
        await shop.store.transaction(1, (tx) => tx.people.countPasswordFailure(1, owner?.id ?? ''))
      shop.clock.nowMs += DAY_MS
      const read: string[][] = []
      for (const email of [EMAIL, 'nobody@ongi.example']) {
        const answers: string[] = []
        for (let place = 0; place < 12; place++) {
          const stranger = shop.visitor()
          stranger.address = `203.0.113.${place + failures + (email === EMAIL ? 0 : 50)}`
          const isRight = failures > 0 && place === 0 // right, of a password that was switched off
          const password = isRight ? PASSWORD : 'wrong otter pudding'
          answers.push(bare(await signInByPage(stranger, { email, password }), [email, SIGN_IN]))
        }
        read.push(answers)
      }
      assert.match(read[0]?.[0] ?? '', /^401/)
      assert.match(read[0]?.[11] ?? '', /^429/)
      assert.deepEqual(read[0], read[1])
    }
    await shop.close()
  })
})

async function inShop(mode: Mode, work: (shop: Shop, hand: StaffHand) => Promise<void>): Promise<void> {
  const shop = await openShop()
  try {
    await work(shop, await StaffHand.begin(shop, mode))
  } finally {
    shop.app.close()
    await shop.close()
  }
}

/** Half of the numbers have a card of seven stamps, a day old. */
async function tryNumbers(
  shop: Shop,
  hand: StaffHand,
  count: number,
  ask: (phone: string) => Promise<Parameters<typeof bare>[0][]>,
  atOnce = AT_ONCE,
): Promise<Seen> {
  const phones = Array.from({ length: count }, (_, place) => {
    const digits = String(place).padStart(8, '0')
    return `010-${digits.slice(0, 4)}-${digits.slice(4)}`
  })
  const isKnown = (place: number) => place % 2 === 0
  for (const batch of batches(
    phones.filter((_, place) => isKnown(place)),
    AT_ONCE,
  ))
    await Promise.all(batch.map((phone) => hand.stamp(phone, 7)))
  shop.clock.nowMs += DAY_MS
  const seen: Seen = new Map()
  for (const batch of batches([...phones.entries()], atOnce))
    await Promise.all(
      batch.map(async ([place, phone]) => {
        const answers = (await ask(phone)).map((shown) => withoutLinks(bare(shown, [phone])))
        const counted = seen.get(answers.join('\n\n')) ?? { known: 0, unknown: 0 }
        counted[isKnown(place) ? 'known' : 'unknown'] += 1
        seen.set(answers.join('\n\n'), counted)
      }),
    )
  return seen
}

/** How often whoever goes by what they read would be right; half is a coin's luck. */
function best(seen: Seen): number {
  const [right, all] = [...seen.values()].reduce(
    ([right, all], { known, unknown }) => [right + Math.max(known, unknown), all + known + unknown],
    [0, 0],
  )
  return right / all
}

/** Where two of what was seen part ways. */
function differences(seen: Seen): string {
  const [one = '', other = ''] = [...seen.keys()]
  const at = [...one].findIndex((sign, place) => sign !== other[place])
  return `${seen.size} kinds of answer: “${one.slice(at - 80, at + 80)}” and “${other.slice(at - 80, at + 80)}”`
}

/** The end of their own number; and at the kiosk a link, new for each stamp, and its QR. */
function withoutLinks(text: string): string {
  return text
    .replaceAll(/010.••••.\d{4}/g, '')
    .replaceAll(/<path d="[^"]*"/g, '')
    .replaceAll(/claim\/[\w-]{22}\//g, '')
}

function* batches<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size)
}
