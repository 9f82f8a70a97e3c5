import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { addCafe } from '../../src/commands/add-cafe.ts'
import { CAFE, openShop, type Shop } from '../shop.ts'
import { findViolations } from './axe.ts'
import { findMisfits, inView, photograph, runningAnimations, SCREENSHOTS, type View } from './camera.ts'
import { launchChromium } from './chromium.ts'
import { CARD, Customer, FREE } from './customer.ts'
import { type Running, serveShop } from './server.ts'

const PAGE_BYTES_MAX = 14_000 // compressed, all in one: what a server may send before the first answer comes back
const DAY_MS = 24 * 3_600_000

interface Walk {
  readonly customer: Customer
  readonly number: string
  readonly shop: Shop
}

interface Scene {
  readonly name: string
  readonly go: (walk: Walk) => Promise<unknown>
  /** Pictures besides the Korean one on a phone. */
  readonly also?: readonly string[]
}

/** One customer's walk past every page, each scene going on where the one before it ended. */
const scenes: readonly Scene[] = [
  { name: 'home', go: ({ customer }) => customer.open('/'), also: ['ko-desktop'] },
  {
    name: 'no-such-cafe',
    go: ({ customer }) => customer.open('/nowhere/', { expect: 404 }),
    also: ['ko-phone-dark'],
  },
  { name: 'no-such-page', go: ({ customer }) => customer.open('/cafe/nothing/here/', { expect: 404 }) },
  {
    name: 'form',
    go: ({ customer }) => customer.open(CARD),
    also: ['ko-phone-dark', 'en-phone', 'ja-phone', 'ko-desktop', 'ko-phone-contrast'],
  },
  {
    name: 'form-refused',
    go: ({ customer }) => customer.stamp('010-12', { expect: 422 }),
    also: ['ko-phone-dark', 'en-phone', 'ja-phone'],
  },
  { name: 'card-1-just-stamped', go: ({ customer, number }) => customer.stamp(number), also: ['en-phone'] },
  { name: 'card-3', go: (walk) => earnOnDays(walk, 2), also: ['ja-phone'] },
  { name: 'free-7-missing', go: ({ customer }) => customer.open(FREE), also: ['en-phone', 'ja-phone'] },
  {
    name: 'card-7',
    go: (walk) => earnOnDays(walk, 4),
    also: [
      'ko-phone-dark',
      'en-phone',
      'ko-desktop',
      'ko-desktop-dark',
      'ko-phone-contrast',
      'ko-phone-large-text',
    ],
  },
  {
    name: 'card-not-me',
    go: ({ customer }) => customer.page.click('.whose summary'),
    also: ['en-phone', 'ja-phone'],
  },
  { name: 'card-10', go: (walk) => earnOnDays(walk, 3), also: ['ko-phone-dark', 'ja-phone'] },
  {
    name: 'free-ask',
    go: ({ customer }) => customer.open(FREE),
    also: ['ko-phone-dark', 'en-phone', 'ja-phone', 'ko-desktop'],
  },
  { name: 'card-13', go: (walk) => earnOnDays(walk, 3), also: ['ko-phone-dark'] },
  {
    name: 'ticket-live',
    go: ({ customer }) => customer.redeem(),
    also: ['ko-phone-dark', 'en-phone', 'ja-phone', 'ko-desktop', 'ko-phone-contrast', 'ko-phone-large-text'],
  },
  {
    name: 'ticket-used',
    go: (walk) => turnClock(walk, 3 * 60_000),
    also: ['ko-phone-dark', 'ja-phone'],
  },
  { name: 'ticket-live-one-more', go: ({ customer }) => redeemWithOneMoreReady(customer) },
  { name: 'free-refused', go: ({ customer }) => redeemWhatIsGone(customer), also: ['en-phone'] },
  { name: 'card-0-history', go: ({ customer }) => customer.open(CARD), also: ['en-phone', 'ja-phone'] },
  { name: 'card-0-older', go: ({ customer }) => customer.press('.history p a') },
  { name: 'card-refused', go: ({ customer }) => sendWithOldToken(customer), also: ['ko-phone-dark'] },
  { name: 'form-forgotten', go: ({ customer }) => forgetFrom(customer), also: ['ja-phone'] },
  { name: 'counter-form', go: ({ customer }) => customer.open('/counter/') },
  { name: 'thirty-form', go: ({ customer }) => customer.open('/thirty/'), also: ['ja-phone'] },
]

const phones = [
  { language: 'ko', locale: 'ko-KR', number: '010-0000-5678' },
  { language: 'en', locale: 'en-GB', number: '010-0000-5679' },
  { language: 'ja', locale: 'ja-JP', number: '010-0000-5680' },
]

let browser: Browser

before(async () => {
  browser = await launchChromium()
})
after(() => browser?.close())

describe('every page', { concurrency: phones.length }, () => {
  for (const { language, locale, number } of phones) {
    it(`in ${language} can be read by everyone, in light and dark, and asks for nothing else`, async (t) => {
      const { shop, server, close } = await openStreet()
      t.after(close)
      const customer = await Customer.enter(browser, server.origin, { locale, reducedMotion: 'reduce' })
      for (const scene of scenes) {
        await t.test(scene.name, async () => {
          await scene.go({ customer, number, shop })
          for (const view of viewsOf(scene, language))
            await photograph(customer.page, `${scene.name}-${language}`, view)
          await inspect(customer)
        })
      }
      await customer.leave()
      if (language === 'ko') t.diagnostic(`pictures of the pages are in ${SCREENSHOTS}`)
    })
  }
})

