// The owner's pages in a real browser: nothing for axe to find, nothing that sticks out of a phone, all by keyboard, and live.
import { strict as assert } from 'node:assert'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { routes } from '../../src/routes.ts'
import { type SetUpCafe, setUpShop, signedIn } from '../counter-people.ts'
import { openShop, type Shop } from '../shop.ts'
import { findViolations } from './axe.ts'
import { findMisfits } from './camera.ts'
import { launchChromium } from './chromium.ts'
import { type Running, serveShop } from './server.ts'

const LOOKS = [
  { language: 'ko', theme: 'light', size: { width: 360, height: 740 } },
  { language: 'en', theme: 'dark', size: { width: 1280, height: 800 } },
  { language: 'ja', theme: 'dark', size: { width: 360, height: 740 } },
]
const DEVICES = '/cafe/owner/devices/'

describe('the owner’s pages in a browser', () => {
  let shop: Shop
  let set: SetUpCafe
  let running: Running
  let browser: Browser
  let cookies: Map<string, string>
  before(async () => {
    shop = await openShop()
    for (const phone of ['010-2345-0001', '010-2345-0002']) await shop.visitor().stamp(phone)
    set = await setUpShop(shop)
    const owner = await signedIn(shop, set.owner)
    await owner.submit(DEVICES, DEVICES, { kind: 'counter', name: '계산대' })
    cookies = owner.cookies
    running = await serveShop(shop)
    browser = await launchChromium()
  })
  after(async () => {
    await browser.close()
    shop.app.close()
    await running.stop()
    await shop.close()
  })

  async function open(
    path: string,
    { language = 'en', theme = 'light', size = { width: 360, height: 740 } } = {},
  ): Promise<Page> {
    const context = await browser.newContext({ viewport: size })
    const all = { ...Object.fromEntries(cookies), language, theme }
    await context.addCookies(
      Object.entries(all).map(([name, value]) => ({ name, value, url: running.origin })),
    )
    const page = await context.newPage()
    await page.goto(running.origin + path)
    return page
  }

  async function paths(): Promise<readonly string[]> {
    const card = await shop.store.cards.findByPhone(set.cafe.id, '+821023450001' as never)
    const { home, customers, programme, devices, staff, person, audit, security, totp } = routes.owner
    const params = { cafe: 'cafe' }
    const lists = [home, customers, programme, devices, staff, audit, security, totp].map((route) =>
      route.href(params),
    )
    return [
      ...lists,
      person.href({ ...params, person: set.staff[0].id }),
      `${customers.href(params)}?card=${card?.id}`,
    ]
  }

  for (const look of LOOKS)
    it(`fit and can be read by everybody: ${look.language}, ${look.size.width} wide, ${look.theme}`, async () => {
      for (const path of await paths()) {
        const page = await open(path, look)
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        assert.equal(overflow, 0, path)
        assert.deepEqual(await findViolations(page), [], path)
        assert.deepEqual(await findMisfits(page), [], path)
        await page.context().close()
      }
    })

  it('lead from one to the other by keyboard, on a phone too', async () => {
    const page = await open('/cafe/owner/')
    const summary = page.locator('.folded summary')
    await summary.focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/cafe/owner/customers/')
    assert.equal(await page.locator('.beside [aria-current]').textContent(), 'Customers')
    await page.context().close()
  })

  it('show by themselves that a tablet was paired', async () => {
    const page = await open(DEVICES)
    const isListening = page.waitForResponse((answer) => answer.url().includes('/cafe/owner/live/'))
    await page.reload()
    await isListening
    const code = (await page.locator('#pairing-code').getAttribute('data-code')) ?? ''
    const paired = await shop.visitor().submit('/cafe/staff/', '/cafe/staff/pairing/', { code })
    assert.equal(paired.status, 303)
    await page.locator('#pairing-code').waitFor({ state: 'detached' })
    assert.match((await page.locator('main').textContent()) ?? '', /Last used today/)
    await page.context().close()
  })
})
