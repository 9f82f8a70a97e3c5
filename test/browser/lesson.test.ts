// The lesson in a real Chromium: every button pressed, in both languages, and what its text says looked for in the jars.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import { attacksOn } from '../../lesson/attacks.ts'
import { chain } from '../../lesson/chain.ts'
import { experiments } from '../../lesson/experiments.ts'
import { LANGUAGES, type Language } from '../../lesson/look.ts'
import { serveLesson } from '../../lesson/main.ts'
import { wayWords, wordsIn } from '../../lesson/words/words-in.ts'
import { findViolations } from './axe.ts'
import { launchChromium } from './chromium.ts'

const screenshots = join(import.meta.dirname, '../../screenshots')
const PATHS = ['/', ...chain.map(({ number }) => `/${number}/`), '/rules/', '/belongs/']

let lesson: Awaited<ReturnType<typeof serveLesson>>
let browser: Browser

before(async () => {
  mkdirSync(screenshots, { recursive: true })
  lesson = await serveLesson({ port: 0, host: '127.0.0.1' })
  browser = await launchChromium()
})
after(async () => {
  await browser?.close()
  await lesson?.stop()
})

/** A visitor of the lesson, with all that went over the wire and all that the console complained of. */
class Class {
  readonly complaints: string[] = []
  readonly wire: { host: string; cookie: string; setCookie: string }[] = []
  readonly context: BrowserContext
  readonly page: Page
  #reading: Promise<void>[] = []

