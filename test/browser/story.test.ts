import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openShop, type Shop } from '../shop.ts'
import { launchChromium } from './chromium.ts'
import { CARD, Customer, FREE } from './customer.ts'
import { type Running, serveShop, startDojang } from './server.ts'

const NOBODY_YET = { stamps: 0, goal: 10, rewards: 0 }

let browser: Browser
let server: Running
let numbers = 0

before(async () => {
  ;[browser, server] = await Promise.all([launchChromium(), startDojang()])
})
after(async () => {
  await browser?.close()
  await server?.stop()
})

/** A number nobody has typed yet. */
function newNumber(): string {
  return `010-0000-${String(2000 + numbers++)}`
}

function enter(options: BrowserContextOptions = {}): Promise<Customer> {
  return Customer.enter(browser, server.origin, options)
}

const phones = [
  { language: 'ko', locale: 'ko-KR', width: 390 },
  { language: 'en', locale: 'en-GB', width: 360 },
  { language: 'ja', locale: 'ja-JP', width: 320 },
]

describe('from the first visit to the free coffee', { concurrency: phones.length }, () => {
  for (const { language, locale, width } of phones) {
    for (const javaScriptEnabled of [true, false]) {
      const title = `in ${language}, ${width} wide, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`
      it(title, async () => {
        const customer = await enter({ locale, javaScriptEnabled, viewport: { width, height: 844 } })
        await tellStory(customer, language)
        customer.assertNoComplaints()
        await customer.leave()
      })
    }
  }
})

async function tellStory(customer: Customer, language: string): Promise<void> {
  const { page } = customer
  const number = newNumber()
  await customer.open('/')
  assert.equal(new URL(page.url()).pathname, CARD)
  assert.equal(await page.locator('html').getAttribute('lang'), language)
  await customer.assertFits()

  await customer.stamp(number)
  assert.deepEqual(await customer.card(), { stamps: 1, goal: 10, rewards: 0 })
  assert.equal(await customer.sees('#phone'), false)
  assert.match(await page.locator('.whose summary').innerText(), new RegExp(`010-••••-${number.slice(-4)}`))
  await customer.assertFits()

  await customer.earn(8)
  await customer.stamp()
  assert.deepEqual(await customer.card(), { stamps: 10, goal: 10, rewards: 1 })
  await customer.assertFits()

  await customer.press(`a.main[href="${FREE}"]`)
  assert.deepEqual(await customer.card(), { stamps: 10, goal: 10, rewards: 1 })
  assert.equal(await customer.sees('#ticket'), false)
  await customer.assertFits()

  await customer.press('#reward button')
  assert.equal(await customer.ticketState(), 'live')
  assert.deepEqual(await customer.card(), NOBODY_YET)
  await customer.assertFits()

  await customer.follow(() => page.reload())
  assert.equal(await customer.ticketState(), 'live')

  await customer.open(CARD)
  assert.deepEqual(await customer.card(), NOBODY_YET)
  assert.equal(await page.locator('.history li').count(), 11)
  const oldCookies = await customer.context.cookies()
  await customer.forget()
  assert.equal(await customer.sees('#phone'), true)
  assert.equal(await customer.sees('[role=status]'), true)
  await customer.assertFits()

  await customer.context.addCookies(oldCookies)
  await customer.open(CARD)
  assert.equal(await customer.sees('#phone'), true, 'the cookie from before is nobody’s')
  assert.equal(await customer.sees('#card'), false)
}

