/** A window of the café's day: a kiosk, a counter, an owner's or a customer's. It counts what a hand does, and remembers what it should not have seen. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page, Response } from 'playwright-core'
import { SCREENSHOTS } from './camera.ts'

const PATIENCE_MS = 30_000 // a deadline for a stuck page, generous to a busy machine

export const TABLET = { width: 1024, height: 768 }
export const PHONE = { width: 390, height: 844 }
export const SMALL_PHONE = { width: 360, height: 740 }

export class Window {
  readonly name: string
  readonly context: BrowserContext
  readonly page: Page
  readonly origin: string
  /** Console errors, refused scripts and styles, dialogs, requests to anywhere else. */
  readonly complaints: string[] = []
  /** Every address that was asked for, without its origin. */
  readonly addresses: string[] = []
  /** What stood on each page, once it was there. */
  readonly pages: { readonly url: string; readonly html: string }[] = []
  /** Refusals that are meant, by status: Chromium calls each an error. */
  readonly expected = new Set<number>()
  taps = 0
  keys = 0
  #answers: Response[] = []

  private constructor(name: string, page: Page, origin: string) {
    this.name = name
    this.context = page.context()
    this.page = page
    this.origin = origin
    this.#listen()
  }

  static async open(
    browser: Browser,
    { origin, name, ...options }: BrowserContextOptions & { readonly origin: string; readonly name: string },
  ): Promise<Window> {
    const context = await browser.newContext({
      viewport: TABLET,
      locale: 'ko-KR',
      hasTouch: true,
      reducedMotion: 'reduce',
      ...options,
    })
    context.setDefaultTimeout(PATIENCE_MS)
    await context.addInitScript(
      "addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) => console.error('CSP', violatedDirective, blockedURI, sample))",
    )
    return new Window(name, await context.newPage(), origin)
  }

  async goTo(path: string, { expect = 200 } = {}): Promise<void> {
    this.expected.add(expect)
    const answer = await this.page.goto(new URL(path, this.origin).href)
    assert.equal(answer?.status(), expect, `${this.name}: ${path}`)
    await this.#remember()
  }

  /** Does something that leads to a new page, and waits for it. */
  async follow(act: () => Promise<unknown>, { expect = 200 } = {}): Promise<void> {
    this.expected.add(expect)
    const loaded = this.page.waitForEvent('load')
    await act()
    await loaded
    const answer = this.#answers.at(-1)
    assert.equal(answer?.status(), expect, `${this.name}: ${this.page.url()} says ${await this.refusal()}`)
    await this.#remember()
  }

  /** One tap of a finger. */
  async tap(selector: string): Promise<void> {
    this.taps += 1
    await this.page.locator(selector).filter({ visible: true }).first().tap()
  }

  /** One tap that leads to a new page. */
  press(selector: string, options: { expect?: number } = {}): Promise<void> {
    return this.follow(() => this.tap(selector), options)
  }

  /** Keys of a keyboard or a keypad, one after the other, into whatever has the focus. */
  async type(text: string): Promise<void> {
    this.keys += text.length
    await this.page.keyboard.type(text)
  }

  /** The same in one go: no pause, however busy the machine, in which a page could take the half for the whole. */
  async typeAtOnce(text: string): Promise<void> {
    this.keys += text.length
    await this.page.keyboard.insertText(text)
  }

  async key(name: string): Promise<void> {
    this.keys += 1
    await this.page.keyboard.press(name)
  }

  see(selector: string): Promise<unknown> {
    return this.page.locator(selector).filter({ visible: true }).first().waitFor()
  }

  sees(selector: string): Promise<boolean> {
    return this.page.locator(selector).filter({ visible: true }).first().isVisible()
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).filter({ visible: true }).first().innerText()
  }

  /** The short word of the refusal on the page, or null. */
  async refusal(): Promise<string | null> {
    const alert = this.page.locator('[role=alert][data-reason]').first()
    return (await alert.count()) === 0 ? null : alert.getAttribute('data-reason')
  }

  /** Into `screenshots/`, for people to look at. */
  async picture(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true })
    await this.page.screenshot({ path: join(SCREENSHOTS, `queue-${name}.png`), fullPage: true })
  }

  leave(): Promise<void> {
    return this.context.close()
  }

  async #remember(): Promise<void> {
    this.pages.push({ url: this.page.url(), html: await this.page.content() })
  }

  #listen(): void {
    this.page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return
      const status = Number(/status of (\d{3}) /.exec(message.text())?.[1] ?? 0)
      if (status !== 200 && this.expected.has(status)) return
      this.complaints.push(`${this.name}: ${message.text()} at ${this.page.url()}`)
    })
    this.page.on('pageerror', (error) => this.complaints.push(`${this.name}: ${error} at ${this.page.url()}`))
    this.page.on('dialog', (dialog) => {
      this.complaints.push(`${this.name}: a dialog at ${this.page.url()}`)
      void dialog.dismiss()
    })
    this.page.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol === 'data:') return
      if (url.origin === this.origin) this.addresses.push(url.href.slice(this.origin.length))
      else this.complaints.push(`${this.name}: asks for ${url.href}`)
    })
    this.page.on('response', (response) => {
      if (response.request().isNavigationRequest()) this.#answers.push(response)
    })
  }
}