  private constructor(context: BrowserContext, page: Page) {
    this.context = context
    this.page = page
    page.on('console', (message) => {
      const isAsked = /status of (403|409|422)/.test(message.text()) // what a refused form of the lesson answers
      // axe asks cross-origin frames for their results in vain; the lesson itself posts to cafe.localhost only.
      const isAxe = /postMessage.*cafe\.localhost:\d+'\) does not match the recipient/.test(message.text())
      if (['error', 'warning'].includes(message.type()) && !isAsked && !isAxe)
        this.complaints.push(message.text())
    })
    page.on('pageerror', (error) => this.complaints.push(String(error)))
    context.on('response', (response) => {
      this.#reading.push(
        Promise.all([response.request().allHeaders(), response.headersArray()]).then(([sent, answered]) => {
          const lines = answered
            .filter(({ name }) => name.toLowerCase() === 'set-cookie')
            .map(({ value }) => value)
          const { hostname } = new URL(response.url())
          this.wire.push({ host: hostname, cookie: sent.cookie ?? '', setCookie: lines.join('\n') })
        }),
      )
    })
  }

  static async enter(language: Language, options: Parameters<Browser['newContext']>[0] = {}): Promise<Class> {
    const locale = language === 'ko' ? 'ko-KR' : 'en-US'
    const context = await browser.newContext({ locale, viewport: { width: 1280, height: 900 }, ...options })
    context.setDefaultTimeout(10_000)
    return new Class(context, await context.newPage())
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${lesson.origin}${path}`)
  }

  /** Presses what leads to a whole new page. */
  async press(selector: string): Promise<void> {
    this.wire.length = 0
    const loaded = this.page.waitForEvent('load')
    await this.page.click(selector)
    await loaded
    await Promise.allSettled(this.#reading.splice(0))
  }

  async frame(name: string): Promise<Frame> {
    const frame = await (await this.page.waitForSelector(`iframe[name=${name}]`)).contentFrame()
    if (frame === null) throw new Error(`No frame ${name}`)
    await frame.waitForSelector('main')
    return frame
  }

  async stamps(name: 'a' | 'b'): Promise<number | null> {
    const text = await (await this.frame(name)).getAttribute('#card', 'data-stamps')
    return text === null ? null : Number(text)
  }

  async server(): Promise<string> {
    return (await (await this.frame('a')).textContent('#server')) ?? ''
  }

  async cookie(host: string, name: string): Promise<string | undefined> {
    const all = await this.context.cookies(lesson.origin.replace('cafe.localhost', host))
    return all.find((one) => one.name === name)?.value
  }

  /** How often a line like this was set, or sent, since the last press. */
  count(field: 'cookie' | 'setCookie', pattern: RegExp): number {
    return this.wire.filter((one) => pattern.test(one[field])).length
  }

  async picture(name: string): Promise<void> {
    const size = this.page.viewportSize() ?? { width: 1280, height: 900 }
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight)
    await this.page.setViewportSize({ width: size.width, height: Math.min(height, 12_000) })
    await this.page.waitForTimeout(250)
    await this.page.screenshot({ path: join(screenshots, `lesson-${name}.png`) })
    await this.page.setViewportSize(size)
  }

  async leave(): Promise<void> {
    assert.deepEqual(this.complaints, [])
    await this.context.close()
  }
}

type Evidence = (seen: Class) => Promise<void>

/** What must be true in the browser and on the server after each attack, whatever the page says. */
const evidence: Record<string, Evidence> = {
  async '1/edit'(seen) {
    assert.ok(
      seen.count('setCookie', /^stamps=10; Path=\/$/) === 1 && seen.count('cookie', /^stamps=10$/) > 0,
    )
    assert.equal(await seen.cookie('a1.cafe.localhost', 'stamps'), '0')
  },
  async '2/edit'(seen) {
    assert.ok(seen.count('cookie', /^stamps=10:/) > 0)
    assert.equal(await seen.stamps('a'), 1)
  },
  async '2/replay'(seen) {
    assert.equal(seen.count('setCookie', /^stamps=0:/), 2)
    assert.equal(await seen.stamps('a'), 0)
  },
  async '3/share'(seen) {
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [1, 1])
    assert.equal(seen.count('cookie', /stamps/), 0)
  },
  async '3/restart'(seen) {
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [0, 0])
    const [before, after] = [
      ...(await seen.page.innerText('#restart .outcome')).matchAll(/\b(\d{3,})\b/g),
    ].map((match) => match[1])
    assert.notEqual(before, after)
    assert.match(await seen.server(), new RegExp(`process: ${after}, stamps: 0`))
  },
  async '4/share'(seen) {
    assert.match(await seen.server(), /'127\.0\.0\.1' => 1/)
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [1, 1])
  },
  async '4/travel'(seen) {
    assert.match(await seen.server(), /'127\.0\.0\.1' => 3, '(127\.0\.0\.2|::1)' => 1/)
  },
  async '5/again'(seen) {
    assert.equal(await seen.stamps('a'), null)
    assert.equal(seen.count('setCookie', /./), 0)
    assert.match(await seen.server(), /'01011112222' => 2/)
  },
  async '5/neighbour'(seen) {
    assert.match(await seen.server(), /'01011112222' => 0/)
  },
  async '6/edit'(seen) {
    assert.equal(await seen.cookie('b6.cafe.localhost', 'phone'), '01011112222')
    assert.match(await seen.server(), /'01011112222' => 0/)
  },
  async '6/neighbour'(seen) {
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [4, 4])
  },
  async '7/steal'(seen) {
    const stolen = await seen.cookie('b7.cafe.localhost', 'session')
    assert.ok(stolen !== undefined && stolen === (await seen.cookie('a7.cafe.localhost', 'session')))
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [3, 3])
  },
  async '7/fixate'(seen) {
    assert.equal(
      await seen.cookie('a7.cafe.localhost', 'session'),
      await seen.cookie('b7.cafe.localhost', 'session'),
    )
    assert.equal(await seen.stamps('b'), await seen.stamps('a'))
  },
  async '7/neighbour'(seen) {
    assert.notEqual(
      await seen.cookie('a7.cafe.localhost', 'session'),
      await seen.cookie('b7.cafe.localhost', 'session'),
    )
    assert.equal(await seen.stamps('b'), await seen.stamps('a'))
  },
  async '8/neighbour'(seen) {
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [3, 1])
  },
  async '8/edit'(seen) {
    const atA = seen.wire.filter(({ host }) => host === 'a8.cafe.localhost')
    const sent = atA.map(({ cookie }) => /who=([^:]+)/.exec(cookie)?.[1]).filter((id) => id !== undefined)
    assert.equal(new Set(sent).size, 2)
    assert.equal(await seen.stamps('a'), 4)
  },
  async '8/replay'(seen) {
    assert.equal(await seen.stamps('a'), 0)
    assert.equal((await seen.server()).match(/stamps: -10/g)?.length ?? 0, 1)
  },
  async '8/copy'(seen) {
    assert.ok(
      seen.count('setCookie', /^who=/) > 0 && (await seen.cookie('b8.cafe.localhost', 'who')) !== undefined,
    )
    assert.deepEqual([await seen.stamps('a'), await seen.stamps('b')], [null, null])
  },
}

for (const language of LANGUAGES) {
  test(`every attack does what its text says, in ${language}`, async () => {
    const seen = await Class.enter(language)
    const words = wordsIn(language)
    for (const { number } of chain) {
      await seen.open(`/${number}/`)
      await seen.press('main form[action$="/start-over/"] button')
      for (const { name, works } of attacksOn(number)) {
        const said = wayWords(words, number).attacks[name]
        await seen.press(`#${name} button`)
        assert.ok(seen.page.url().endsWith(`/${number}/#${name}`))
        const outcome = await seen.page.innerText(`#${name} .outcome`)
        for (const text of [
          works ? words.page.worked : words.page.held,
          said?.happened,
          said?.why,
          said?.next,
        ]) {
          assert.ok(outcome.includes(text ?? '-'), `${number} ${name}: ${text}`)
        }
        await evidence[`${number}/${name}`]?.(seen)
      }
      assert.deepEqual(
        Object.keys(evidence).filter((key) => key.startsWith(`${number}/`)),
        attacksOn(number).map(({ name }) => `${number}/${name}`),
      )
      await seen.picture(`${language}-${number}`)
    }
    await seen.leave()
  })

  test(`a post from another site counts where nobody checks, and is a 403 in Dojang, in ${language}`, async () => {
    const seen = await Class.enter(language)
    const posted = async (number: number, stranger: string) => {
      const frame = await seen.frame(stranger)
      const answered = seen.page.waitForResponse((response) => response.request().method() === 'POST')
      await frame.press('button', 'Enter') // by key: a frame that grows meanwhile moves what a mouse would hit
      const status = (await answered).status()
      await frame.waitForSelector('#card')
      const reason = await frame.evaluate(() =>
        document.querySelector('[data-reason]')?.getAttribute('data-reason'),
      )
      await seen.open(`/${number}/`)
      return [status, reason, await seen.stamps('a')]
    }
    const stampOnce = async (number: number) => {
      await seen.open(`/${number}/`)
      await seen.press('main form[action$="/start-over/"] button')
      const frame = await seen.frame('a')
      if (number > 4) await frame.fill('[name=phone]', '010-1111-2222')
      await frame.press('#stamp button', 'Enter')
      await frame.waitForSelector('[data-stamps="1"]')
    }
    await stampOnce(4)
    assert.deepEqual(await posted(4, 'evil'), [200, undefined, 2])
    await stampOnce(7)
    assert.deepEqual(await posted(7, 'evil'), [422, 'phone', 1])
    assert.deepEqual(await posted(7, 'blog'), [200, undefined, 2])
    await stampOnce(8)
    assert.deepEqual(await posted(8, 'evil'), [403, 'fetch-metadata', 1])
    assert.deepEqual(await posted(8, 'blog'), [403, 'fetch-metadata', 1])
    await seen.leave()
  })

  test(`the pages are for everybody: no violation, nothing cut off on a phone, in ${language}`, async () => {
    const theme = language === 'ko' ? 'light' : 'dark'
    const seen = await Class.enter(language, { colorScheme: theme })
    for (const path of PATHS) {
      await seen.page.setViewportSize({ width: 1280, height: 900 })
      await seen.open(path)
      assert.deepEqual(await findViolations(seen.page), [], path)
      await seen.page.setViewportSize({ width: 360, height: 780 })
      const wide = await seen.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(wide <= 0, `${path} is ${wide} too wide`)
    }
    await seen.page.setViewportSize({ width: 390, height: 844 })
    await seen.open('/1/')
    await seen.picture(`${language}-phone`)
    const look = `${language}-${theme}`
    const framed = [
      ...chain.map(({ number }) => `a${number}.cafe.localhost/${look}/cafe/free/`),
      `evil.localhost/${look}/?way=4&way=8`,
      `evil.localhost/${look}/`,
      `blog.cafe.localhost/${look}/?way=7`,
      `x.jar.cafe.localhost/menu/?look=${look}`,
    ]
    for (const place of framed) {
      const [host = '', ...rest] = place.split('/')
      await seen.page.goto(`${lesson.origin.replace('cafe.localhost', host)}/${rest.join('/')}`)
      assert.deepEqual(await findViolations(seen.page), [], place)
    }
    await seen.leave()
  })
}