describe('the ticket', () => {
  let shop: Shop
  let shopServer: Running
  before(async () => {
    shop = await openShop()
    shopServer = await serveShop(shop)
  })
  after(async () => {
    await shopServer.stop()
    await shop.close()
  })

  async function redeemed(options: BrowserContextOptions = {}): Promise<Customer> {
    const customer = await Customer.enter(browser, shopServer.origin, options)
    await customer.earn(10, newNumber())
    return customer
  }

  it('counts two minutes down and ends by itself in front of the barista', async () => {
    const customer = await redeemed()
    const { page } = customer
    await page.clock.install()
    await customer.redeem()
    assert.match(await page.locator('#left').innerText(), /^(2:00|1:5\d)$/)
    await page.clock.fastForward('01:00')
    assert.match(await page.locator('#left').innerText(), /^(1:00|0:5\d)$/)
    assert.equal(await customer.ticketState(), 'live')
    await page.clock.fastForward('01:01')
    assert.equal(await customer.ticketState(), 'used')
    assert.equal(await customer.sees('.used'), true)
    assert.equal(await customer.sees('.clock'), false)
    customer.assertNoComplaints()
    await customer.leave()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    it(`is live until two minutes have passed by the server’s clock, then used, ${how} JavaScript`, async () => {
      const customer = await redeemed({ javaScriptEnabled })
      await customer.redeem()
      for (const [passedMs, state] of [
        [0, 'live'],
        [119_999, 'live'],
        [1, 'used'],
        [3_600_000, 'used'],
      ] as const) {
        shop.clock.nowMs += passedMs
        await customer.open(FREE)
        // As it was sent: with a millisecond left, the page ends it before anyone can look.
        assert.match(
          (await customer.answers.at(-1)?.text()) ?? '',
          new RegExp(`id="ticket" data-state="${state}"`),
        )
      }
      shop.clock.nowMs += 24 * 3_600_000
      await customer.open(FREE)
      assert.equal(await customer.sees('#ticket'), false)
      customer.assertNoComplaints()
      await customer.leave()
    })
  }

  it('asks again by itself when its time is up, where there is no JavaScript', async () => {
    const customer = await redeemed({ javaScriptEnabled: false })
    await customer.redeem()
    const seconds = Number(await customer.page.locator('meta[http-equiv=refresh]').getAttribute('content'))
    assert.ok(seconds >= 120 && seconds <= 122, `${seconds}`)
    shop.clock.nowMs += 119_000
    await customer.open(FREE)
    const soon = customer.page.waitForEvent('load') // in about 2 s, by the page itself
    shop.clock.nowMs += 2_000
    await soon
    assert.equal(await customer.ticketState(), 'used')
    await customer.leave()
  })
})

describe('what is pressed twice counts once', () => {
  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with' : 'without'
    it(`a double click on the first stamp and on a later one, ${how} JavaScript`, async () => {
      const customer = await enter({ javaScriptEnabled })
      await customer.open(CARD)
      await customer.page.fill('#phone', newNumber())
      await customer.follow(() => customer.page.dblclick('#stamp button', { noWaitAfter: true }))
      await assertStamps(customer, 1)
      await customer.follow(() => customer.page.dblclick('#stamp button', { noWaitAfter: true }))
      await assertStamps(customer, 2)
      await customer.leave()
    })

    it(`Enter pressed twice in the number field, ${how} JavaScript`, async () => {
      const customer = await enter({ javaScriptEnabled })
      await customer.open(CARD)
      await customer.page.fill('#phone', newNumber())
      await customer.follow(async () => {
        const { keyboard } = customer.page
        await Promise.all([keyboard.press('Enter'), keyboard.press('Enter')])
      })
      await assertStamps(customer, 1)
      await customer.leave()
    })

    it(`a double click on the free coffee, ${how} JavaScript`, async () => {
      const customer = await enter({ javaScriptEnabled })
      await customer.earn(20, newNumber())
      await customer.open(FREE)
      await customer.follow(() => customer.page.dblclick('#reward button', { noWaitAfter: true }))
      await customer.open(FREE)
      assert.equal((await customer.card()).stamps, 10)
      assert.equal(await customer.ticketState(), 'live')
      await customer.leave()
    })
  }

  it('a press repeated because the answer is slow, and both arrive: the first stamp, a later one, the coffee', async () => {
    const customer = await enter({ javaScriptEnabled: false })
    await customer.open(CARD)
    await customer.page.fill('#phone', newNumber())
    await pressTwiceOnSlowLine(customer, '#stamp button')
    assert.equal((await customer.card()).stamps, 1)
    await pressTwiceOnSlowLine(customer, '#stamp button')
    assert.equal((await customer.card()).stamps, 2)
    await customer.earn(18)
    await customer.open(FREE)
    await pressTwiceOnSlowLine(customer, '#reward button')
    assert.equal((await customer.card()).stamps, 10)
    assert.equal(await customer.ticketState(), 'live')
    await customer.leave()
  })

  /** The first request is done at the café when the second press comes, but its answer never reaches the phone. */
  async function pressTwiceOnSlowLine(customer: Customer, button: string): Promise<void> {
    const { page } = customer
    const firstIsDone = Promise.withResolvers<void>()
    const statuses: number[] = []
    await page.route('**/*', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      const answer = await route.fetch({ maxRedirects: 0 })
      statuses.push(answer.status())
      if (statuses.length > 1) return route.fulfill({ response: answer })
      firstIsDone.resolve()
    })
    await page.hover(button)
    const press = async () => {
      await page.mouse.down() // the mouse itself: page.click would wait for the first answer
      await page.mouse.up()
    }
    await press()
    await firstIsDone.promise
    await customer.follow(press)
    assert.deepEqual(statuses, [303, 303])
    await page.unrouteAll({ behavior: 'ignoreErrors' })
  }

  /** Opened afresh, and once more after another stamp: a late second press would show there. */
  async function assertStamps(customer: Customer, stamps: number): Promise<void> {
    await customer.open(CARD)
    assert.equal((await customer.card()).stamps, stamps)
  }

  it('reload, back and forward stamp nothing, and the form from before, sent again, stamps nothing', async () => {
    const customer = await enter()
    const { page } = customer
    const number = newNumber()
    await customer.open(CARD)
    const names = ['csrf_token', 'idempotency_key']
    const values = await Promise.all(names.map((name) => page.locator(`#stamp [name=${name}]`).inputValue()))
    await customer.stamp(number)
    await customer.follow(() => page.reload())
    await customer.open(FREE)
    await page.goBack()
    await page.goForward()
    await customer.open(CARD)
    assert.equal((await customer.card()).stamps, 1)

    await page.evaluate(
      ([phone, token, key]) => {
        const form = document.querySelector('#stamp')
        for (const [name, value] of Object.entries({ phone, csrf_token: token, idempotency_key: key })) {
          form?.querySelector(`[name=${name}]`)?.remove()
          form?.insertAdjacentHTML('beforeend', `<input type="hidden" name="${name}">`)
          ;(form?.lastElementChild as HTMLInputElement).value = value ?? ''
        }
      },
      [number, ...values],
    )
    await customer.stamp()
    assert.equal((await customer.card()).stamps, 1)
    await customer.leave()
  })

  it('a refused form, sent again by reloading, is refused again and keeps what was typed', async () => {
    const customer = await enter()
    await customer.open(CARD)
    await customer.stamp('010-12', { expect: 422 })
    await customer.follow(() => customer.page.reload(), { expect: 422 })
    assert.equal(await customer.refusal(), 'phone-invalid')
    assert.equal(await customer.page.inputValue('#phone'), '010-12')
    await customer.stamp(newNumber())
    assert.equal((await customer.card()).stamps, 1)
    customer.assertNoComplaints()
    await customer.leave()
  })
})

