// The staff's screen as a barista holds it: with a thumb at 360 px, by keyboard alone, without JavaScript, and while customers wait.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { Mode } from '../../src/rules/mode.ts'
import { pairedDevice } from '../counter-people.ts'
import { openShop, type Shop } from '../shop.ts'
import { StaffHand } from '../staff-hand.ts'
import { findViolations } from './axe.ts'
import {
  COUNTER,
  enterPin,
  find,
  lastDone,
  openCard,
  showLink,
  stampOpenCard,
  stampRegular,
} from './barista.ts'
import { findMisfits } from './camera.ts'
import { launchChromium } from './chromium.ts'
import { type Running, serveShop } from './server.ts'
import { SMALL_PHONE, Window } from './window.ts'

const MINJI = { name: '민지', pin: '481605' }
const MINUTE_MS = 60_000
const TARGET_PX = 43.9 // 44 (WCAG 2.5.5), less what is rounded away
const looks = [
  { language: 'ko', locale: 'ko-KR', colorScheme: 'light' },
  { language: 'en', locale: 'en-GB', colorScheme: 'dark' },
  { language: 'ja', locale: 'ja-JP', colorScheme: 'light' },
] as const

let browser: Browser
before(async () => {
  browser = await launchChromium()
})
after(() => browser?.close())

interface Bar {
  readonly shop: Shop
  readonly hand: StaffHand
  readonly server: Running
  /** The counter's tablet, with nobody at it yet. */
  enter(options?: BrowserContextOptions): Promise<Window>
}

async function atBar(mode: Mode, work: (bar: Bar) => Promise<void>): Promise<void> {
  const shop = await openShop()
  const server = await serveShop(shop)
  try {
    const hand = await StaffHand.begin(shop, mode)
    const { visitor } = await pairedDevice(shop, 'counter', { name: '바' })
    const enter = async (options: BrowserContextOptions = {}) => {
      const window = await Window.open(browser, { origin: server.origin, name: 'counter', ...options })
      const cookies = [...visitor.cookies].map(([name, value]) => ({ name, value, url: server.origin }))
      await window.context.addCookies(cookies)
      await window.goTo(COUNTER)
      return window
    }
    await work({ shop, hand, server, enter })
  } finally {
    shop.app.close()
    await server.stop()
    await shop.close()
  }
}

async function inspect(window: Window, name: string, colorScheme: 'light' | 'dark'): Promise<void> {
  await window.page.setViewportSize(SMALL_PHONE) // whoever looks for misfits leaves another size, and light colours
  await window.page.emulateMedia({ colorScheme })
  await window.picture(`staff-${name}`)
  assert.deepEqual(await findViolations(window.page), [], name)
  assert.deepEqual(await findSmallTargets(window), [], name)
  assert.deepEqual(await findMisfits(window.page), [], name)
}

/** What a thumb would miss, of all that can be pressed. */
function findSmallTargets({ page }: Window): Promise<string[]> {
  return page.locator('a, button, summary, label:has(input)').evaluateAll((elements, least) => {
    const seen = elements.filter((element) => element.checkVisibility())
    const small = seen.filter((element) => {
      const { width, height } = element.getBoundingClientRect()
      return width < least || height < least
    })
    return small.map(
      (element) => `${element.textContent?.trim()} ${element.getBoundingClientRect().height} px`,
    )
  }, TARGET_PX)
}

