// A customer's phone while staff act behind the counter: claim links, the counter's code, requests and stamps that come by themselves.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { routes } from '../../src/routes.ts'
import type { Mode } from '../../src/rules/mode.ts'
import { openShop, type Shop } from '../shop.ts'
import { StaffHand } from '../staff-hand.ts'
import { findViolations } from './axe.ts'
import { findMisfits, photograph } from './camera.ts'
import { launchChromium } from './chromium.ts'
import { CARD, Customer } from './customer.ts'
import { serveShop } from './server.ts'

const LIVE = routes.live.href({ cafe: 'cafe' })
const MINUTE_MS = 60_000
const languages = [
  { language: 'ko', locale: 'ko-KR' },
  { language: 'en', locale: 'en-GB' },
  { language: 'ja', locale: 'ja-JP' },
]

let browser: Browser
before(async () => {
  browser = await launchChromium()
})
after(() => browser?.close())

interface Counter {
  readonly shop: Shop
  readonly hand: StaffHand
  enter(options?: BrowserContextOptions): Promise<Customer>
}

async function atCounter(mode: Mode, work: (counter: Counter) => Promise<void>): Promise<void> {
  const shop = await openShop()
  const server = await serveShop(shop)
  try {
    const hand = await StaffHand.begin(shop, mode)
    await work({ shop, hand, enter: (options) => Customer.enter(browser, server.origin, options) })
  } finally {
    shop.app.close()
    await server.stop()
    await shop.close()
  }
}

/** All but what a live page asks for by itself: its stream, and itself again. */
function complaintsOf({ complaints, origin }: Customer): readonly string[] {
  const own = [`asks for ${origin}${LIVE}`, `asks for ${origin}${CARD} `]
  return complaints.filter((one) => !own.some((asked) => one.startsWith(asked)))
}

async function inspect(customer: Customer, name: string): Promise<void> {
  await photograph(customer.page, name, 'phone')
  await photograph(customer.page, name, 'phone-dark')
  assert.deepEqual(await findViolations(customer.page), [], name)
  assert.deepEqual(await findMisfits(customer.page), [], name)
}