test('scripts see what is not HttpOnly, in each customer’s own jar', async () => {
  const seen = await Class.enter('ko')
  const views: Record<number, RegExp> = {
    1: /^stamps=1$/,
    2: /^stamps=1:/,
    6: /^phone=01011112222$/,
    7: /없음/,
    8: /없음/,
  }
  for (const [number, expected] of Object.entries(views)) {
    await seen.open(`/${number}/`)
    await seen.press('main form[action$="/start-over/"] button')
    const frame = await seen.frame('a')
    if (Number(number) > 4) await frame.fill('[name=phone]', '010-1111-2222')
    await frame.press('#stamp button', 'Enter')
    await frame.waitForSelector('[data-stamps="1"]')
    assert.match((await frame.textContent('[data-document-cookie]')) ?? '', expected, `way ${number}`)
    assert.match((await (await seen.frame('b')).textContent('[data-document-cookie]')) ?? '', /없음/)
  }
  await seen.leave()
})

test('each attribute does what the page on rules says', async () => {
  const seen = await Class.enter('ko')
  const nowhere = { x: 'false', menu: 'false', y: 'false' }
  const here = { x: 'true', menu: 'true', y: 'false' }
  const others: Record<string, typeof nowhere> = {
    expired: nowhere,
    path: { ...nowhere, menu: 'true' },
    domain: { ...here, y: 'true' },
    'wrong-domain': nowhere,
    'none-insecure': nowhere,
    'host-broken': nowhere,
  }
  const crossings: Record<string, [link: boolean, form: boolean]> = {
    lax: [true, false],
    strict: [false, false],
    none: [true, true],
  }
  await seen.open('/rules/')
  for (const { name } of experiments) {
    await seen.press(`#${name} button`)
    for (const [place, came] of Object.entries(others[name] ?? here)) {
      assert.equal(
        await seen.page.getAttribute(`#${name} [data-place=${place}]`, 'data-came'),
        came,
        `${name} ${place}`,
      )
    }
    const jar = await seen.frame('jar')
    const sees = await jar.textContent('[data-document-cookie]')
    assert.equal(
      /try=1/.test(sees ?? ''),
      !['http-only', 'path', ...Object.keys(others)].includes(name) || name === 'domain',
      name,
    )
    for (const [index, by] of ['#by-link', '#by-form'].entries()) {
      if (crossings[name] === undefined) continue
      const opened = seen.context.waitForEvent('page')
      await (await seen.frame('crossing')).press(by, 'Enter')
      const tab = await opened
      const cookie = await tab.getAttribute('[data-cookie]', 'data-cookie')
      assert.equal(cookie?.includes('try=1'), crossings[name]?.[index], `${name} ${by}`)
      await tab.close()
    }
    if (name !== 'max-age') continue
    await seen.page.waitForTimeout(5200)
    await jar.press('main a', 'Enter')
    await jar.waitForSelector('[data-cookie=""]')
  }
  assert.deepEqual(await findViolations(seen.page), [])
  await seen.picture('ko-rules')
  await seen.leave()
})