/** The shop of the tests, and two cafés of another kind beside it. */
async function openStreet(): Promise<{ shop: Shop; server: Running; close(): Promise<void> }> {
  const shop = await openShop()
  const others = [
    { ...CAFE, slug: 'counter', name: '카운터 커피', mode: 'counter' as const },
    {
      ...CAFE,
      slug: 'thirty',
      name: '서른 번의 커피와 아주 긴 이름을 가진 카페 성수점',
      cost: 30,
      rewardName: '시그니처 라테와 오늘의 케이크',
    },
  ]
  for (const cafe of others) await shop.store.transaction(null, (tx) => addCafe(tx, cafe))
  const server = await serveShop(shop)
  return {
    shop,
    server,
    async close() {
      await server.stop()
      await shop.close()
    },
  }
}

async function inspect(customer: Customer): Promise<void> {
  const { page } = customer
  const found = [
    ...(await inView(page, 'phone', () => findViolations(page))),
    ...(await inView(page, 'phone-dark', () => findViolations(page, { rules: ['color-contrast'] }))),
    ...(await findMisfits(page)),
  ]
  assert.deepEqual(found, [])
  assert.equal(await runningAnimations(page), 0)
  const bytes = gzipSync(await pageText(customer)).length
  assert.ok(bytes < PAGE_BYTES_MAX, `${bytes} bytes compressed`)
  customer.assertNoComplaints()
}

function viewsOf({ also = [] }: Scene, language: string): View[] {
  const wanted = also
    .filter((picture) => picture.startsWith(`${language}-`))
    .map((picture) => picture.slice(language.length + 1) as View)
  return language === 'ko' ? ['phone', ...wanted] : wanted
}

async function pageText(customer: Customer): Promise<Buffer> {
  const answer = customer.answers.at(-1)
  assert.ok(answer)
  return answer.body()
}

describe('the card page', () => {
  let server: Running
  let close: () => Promise<void>
  before(async () => {
    ;({ server, close } = await openStreet())
  })
  after(() => close?.())

  it('comes in one answer of fewer than 14,000 bytes, script and styles included', async (t) => {
    const customer = await Customer.enter(browser, server.origin)
    await customer.earn(25, '010-0000-5690')
    await customer.open(CARD)
    const text = await pageText(customer)
    const compressed = gzipSync(text).length
    t.diagnostic(`${text.length} bytes, ${compressed} compressed`)
    assert.ok(compressed < PAGE_BYTES_MAX)
    assert.equal(customer.answers.length, 1)
    customer.assertNoComplaints() // nor a request for any other file
    await customer.leave()
  })

  it('keeps its seals and its ticket where the phone forces its own colours', async () => {
    const customer = await Customer.enter(browser, server.origin, { forcedColors: 'active' })
    await customer.earn(10, '010-0000-5691')
    await customer.redeem()
    await customer.open(CARD)
    await customer.stamp()
    await assertDrawn(customer, '#s0', '#card')
    await customer.open(FREE)
    await assertDrawn(customer, '.left', '#ticket')
    const border = await customer.page
      .locator('#ticket')
      .evaluate((ticket) => getComputedStyle(ticket).border)
    assert.match(border, /^2px solid rgb/)
    await customer.leave()
  })

  async function assertDrawn({ page }: Customer, drawn: string, ground: string): Promise<void> {
    const stroke = await page.locator(drawn).evaluate((one) => getComputedStyle(one).stroke)
    const paper = await page.locator(ground).evaluate((one) => getComputedStyle(one).backgroundColor)
    assert.notEqual(stroke, paper, drawn)
  }

  it('presses a new seal with a short motion, and the ticket turns, unless the phone asks for less', async () => {
    for (const [reducedMotion, moves] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      const customer = await Customer.enter(browser, server.origin, { reducedMotion })
      await customer.open(CARD)
      await customer.stamp(`010-0000-57${moves ? 10 : 11}`)
      assert.equal(await customer.page.locator('.new').count(), 1)
      assert.equal(await isAnimated(customer, '.new'), moves)
      await customer.earn(9, `010-0000-57${moves ? 10 : 11}`)
      await customer.redeem()
      assert.equal((await runningAnimations(customer.page)) > 0, moves)
      await customer.leave()
    }
  })

  function isAnimated({ page }: Customer, selector: string): Promise<boolean> {
    return page.locator(selector).evaluate((element) => getComputedStyle(element).animationName !== 'none')
  }
})

/** A stamp a day, then a look at the card. */
async function earnOnDays({ customer, shop }: Walk, stamps: number): Promise<void> {
  for (let earned = 0; earned < stamps; earned++) {
    shop.clock.nowMs += DAY_MS
    await customer.earn(1)
  }
  shop.clock.nowMs += 3_600_000
  await customer.open(CARD)
}

async function turnClock({ customer, shop }: Walk, byMs: number): Promise<void> {
  shop.clock.nowMs += byMs
  await customer.open(FREE)
}

async function redeemWithOneMoreReady(customer: Customer): Promise<void> {
  await customer.earn(17)
  await customer.redeem()
}

/** Pressed when the stamps are gone already: used up in another tab. */
async function redeemWhatIsGone(customer: Customer): Promise<void> {
  const other = await customer.openTab()
  await other.open(FREE)
  await other.press('#reward button')
  await other.page.close()
  await customer.press('#reward button', { expect: 409 })
}

async function sendWithOldToken(customer: Customer): Promise<void> {
  await customer.open(CARD)
  await customer.page.locator('#stamp [name=csrf_token]').evaluate((field) => {
    ;(field as HTMLInputElement).value = 'of another day'
  })
  await customer.stamp(undefined, { expect: 403 })
}

async function forgetFrom(customer: Customer): Promise<void> {
  await customer.open(CARD)
  await customer.forget()
}