describe('the staff’s screen', () => {
  it('stamps a regular with four digits and two taps', () =>
    atBar('counter', async ({ hand, shop, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      shop.clock.nowMs += 10 * MINUTE_MS
      const counter = await enter(SMALL_PHONE_OPTIONS)
      await enterPin(counter, MINJI)
      counter.taps = 0
      counter.keys = 0
      await stampRegular(counter, '5678')
      assert.ok(counter.taps <= 3, `${counter.taps} taps`)
      assert.equal(counter.keys, 4)
      assert.deepEqual(await lastDone(counter), { balance: 4, lastFour: '5678' })
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  it('is worked by keyboard alone, from the PIN to the undo', () =>
    atBar('counter', async ({ hand, shop, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      shop.clock.nowMs += 10 * MINUTE_MS
      const counter = await enter({ hasTouch: false })
      await focus(counter, '.people a:text-is("민지")')
      await counter.follow(() => counter.key('Enter'))
      await counter.follow(() => counter.type(MINJI.pin))
      await counter.follow(() => counter.type('5678'))
      await counter.follow(() => counter.key('Enter')) // the row that was found has the focus
      await counter.follow(() => counter.key('Enter')) // and on the card the large button
      assert.deepEqual(await lastDone(counter), { balance: 4, lastFour: '5678' })
      await focus(counter, `.last form[action$="/voids/"] button`)
      await counter.follow(() => counter.key('Enter'))
      assert.equal((await hand.card('010-2000-5678')).balance, 3)
      await counter.follow(() => counter.type('5678'))
      await counter.follow(() => counter.key('Enter'))
      await counter.key('Escape')
      await counter.follow(() => counter.key('Enter'))
      assert.equal(await counter.sees('.people'), true, 'Esc and Enter lock from anywhere')
      assert.equal(counter.taps, 0)
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  it('is back at the counter after several stamps on a card, ready for the next four digits', () =>
    atBar('counter', async ({ hand, shop, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      shop.clock.nowMs += 10 * MINUTE_MS
      const counter = await enter(SMALL_PHONE_OPTIONS)
      await enterPin(counter, MINJI)
      counter.taps = 0
      await openCard(counter, '5678')
      await stampOpenCard(counter, 2)
      assert.equal(counter.taps, 3)
      assert.deepEqual(await lastDone(counter), { balance: 5, lastFour: '5678' })
      assert.equal(await counter.page.evaluate('document.activeElement.id'), 'find')
      await counter.leave()
    }))

  it('does all of it without JavaScript', () =>
    atBar('counter', async ({ hand, shop, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      shop.clock.nowMs += 10 * MINUTE_MS
      const counter = await enter({ javaScriptEnabled: false })
      await counter.press('.people a:text-is("민지")')
      await counter.type(MINJI.pin)
      await counter.press('#enter .main')
      await counter.type('5678')
      await counter.press('#search .main')
      await counter.press('#found .plus')
      assert.deepEqual(await lastDone(counter), { balance: 4, lastFour: '5678' })
      await counter.press('#leave button')
      assert.equal(await counter.sees('.people'), true)
      await counter.leave()
    }))

  it('shows who asks while the field has the focus, and loses nothing that is being typed', () =>
    atBar('approve', async ({ shop, enter }) => {
      const counter = await enter()
      await enterPin(counter, MINJI)
      await counter.tap('#find')
      await counter.type('01')
      await shop.visitor().stamp('010-2000-5678')
      await counter.see('#requests li:has-text("5678")')
      assert.equal(await counter.page.inputValue('#find'), '01')
      await counter.type('0')
      assert.equal(await counter.page.inputValue('#find'), '010')
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  it('moves nothing under a finger: who asks appears when it is lifted', () =>
    atBar('approve', async ({ shop, enter }) => {
      const counter = await enter()
      await enterPin(counter, MINJI)
      const { mouse } = counter.page
      const waiting = await counter.page.locator('.wait').boundingBox()
      await mouse.move(waiting?.x ?? 0, (waiting?.y ?? 0) + 5)
      await mouse.down()
      await shop.visitor().stamp('010-2000-5678')
      for (let times = 0; times < 5; times += 1)
        await counter.page.evaluate('fetch(location.href).then((answer) => answer.text())') // as long as looking again takes
      assert.equal(await counter.page.locator('#requests li').count(), 0)
      await mouse.up()
      await counter.see('#requests li:has-text("5678")')
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  it('shows a claim link as text: it can be copied, and no tap on it claims anything', () =>
    atBar('counter', async ({ hand, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      const counter = await enter()
      await counter.context.grantPermissions(['clipboard-read', 'clipboard-write'])
      await enterPin(counter, MINJI)
      await openCard(counter, '5678')
      const link = await showLink(counter)
      assert.equal(await counter.page.locator('#on-phone a').count(), 0)
      await counter.tap('#on-phone [data-copy]')
      await counter.see('#on-phone [data-copy]:has-text("복사했어요")')
      assert.equal(await counter.page.evaluate('navigator.clipboard.readText()'), link)
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  it('reads the QR on the customer’s phone where the browser can', () =>
    atBar('counter', async ({ hand, enter }) => {
      await hand.stamp('010-2000-5678', 3)
      const card = await hand.card('010-2000-5678')
      const code = hand.shop.store.cards.codeOf(hand.cafe.id, card.id)
      const counter = await enter()
      await counter.context.addInitScript(`
        globalThis.BarcodeDetector = class { async detect() { return [{ rawValue: 'DOJANG:${code}' }] } }
        navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream()`)
      await enterPin(counter, MINJI)
      await counter.press('#scan')
      assert.match(await counter.text('#found .number'), /5678$/)
      assert.deepEqual(counter.complaints, [])
      await counter.leave()
    }))

  for (const { language, locale, colorScheme } of looks)
    it(`fits a thumb at 360 px and has nothing that axe finds wrong, in ${language}, ${colorScheme}`, () =>
      atBar('approve', async ({ hand, shop, server, enter }) => {
        await hand.stamp('010-2000-5678', 9)
        for (const stamps of [9, 3]) await hand.stamp('010-3000-5678', stamps)
        shop.clock.nowMs += 10 * MINUTE_MS
        const stranger = await Window.open(browser, {
          origin: server.origin,
          name: 'stranger',
          locale,
          colorScheme,
        })
        await stranger.goTo(COUNTER, { expect: 401 })
        await inspect(stranger, `pairing-${language}`, colorScheme)
        await stranger.leave()
        const counter = await enter({ ...SMALL_PHONE_OPTIONS, locale, colorScheme })
        await inspect(counter, `people-${language}`, colorScheme)
        await enterPin(counter, { ...MINJI, pin: '582047' }, { expect: 401 })
        await inspect(counter, `wrong-pin-${language}`, colorScheme)
        await counter.follow(() => counter.type(MINJI.pin))
        await shop.visitor().stamp('010-4000-1234')
        await counter.see('#requests li')
        await inspect(counter, `home-${language}`, colorScheme)
        await find(counter, '5678')
        await inspect(counter, `found-${language}`, colorScheme)
        await openCard(counter, '5678')
        await stampOpenCard(counter, 2)
        await inspect(counter, `done-${language}`, colorScheme)
        await find(counter, '5678')
        await inspect(counter, `move-${language}`, colorScheme)
        await openCard(counter, '5678')
        await inspect(counter, `card-${language}`, colorScheme)
        await stampOpenCard(counter, 1, { expect: 429 })
        await inspect(counter, `too-soon-${language}`, colorScheme)
        await openCard(counter, '5678', 1)
        await showLink(counter)
        await inspect(counter, `link-${language}`, colorScheme)
        await find(counter, '010-9999-0000')
        await inspect(counter, `new-${language}`, colorScheme)
        assert.deepEqual(counter.complaints, [])
        await counter.leave()
      }))
})

const SMALL_PHONE_OPTIONS = { viewport: SMALL_PHONE } as const

/** As a hand gets there: Tab until it is reached. */
async function focus(window: Window, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await window.key('Tab')
    const target = window.page.locator(selector).first()
    if (await target.evaluate((element) => element === document.activeElement)) return
  }
  assert.fail(`Tab never reaches ${selector}`)
}