describe('two tabs of one phone', () => {
  it('stamp one card, have one coffee, and the second is told so', async () => {
    const first = await enter()
    const second = await first.openTab()
    const number = newNumber()
    await first.open(CARD)
    await second.open(CARD)
    await first.stamp(number)
    await second.stamp(number)
    assert.equal((await second.card()).stamps, 2)
    await first.earn(8, number)
    await first.open(FREE)
    await second.open(FREE)
    await first.press('#reward button')
    await second.press('#reward button', { expect: 409 })
    assert.equal(await second.refusal(), 'not-enough')
    assert.equal(await second.ticketState(), 'live')
    assert.equal((await second.card()).stamps, 0)
    first.assertNoComplaints()
    second.assertNoComplaints()
    await first.leave()
  })

  it('where one says “not me”, the other asks for the number instead of stamping', async () => {
    const first = await enter()
    await first.open(CARD)
    await first.stamp(newNumber())
    const second = await first.openTab()
    await second.open(CARD)
    await first.forget()
    await second.stamp(undefined, { expect: 422 })
    assert.equal(await second.refusal(), 'phone-missing')
    assert.equal(await second.sees('#phone'), true)
    await first.leave()
  })
})

describe('with the keyboard alone', () => {
  it('the whole story: number, ten stamps, coffee, language, “not me”', async () => {
    const customer = await enter({ hasTouch: false })
    const { page } = customer
    const { keyboard } = page
    await customer.open('/')
    await tabTo(customer, '#phone')
    await keyboard.type(newNumber())
    await customer.follow(() => keyboard.press('Enter'))
    for (let stamps = 2; stamps <= 10; stamps++) {
      await tabTo(customer, '#stamp button')
      await customer.follow(() => keyboard.press(stamps % 2 === 0 ? 'Enter' : 'Space'))
    }
    assert.equal((await customer.card()).stamps, 10)
    await tabTo(customer, `a.main[href="${FREE}"]`)
    await customer.follow(() => keyboard.press('Enter'))
    await tabTo(customer, '#reward button')
    await customer.follow(() => keyboard.press('Enter'))
    assert.equal(await customer.ticketState(), 'live')
    await tabTo(customer, 'button[name=language][value=en]')
    await customer.follow(() => keyboard.press('Enter'))
    assert.equal(new URL(page.url()).pathname, FREE)
    assert.equal(await page.locator('html').getAttribute('lang'), 'en')
    await tabTo(customer, '.whose summary')
    await keyboard.press('Enter')
    await tabTo(customer, '#forget button')
    await customer.follow(() => keyboard.press('Enter'))
    assert.equal(await customer.sees('#phone'), true)
    customer.assertNoComplaints()
    await customer.leave()
  })

  /** Presses Tab until it is there; on the way every control shows that it has the focus. */
  async function tabTo({ page }: Customer, selector: string): Promise<void> {
    for (let presses = 0; presses < 30; presses++) {
      await page.keyboard.press('Tab')
      const focused = page.locator(':focus')
      if ((await focused.count()) === 0) continue // past the last control, on the way round
      const outline = await focused.evaluate((element) => getComputedStyle(element).outlineStyle)
      assert.notEqual(outline, 'none', await focused.evaluate((element) => element.outerHTML))
      if (await focused.evaluate((element, wanted) => element.matches(wanted), selector)) return
    }
    assert.fail(`Tab never reaches ${selector}`)
  }
})