describe('a customer’s phone, once the café is set up', () => {
  for (const { language, locale } of languages)
    it(`shows the card by a link, and its code for staff, in ${language}`, () =>
      atCounter('counter', async ({ hand, enter }) => {
        const customer = await enter({ locale, reducedMotion: 'reduce' })
        await customer.open(CARD)
        await inspect(customer, `counter-unknown-${language}`)
        await hand.stamp('010-0000-5678', 6)
        const link = await hand.link('010-0000-5678')
        for (let look = 0; look < 10; look++) await customer.context.request.get(`${customer.origin}${link}`)
        await customer.open(link)
        await inspect(customer, `claim-${language}`)
        await customer.press('#claim button')
        assert.equal((await customer.card()).stamps, 6)
        await inspect(customer, `card-claimed-${language}`)
        const box = await customer.page.locator('#card-code .qr').boundingBox()
        assert.ok(box !== null && box.y + box.height < 844, 'the code for staff is in sight')
        await customer.open(link)
        assert.equal(new URL(customer.page.url()).pathname, CARD)
        assert.deepEqual(complaintsOf(customer), [])
        await customer.leave()
      }))

  it('sees a stamp pressed while the card is open, and hears of it once', () =>
    atCounter('counter', async ({ shop, hand, enter }) => {
      const customer = await enter({ locale: 'en-GB' })
      await hand.stamp('010-0000-5678', 6)
      await customer.open(await hand.link('010-0000-5678'))
      await customer.press('#claim button')
      await customer.open(CARD)
      const { page } = customer
      shop.clock.nowMs += 3 * MINUTE_MS
      await hand.stamp('010-0000-5678', 2)
      await page.waitForSelector('#card[data-stamps="8"]')
      assert.equal(await page.locator('.seals use.new').count(), 2)
      await page.waitForSelector('#card [role=status]:has-text("Stamped")')
      assert.equal(await page.locator('[role=status]').count(), 1)
      await customer.follow(() => page.reload())
      assert.equal(await page.locator('.seals use.new').count(), 0)
      assert.deepEqual(complaintsOf(customer), [])
      await customer.leave()
    }))

  it('sees the rest of the card as soon as staff nod to what the kiosk showed', () =>
    atCounter('counter', async ({ shop, hand, enter }) => {
      const customer = await enter({ locale: 'en-GB' })
      await hand.stamp('010-0000-5678', 6)
      shop.clock.nowMs += 3 * MINUTE_MS
      const link = await hand.kioskStamp('010-0000-5678')
      await customer.open(link)
      await customer.press('#claim button')
      const { page } = customer
      assert.equal((await customer.card()).stamps, 1)
      await hand.nod(link)
      await page.waitForSelector('#card[data-stamps="7"]')
      await page.waitForSelector('#card [role=status]:has-text("All your stamps are here now")')
      assert.equal(await page.locator('.seals use.new').count(), 0, 'none of them is new')
      assert.deepEqual(complaintsOf(customer), [])
      await customer.leave()
    }))

  for (const { language, locale } of languages)
    it(`brings the counter’s code by its QR, and types the next, in ${language}`, () =>
      atCounter('code', async ({ shop, hand, enter }) => {
        const customer = await enter({ locale, reducedMotion: 'reduce' })
        await customer.open(`${CARD}?code=${hand.code()}`)
        await inspect(customer, `code-${language}`)
        await customer.stamp('010-0000-5678')
        assert.equal((await customer.card()).stamps, 1)
        shop.clock.nowMs += 3 * MINUTE_MS
        await customer.page.fill('#code', hand.wrongCode())
        await customer.press('#stamp button', { expect: 422 })
        assert.equal(await customer.refusal(), 'code-wrong')
        assert.equal(await customer.page.inputValue('#code'), hand.wrongCode())
        await inspect(customer, `code-wrong-${language}`)
        await customer.page.fill('#code', hand.code())
        await customer.press('#stamp button')
        assert.equal((await customer.card()).stamps, 2)
        assert.deepEqual(complaintsOf(customer), [])
        await customer.leave()
      }))

  for (const { language, locale } of languages)
    it(`asks, waits and is told what staff decided, in ${language}`, () =>
      atCounter('approve', async ({ shop, hand, enter }) => {
        const customer = await enter({ locale, reducedMotion: 'reduce' })
        const { page } = customer
        await customer.open(CARD)
        await customer.stamp('010-0000-5678')
        await page.waitForSelector('#request[data-state=waiting]')
        await inspect(customer, `request-waiting-${language}`)
        await hand.decide('allow')
        await page.waitForSelector('#card[data-stamps="1"]')
        assert.equal(await customer.sees('#request'), false)
        shop.clock.nowMs += 3 * MINUTE_MS
        await customer.stamp()
        await hand.decide('refuse')
        await page.waitForSelector('#request[data-state=refused]')
        await inspect(customer, `request-refused-${language}`)
        assert.equal((await customer.card()).stamps, 1)
        assert.deepEqual(complaintsOf(customer), [])
        await customer.leave()
      }))

  it('says by itself when two minutes are over and nobody has looked', () =>
    atCounter('approve', async ({ shop, enter }) => {
      const customer = await enter()
      const { page } = customer
      await page.clock.install()
      await customer.open(CARD)
      await customer.stamp('010-0000-5678')
      shop.clock.nowMs += 2 * MINUTE_MS
      await page.clock.fastForward(2 * MINUTE_MS)
      await page.locator('#request[data-state=expired]').waitFor() // by its own timer, or by a stream that opened late
      assert.equal(await customer.sees('#stamp'), true)
      await customer.leave()
    }))

  it('asks and is answered without JavaScript, by a reload', () =>
    atCounter('approve', async ({ hand, enter }) => {
      const customer = await enter({ javaScriptEnabled: false })
      await customer.open(CARD)
      await customer.stamp('010-0000-5678')
      assert.equal(await customer.sees('#request[data-state=waiting]'), true)
      await hand.decide('allow')
      await customer.follow(() => customer.page.reload())
      assert.equal((await customer.card()).stamps, 1)
      await customer.leave()
    }))
})