test('the lesson is read with the keyboard, and its wishes are kept', async () => {
  const seen = await Class.enter('ko')
  await seen.open('/')
  await seen.picture('ko-overview')
  await seen.page.keyboard.press('ArrowRight')
  await seen.page.waitForURL('**/1/')
  await seen.page.keyboard.press('ArrowLeft')
  await seen.page.waitForURL('**/cafe.localhost:*/')
  await seen.page.keyboard.press('Tab')
  assert.equal(await seen.page.evaluate(() => document.activeElement?.className), 'skip')
  await seen.press('header button[value=en]')
  await seen.press('header button[value=dark]')
  assert.equal(await seen.page.getAttribute('html', 'data-theme'), 'dark')
  await seen.picture('en-overview-dark')
  await seen.open('/belongs/')
  await seen.press('#cart button[value=latte]')
  await seen.page.fill('#searches [type=search]', '따뜻한 라테')
  await seen.press('#searches form button')
  await seen.press('#seen button[value=scone]')
  await seen.press('#seen button[value=seen]')
  assert.equal(await seen.cookie('cafe.localhost', 'cart'), 'latte.1')
  assert.deepEqual(await findViolations(seen.page), [])
  await seen.picture('en-belongs-dark')
  await seen.leave()
})

test('without JavaScript attacks are as real', async () => {
  const seen = await Class.enter('en', { javaScriptEnabled: false })
  for (const number of [1, 3, 8]) {
    await seen.open(`/${number}/`)
    for (const { name, works } of attacksOn(number)) {
      await seen.press(`#${name} button`)
      assert.equal(
        await seen.page.getAttribute(`#${name} .outcome`, 'data-worked'),
        String(works),
        `${number} ${name}`,
      )
    }
  }
  assert.ok(await seen.page.locator('noscript p').first().isVisible())
  await seen.leave()
})
