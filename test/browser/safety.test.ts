import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Cookie } from 'playwright-core'
import { addCafe } from '../../src/commands/add-cafe.ts'
import { CAFE, openShop, type Shop } from '../shop.ts'
import { launchChromium } from './chromium.ts'
import { CARD, Customer, FREE } from './customer.ts'
import { type Running, serveOtherSite, serveShop } from './server.ts'

const DAY_SECONDS = 24 * 3600

let browser: Browser
let shop: Shop
let server: Running

before(async () => {
  ;[browser, shop] = await Promise.all([launchChromium(), openShop()])
  server = await serveShop(shop)
})
after(async () => {
  await browser?.close()
  await server?.stop()
  await shop?.close()
})

describe('cookies, as the browser keeps them', () => {
  it('the card cookie is for the server alone, stays on this site, and lasts 400 days', async () => {
    const customer = await stampedCustomer('010-0000-3001')
    const card = await cookieOf(customer, 'card_cafe')
    assert.equal(card?.httpOnly, true)
    assert.equal(card?.sameSite, 'Lax')
    assert.equal(card?.path, '/')
    const days = ((card?.expires ?? 0) - Date.now() / 1000) / DAY_SECONDS
    assert.ok(days > 399 && days <= 400, `${days} days`)
    assert.doesNotMatch(decodeURIComponent(card?.value ?? ''), /3001|0000/)
    await customer.leave()
  })

  it('page scripts see the language and the colours, and nothing else', async () => {
    const customer = await stampedCustomer('010-0000-3002')
    assert.equal(await customer.page.evaluate(() => document.cookie), '')
    await customer.choose('language', 'ja')
    await customer.choose('theme', 'dark')
    const seen = await customer.page.evaluate(() => document.cookie)
    assert.deepEqual(seen.split('; ').sort(), ['language=ja', 'theme=dark'])
    for (const { name, sameSite } of await customer.context.cookies()) assert.equal(sameSite, 'Lax', name)
    customer.assertNoComplaints()
    await customer.leave()
  })

  it('without cookies the stamp is refused with a sentence, and the number is still in the field', async () => {
    const customer = await Customer.enter(browser, server.origin)
    await customer.open(CARD)
    await customer.context.clearCookies()
    await customer.stamp('010-0000-3003', { expect: 403 })
    assert.equal(await customer.refusal(), 'no-csrf-cookie')
    assert.equal(await customer.page.inputValue('#phone'), '010-0000-3003')
    await customer.leave()
  })
})

describe('another site', () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const who = host === 'localhost' ? 'another port of the same host' : 'another host'
    it(`on ${who} cannot stamp, spend or forget with a customer’s browser`, async (t) => {
      const customer = await stampedCustomer(host === 'localhost' ? '010-0000-3004' : '010-0000-3005')
      await customer.earn(9)
      const forms = [CARD, FREE, `${CARD}forget/`].map(
        (path) =>
          `<form method="post" action="${server.origin}${path}"><input name="csrf_token" value="a"><input name="idempotency_key" value="${'k'.repeat(30)}"><button>win</button></form>`,
      )
      const site = await serveOtherSite(`<title>You have won</title>${forms.join('')}`)
      t.after(() => site.stop())
      const tab = await customer.openTab()
      for (const form of [0, 1, 2]) {
        await tab.page.goto(site.origin.replace('localhost', host))
        await tab.follow(() => tab.page.locator('button').nth(form).click(), { expect: 403 })
        assert.match((await tab.refusal()) ?? '', /^(cross-site|bad-origin)$/)
      }
      await customer.open(CARD)
      assert.deepEqual(await customer.card(), { stamps: 10, goal: 10, rewards: 1 })
      await customer.leave()
    })
  }

  it('cannot show the card in a frame', async (t) => {
    const customer = await stampedCustomer('010-0000-3006')
    const site = await serveOtherSite(`<iframe src="${server.origin}${CARD}"></iframe>`)
    t.after(() => site.stop())
    const tab = await customer.openTab()
    await tab.page.goto(site.origin)
    const [frame] = tab.page.frames().filter((one) => one !== tab.page.mainFrame())
    assert.ok(frame)
    assert.equal(await frame.locator('#card').count(), 0)
    assert.match(frame.url(), /^chrome-error:/)
    assert.ok(tab.complaints.some((complaint) => complaint.includes('frame-ancestors')))
    await customer.leave()
  })
})

/** Each would call `pwned()` if the page took it for more than a name. */
const hostileNames = [
  '<script>pwned()</script>',
  '"><script>pwned()</script>',
  "'><img src=x onerror=pwned()>",
  '" autofocus onfocus="pwned()',
  "' onmouseover='pwned()' x='",
  '</title></style><svg onload=pwned()>',
  '</script><script>pwned()//',
  '<iframe srcdoc="<script>parent.pwned()</script>">',
  'javascript:pwned()//%0Apwned()',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is somebody’s idea of a name
  '&lt;img src=x onerror=pwned()&gt;${pwned()}{{pwned()}}',
]

describe('a café and a reward with a hostile name', () => {
  let customer: Customer
  before(async () => {
    customer = await Customer.enter(browser, server.origin)
    await customer.page.exposeFunction('pwned', () => customer.complaints.push('something ran'))
  })
  after(() => customer.leave())

  for (const [index, name] of hostileNames.entries()) {
    it(`are shown as they are called, and run nothing: ${name}`, async () => {
      const slug = `hostile-${index}`
      const cafe = { ...CAFE, slug, name, rewardName: name, cost: 1 }
      await shop.store.transaction(null, (tx) => addCafe(tx, cafe))
      const { page } = customer
      await customer.open(`/${slug}/`)
      await customer.stamp(`${name}1`, { expect: 422 })
      assert.equal(await page.inputValue('#phone'), `${name}1`)
      await customer.stamp('010-0000-3100')
      assert.equal(await page.locator('.cafe').textContent(), name)
      await customer.press('a.main')
      await customer.press('#reward button')
      assert.equal(await page.locator('#ticket h1').textContent(), name)
      await page.click('.whose summary')
      await page.locator('.cafe').hover()
      customer.assertNoComplaints()
    })
  }

  it('stand in the list of cafés as they are called', async () => {
    await customer.open('/')
    const shown = await customer.page.locator('.cafes a').allTextContents()
    for (const name of hostileNames) assert.ok(shown.includes(name), name)
    customer.assertNoComplaints()
  })
})

async function stampedCustomer(phone: string): Promise<Customer> {
  const customer = await Customer.enter(browser, server.origin)
  await customer.open(CARD)
  await customer.stamp(phone)
  return customer
}

async function cookieOf({ context }: Customer, name: string): Promise<Cookie | undefined> {
  return (await context.cookies()).find((cookie) => cookie.name === name)
}