describe('language and colours', () => {
  it('follow the phone, then what was chosen, and come back to the same page', async () => {
    const customer = await enter({ locale: 'en-GB', colorScheme: 'dark' })
    const { page } = customer
    const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
    const language = () => page.locator('html').getAttribute('lang')
    const [light, dark] = ['rgb(245, 239, 227)', 'rgb(27, 22, 19)']
    await customer.open(CARD)
    assert.equal(await language(), 'en')
    assert.equal(await paper(), dark)
    await page.emulateMedia({ colorScheme: 'light' })
    assert.equal(await paper(), light)
    await customer.choose('theme', 'dark')
    assert.equal(await paper(), dark)
    await page.emulateMedia({ colorScheme: 'dark' })
    await customer.choose('theme', 'light')
    assert.equal(await paper(), light)
    await customer.choose('theme', 'auto')
    assert.equal(await paper(), dark)
    await customer.stamp(newNumber())
    await customer.open(FREE)
    for (const chosen of ['ja', 'ko', 'en']) {
      await customer.choose('language', chosen)
      assert.equal(await language(), chosen)
      assert.equal(new URL(page.url()).pathname, FREE)
      const pressed = await page.locator('[name=language][aria-pressed=true]').getAttribute('value')
      assert.equal(pressed, chosen)
    }
    customer.assertNoComplaints()
    await customer.leave()
  })

  it('are Korean on a Korean phone, English on one whose language Dojang does not speak', async () => {
    for (const [locale, language] of [
      ['ko', 'ko'],
      ['fr-FR', 'en'],
    ] as const) {
      const customer = await enter({ locale })
      await customer.open(CARD)
      assert.equal(await customer.page.locator('html').getAttribute('lang'), language)
      await customer.leave()
    }
  })
})
