/** A kiosk tablet in a real Chromium: paired, touched, with a clock that a test turns. */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { pairedDevice, type SetUpCafe, setUpShop } from '../counter-people.ts'
import { openShop, type Shop } from '../shop.ts'
import { type Running, serveShop } from './server.ts'

export const KIOSK = '/cafe/kiosk/'

export interface TabletShop extends SetUpCafe {
  readonly shop: Shop
  readonly server: Running
  close(): Promise<void>
}

/** A café that is set up, and a server for its tablets. */
export async function openTabletShop(options: Parameters<typeof setUpShop>[1] = {}): Promise<TabletShop> {
  const shop = await openShop()
  const people = await setUpShop(shop, options)
  const server = await serveShop(shop)
  return {
    ...people,
    shop,
    server,
    async close() {
      await server.stop()
      await shop.close()
    },
  }
}

export class Tablet {
  readonly id: string
  readonly page: Page
  readonly complaints: string[] = []
  /** Every request that the page made, such as `POST /cafe/kiosk/stamps/`. */
  readonly requests: string[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page, id: string) {
    this.#context = context
    this.page = page
    this.id = id
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      const isAnswer = message.text().startsWith('Failed to load resource') // a refusal, as it should be
      if (message.type() === 'error' && !isAnswer) this.complaints.push(message.text())
    })
    page.on('request', (one) => this.requests.push(`${one.method()} ${new URL(one.url()).pathname}`))
  }

  /** @param isClockStill whether only the test turns the tablet's clock, which is years behind */
  static async open(
    browser: Browser,
    { shop, server }: Pick<TabletShop, 'shop' | 'server'>,
    { isClockStill = false, isWide = true } = {},
  ): Promise<Tablet> {
    const { id, visitor } = await pairedDevice(shop, 'kiosk')
    const viewport = isWide ? { width: 1280, height: 800 } : { width: 768, height: 1024 }
    const context = await browser.newContext({ viewport, hasTouch: true, reducedMotion: 'reduce' })
    const url = server.origin
    await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url })))
    const tablet = new Tablet(context, await context.newPage(), id)
    if (isClockStill) {
      await tablet.page.clock.install({ time: new Date('2019-01-01T00:00:00Z') })
      await tablet.page.clock.pauseAt(new Date('2019-01-01T01:00:00Z'))
    }
    await tablet.page.goto(`${server.origin}${KIOSK}`)
    return tablet
  }

  async touch(keys: string): Promise<void> {
    for (const key of keys) await this.page.tap(`[data-key="${key}"]`)
  }

  async do(action: 'stamp' | 'correct' | 'again' | 'next' | 'hold'): Promise<void> {
    await this.page.tap(`[data-do="${action}"]:visible`)
  }

  /** From the number to its answer, by touch. */
  async stamp(number: string): Promise<void> {
    await this.touch(number)
    await this.do('stamp')
    await this.confirm()
  }

  async confirm(): Promise<void> {
    await this.page.tap('#stamp .main')
    await this.page.waitForSelector('#result, #refused:not([hidden])')
  }

  /** Only with a clock that stands still. */
  async wait(ms: number): Promise<void> {
    await this.page.clock.runFor(ms)
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).innerText()
  }

  async isBlank(): Promise<boolean> {
    const typed = await this.page.locator('.number').textContent()
    return (await this.page.locator('#result').count()) === 0 && !/\d/.test(typed ?? '')
  }

  async close(): Promise<void> {
    await this.#context.close()
  }
}
