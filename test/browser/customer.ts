/** A customer with a phone in the hand: what they press, and everything a page does that it should not. */
import assert from 'node:assert/strict'
import type { Browser, BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core'
import { routes } from '../../src/routes.ts'
import { formIn } from '../visitor.ts'

const cafe = { cafe: 'cafe' }
export const CARD = routes.card.href(cafe)
export const FREE = routes.free.href(cafe)

export interface CardSeen {
  readonly stamps: number
  readonly goal: number
  readonly rewards: number
}

export class Customer {
  readonly context: BrowserContext
  readonly page: Page
  readonly origin: string
  /** Console errors, refused scripts and styles, dialogs, and requests for anything but the page itself. */
  readonly complaints: string[] = []
  /** The answers to whole pages, the latest last; redirects are among them. */
  readonly answers: Response[] = []
  #expectedStatus: number | null = null

  private constructor(context: BrowserContext, page: Page, origin: string) {
    this.context = context
    this.page = page
    this.origin = origin
    this.#listen(page)
  }

  static async enter(
    browser: Browser,
    origin: string,
    options: BrowserContextOptions = {},
  ): Promise<Customer> {
    const context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'ko-KR',
      hasTouch: true,
      ...options,
    })
    context.setDefaultTimeout(30_000) // a deadline for a stuck page, generous to a busy machine
    await context.addInitScript(
      "addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => console.error('CSP', violatedDirective, blockedURI, sample))",
    )
    return new Customer(context, await context.newPage(), origin)
  }

  /** Another tab of the same browser. */
  async openTab(): Promise<Customer> {
    return new Customer(this.context, await this.context.newPage(), this.origin)
  }

  async open(path: string, { expect = 200 } = {}): Promise<void> {
    this.#expectedStatus = expect
    const response = await this.page.goto(new URL(path, this.origin).href)
    assert.equal(response?.status(), expect, path)
  }

  /** Does something that leads to a new page, and waits for that page. */
  async follow(act: () => Promise<unknown>, { expect = 200 } = {}): Promise<void> {
    this.#expectedStatus = expect
    const loaded = this.page.waitForEvent('load')
    await act()
    await loaded
    assert.equal(this.answers.at(-1)?.status(), expect, this.page.url())
  }

  press(selector: string, options: { expect?: number } = {}): Promise<void> {
    return this.follow(() => this.page.click(selector), options)
  }

  /** Types the number where there is a field for it, and presses the stamp button. */
  async stamp(phone?: string, options: { expect?: number } = {}): Promise<void> {
    if (phone !== undefined) await this.page.fill('#phone', phone)
    await this.press('#stamp button', options)
  }

  /** Is stamped so many times, by number the first time where one is given, without a page drawn for each. */
  async earn(stamps: number, phone?: string): Promise<void> {
    const { request } = this.context
    const url = new URL(CARD, this.origin).href
    let page = await (await request.get(url)).text()
    for (let earned = 0; earned < stamps; earned++) {
      const form = { ...formIn(page, CARD), ...(earned === 0 && phone !== undefined && { phone }) }
      const answer = await request.post(url, { form, headers: { origin: this.origin } })
      assert.equal(answer.status(), 200) // of the card, which the 303 leads to
      page = await answer.text()
    }
  }

  async redeem(): Promise<void> {
    await this.open(FREE)
    await this.press('#reward button')
  }

  async forget(): Promise<void> {
    await this.page.click('.whose summary')
    await this.press('#forget button')
  }

  choose(name: 'language' | 'theme', value: string): Promise<void> {
    return this.press(`button[name=${name}][value=${value}]`)
  }

  card(): Promise<CardSeen> {
    return this.page.locator('#card').evaluate(({ dataset }) => ({
      stamps: Number(dataset.stamps),
      goal: Number(dataset.goal),
      rewards: Number(dataset.rewards),
    }))
  }

  async sees(selector: string): Promise<boolean> {
    return (await this.page.locator(selector).filter({ visible: true }).count()) > 0
  }

  /** The short word of the refusal on the page, or null. */
  async refusal(): Promise<string | null> {
    const alert = this.page.locator('[role=alert]')
    return (await alert.count()) === 0 ? null : alert.getAttribute('data-reason')
  }

  ticketState(): Promise<string | null> {
    return this.page.locator('#ticket').getAttribute('data-state')
  }

  async assertFits(): Promise<void> {
    const [wide, room] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    assert.ok((wide ?? 0) <= (room ?? 0), `${this.page.url()} is ${wide} wide, the screen ${room}`)
  }

  assertNoComplaints(): void {
    assert.deepEqual(this.complaints, [])
  }

  async leave(): Promise<void> {
    await this.context.close()
  }

  #listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      // Chromium calls a page that answers 404 or 422 an error; here it is what was asked for.
      if (message.text().includes(`status of ${this.#expectedStatus} `) && this.#expectedStatus !== 200)
        return
      this.complaints.push(`${message.text()} at ${page.url()}`)
    })
    page.on('pageerror', (error) => this.complaints.push(`${error} at ${page.url()}`))
    page.on('dialog', (dialog) => {
      this.complaints.push(`a dialog at ${page.url()}`)
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame()
      if (!isPage && !request.url().startsWith('data:'))
        this.complaints.push(`asks for ${request.url()} at ${page.url()}`)
    })
    page.on('response', (response) => {
      if (response.request().isNavigationRequest()) this.answers.push(response)
    })
  }
}
