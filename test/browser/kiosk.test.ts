import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { seededRandom } from '../../src/cli/seed/seeded-random.ts'
import { parsePhone } from '../../src/rules/phone.ts'
import { StoreUnavailable } from '../../src/store/store.ts'
import type { Shop } from '../shop.ts'
import { findViolations } from './axe.ts'
import { runningAnimations, SCREENSHOTS } from './camera.ts'
import { launchChromium } from './chromium.ts'
import { KIOSK, openTabletShop, Tablet, type TabletShop } from './tablet.ts'

const NUMBER = '01012345678'
const STAMPS = '/cafe/kiosk/stamps/'
const CUSTOMERS = 100

let browser: Browser
let cafe: TabletShop

before(async () => {
  browser = await launchChromium()
  cafe = await openTabletShop()
})
after(async () => {
  await browser?.close()
  await cafe?.close()
})

/** One test, one tablet; each test has a day of its own, so that no limit of another stands in its way. */
function onTablet(
  title: string,
  options: { isClockStill?: boolean },
  test: (tablet: Tablet) => Promise<void>,
) {
  it(title, async () => {
    cafe.shop.clock.nowMs += 24 * 3_600_000
    const tablet = await Tablet.open(browser, cafe, options)
    try {
      await test(tablet)
      assert.deepEqual(tablet.complaints, [])
    } finally {
      await tablet.close()
    }
  })
}

describe('a customer at the kiosk', () => {
  onTablet('is stamped by touch: the number in groups, read back, +1', {}, async (tablet) => {
    const before = await balanceOf(cafe.shop, NUMBER)
    await tablet.touch('010123456')
    assert.equal(await tablet.text('.number'), '010 1234 56••')
    await tablet.touch('78')
    await tablet.do('stamp')
    assert.match(await tablet.text('#read-back'), /010-1234-5678\s*맞으세요\?/)
    await tablet.confirm()
    assert.match(await tablet.text('#result'), /\+1[\s\S]*번만 더 오시면/)
    assert.equal(await tablet.page.locator('#result .hold .qr').count(), 1)
    assert.equal(await balanceOf(cafe.shop, NUMBER), before + 1)
  })

  onTablet('is stamped by a number pad alone, and corrects a slip on it', {}, async (tablet) => {
    const { keyboard } = tablet.page
    await keyboard.type('01099990009')
    await keyboard.press('Backspace')
    await keyboard.press('Enter')
    assert.match(await tablet.text('.hint >> nth=0'), /끝까지/)
    await keyboard.type('1')
    await keyboard.press('Enter')
    assert.match(await tablet.text('.said'), /010-9999-0001/)
    await keyboard.press('Backspace')
    assert.equal(await tablet.text('.number'), '010 9999 0001')
    await keyboard.press('Backspace')
    await keyboard.type('2')
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    await tablet.page.waitForSelector('#result')
    assert.equal(await balanceOf(cafe.shop, '01099990002'), 1)
    assert.equal(await balanceOf(cafe.shop, '01099990001'), 0)
    await keyboard.press('Enter')
    assert.ok(await tablet.isBlank())
  })

  onTablet('can do the same with Tab and the space bar', {}, async (tablet) => {
    const { page } = tablet
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate('document.activeElement.dataset.key'), '1')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    assert.match(await tablet.text('.number'), /^11/)
    await page.locator('[data-do=stamp]').focus()
    await page.keyboard.press('Enter')
    assert.match(await tablet.text('.hint >> nth=0'), /끝까지/)
  })

  onTablet('makes no request before they have said yes, whether known or not', {}, async (tablet) => {
    await tablet.stamp('01055550001')
    await tablet.do('next')
    const shown: string[] = []
    for (const number of ['01055550001', '01055550009']) {
      const asked = tablet.requests.length
      await tablet.touch(number)
      await tablet.do('stamp')
      shown.push((await tablet.text('#read-back')).replace(/000\d/, 'nnnn'))
      assert.deepEqual(tablet.requests.slice(asked), [])
      await tablet.do('correct')
      await tablet.page.keyboard.press('Escape')
    }
    assert.equal(shown[0], shown[1])
  })

  onTablet('is not stamped by a double tap on the red button', {}, async (tablet) => {
    await tablet.touch('01055550002')
    await tablet.do('stamp')
    const yes = tablet.page.locator('#stamp .main')
    await yes.dispatchEvent('click', { detail: 2 }) // what the second tap is, where the two buttons meet
    assert.equal(tablet.requests.includes(`POST ${STAMPS}`), false)
    await yes.dispatchEvent('click', { detail: 1 })
    await tablet.page.waitForSelector('#result')
  })

  onTablet('from abroad holds 0 for the plus', { isClockStill: true }, async (tablet) => {
    const zero = tablet.page.locator('[data-key="0"]')
    await zero.dispatchEvent('pointerdown')
    await tablet.wait(700)
    await zero.dispatchEvent('pointerup')
    await zero.dispatchEvent('click')
    await tablet.touch('819012345678')
    assert.equal(await tablet.text('.number'), '+819012345678')
    await tablet.do('stamp')
    await tablet.confirm()
    assert.equal(await balanceOf(cafe.shop, '+819012345678'), 1)
  })

  onTablet(
    'is told large when it cannot be now, and the next one begins anew',
    { isClockStill: true },
    async (tablet) => {
      await tablet.stamp('01055550003')
      await tablet.do('next')
      await tablet.stamp('01055550003')
      assert.match(await tablet.text('#refused .refusal'), /방금 찍은 카드라서[\s\S]*부터 다시/)
      await tablet.wait(7_900)
      assert.equal(await tablet.page.locator('#refused').isVisible(), true)
      await tablet.wait(200)
      assert.ok(await tablet.isBlank())
      assert.equal(await tablet.page.locator('#typing').isVisible(), true)
    },
  )

  onTablet('chooses a language by one tap, for themselves alone', { isClockStill: true }, async (tablet) => {
    const { page } = tablet
    await tablet.touch('0105555')
    for (const [language, words] of [
      ['ja', /電話番号を/],
      ['en', /Just type/],
    ] as const) {
      await page.tap(`[value=${language}]`)
      await page.waitForSelector(`html[lang=${language}]`)
      assert.match(await tablet.text('#home h1'), words)
      assert.match(await tablet.text('.number'), /^010 5555/, 'what was typed stays')
    }
    await tablet.touch('0004')
    await tablet.do('stamp')
    assert.match(await tablet.text('#read-back'), /Is this right/)
    await tablet.confirm()
    assert.match(await tablet.text('#result'), /This card on your phone/)
    await tablet.wait(8_100)
    await page.waitForSelector('html[lang=ko]')
    assert.match(await tablet.text('#home h1'), /전화번호만/)
    assert.doesNotMatch(await page.evaluate('document.cookie'), /kiosk_language/)
  })

  onTablet('loses no stamp and gets no second one when the answer is lost on the way', {}, async (tablet) => {
    const { page } = tablet
    await page.route(
      `**${STAMPS}`,
      async (route) => {
        await route.fetch({ maxRedirects: 0 })
        await route.abort()
      },
      { times: 1 },
    )
    await tablet.touch('01055550005')
    await tablet.do('stamp')
    await page.tap('#stamp .main')
    await page.getByText('카운터에 말씀해 주세요').waitFor()
    assert.equal(await balanceOf(cafe.shop, '01055550005'), 1, 'it was done, and nobody here knows')
    assert.match(await tablet.text('.said'), /010-5555-0005/)
    await tablet.confirm()
    assert.equal(await page.locator('#result').count(), 1)
    assert.equal(await balanceOf(cafe.shop, '01055550005'), 1)
  })
})

describe('while nothing can be written', () => {
  onTablet('the number is kept for another press, and stamped once', {}, async (tablet) => {
    const { store } = cafe.shop
    const { transaction } = store
    Object.assign(store, { transaction: () => Promise.reject(new StoreUnavailable('the disk is full')) })
    await tablet.stamp('01055550006')
    Object.assign(store, { transaction })
    assert.match(await tablet.text('#refused .refusal'), /지금은 저장할 수 없어서/)
    await tablet.page.keyboard.press('Enter')
    assert.match(await tablet.text('.said'), /010-5555-0006/)
    await tablet.page.keyboard.press('Enter')
    await tablet.page.waitForSelector('#result')
    assert.equal(await balanceOf(cafe.shop, '01055550006'), 1)
  })
})

describe('the next customer', () => {
  onTablet(
    'finds it blank: 8 seconds after a stamp, 30 after a tap on the code',
    { isClockStill: true },
    async (tablet) => {
      await tablet.stamp('01066660001')
      await tablet.wait(7_900)
      assert.equal(await tablet.page.locator('#result').count(), 1)
      await tablet.wait(200)
      assert.ok(await tablet.isBlank())
      await tablet.stamp('01066660002')
      await tablet.wait(5_000)
      await tablet.do('hold')
      await tablet.wait(29_900)
      assert.equal(await tablet.page.locator('#result').count(), 1)
      await tablet.wait(200)
      assert.ok(await tablet.isBlank())
    },
  )

  onTablet(
    'finds no half number, and none that was read back, 20 seconds after the last touch',
    { isClockStill: true },
    async (tablet) => {
      await tablet.touch('0106666')
      await tablet.wait(15_000)
      await tablet.touch('0')
      await tablet.wait(19_900)
      assert.match(await tablet.text('.number'), /^010 6666 0/)
      await tablet.wait(200)
      assert.ok(await tablet.isBlank())
      await tablet.touch('01066660003')
      await tablet.do('stamp')
      await tablet.wait(20_100)
      assert.ok(await tablet.isBlank())
      assert.equal(await tablet.page.locator('#read-back').isVisible(), false)
      assert.equal(await balanceOf(cafe.shop, '01066660003'), 0)
    },
  )

  it(`sees nothing of ${CUSTOMERS} before, by back, forward, reload or the browser's memory (F10)`, async (t) => {
    const seed = Number(process.env.SEED ?? Date.now() % 100_000)
    t.diagnostic(`seed ${seed}`)
    const random = seededRandom(seed)
    cafe.shop.clock.nowMs += 24 * 3_600_000
    const tablet = await Tablet.open(browser, cafe, { isClockStill: true })
    const { page } = tablet
    await page.goto(`${cafe.server.origin}${KIOSK}?again`) // so that there is something to go back to
    const steps = await page.evaluate('history.length')
    const leaving = [
      () => tablet.wait(8_100),
      () => tablet.do('next'),
      () => page.reload(),
      () => page.goBack(),
      async () => (await page.goForward()) ?? tablet.wait(8_100), // where nothing is ahead
      () => page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))),
      () => page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))),
    ]
    let found = 0
    for (let customer = 0; customer < CUSTOMERS; customer++) {
      const number = `010${String(random.whole(0, 99_999_999)).padStart(8, '0')}`
      const isWhole = random.chance(0.8)
      await page.keyboard.type(isWhole ? number : number.slice(0, 10))
      if (isWhole) {
        for (const _ of ['read back', 'yes']) await page.keyboard.press('Enter')
        await page.waitForSelector('#result')
      }
      const leave = leaving[random.whole(0, leaving.length - 1)]
      if (isWhole) await leave?.()
      else await tablet.wait(20_100)
      if (page.url() === 'about:blank') await page.goForward()
      await page.waitForSelector('#typing:visible')
      if (!(await tablet.isBlank())) found += 1
      found += await residueOf(page, number)
    }
    assert.equal(found, 0)
    assert.equal(await page.evaluate('history.length'), steps)
    assert.deepEqual(tablet.complaints, [])
    await tablet.close()
  })
})

describe('the kiosk by itself', () => {
  it('turns to the next code by the server’s clock, however wrong the tablet’s is', async () => {
    const shop = await openTabletShop({ mode: 'code' })
    const tablet = await Tablet.open(browser, shop, { isClockStill: true })
    const { page } = tablet
    shop.shop.clock.nowMs += 10_000
    await page.reload()
    const codes = [await tablet.text('.digits b')]
    for (const left of [20_000, 30_000]) {
      shop.shop.clock.nowMs += left
      const answered = page.waitForResponse((answer) => answer.url().endsWith(KIOSK))
      await tablet.wait(left - 100)
      assert.equal(await tablet.text('.digits b'), codes.at(-1))
      await tablet.wait(300)
      await answered
      await page.waitForFunction(
        (old) => document.querySelector('.digits b')?.textContent !== old,
        codes.at(-1),
      )
      codes.push(await tablet.text('.digits b'))
    }
    assert.equal(new Set(codes).size, 3)
    assert.deepEqual(tablet.complaints, [])
    await tablet.close()
    await shop.close()
  })

  onTablet('asks for a pairing code as soon as it is retired', {}, async (tablet) => {
    await tablet.page.waitForSelector('.line:not(.off)')
    const { shop } = cafe
    await shop.store.transaction(cafe.cafe.id, async (tx) => {
      await tx.devices.revoke(cafe.cafe.id, tablet.id, shop.clock.nowMs)
      await tx.tell(cafe.cafe.id, 'devices')
    })
    await tablet.page.waitForSelector('#pairing')
    const asked = tablet.requests.filter((one) => one === 'GET /cafe/kiosk/live/')
    assert.equal(asked.length, 1, 'it was told, and did not find out by itself')
    assert.equal(await tablet.page.locator('#home').count(), 0)
  })

  onTablet('shows at once what the owner has changed, unless somebody is at it', {}, async (tablet) => {
    const { shop } = cafe
    const rename = (name: string) =>
      shop.store.transaction(cafe.cafe.id, async (tx) => {
        await tx.cafes.update({ ...cafe.cafe, name })
        await tx.tell(cafe.cafe.id, 'cafe')
      })
    await tablet.page.waitForSelector('.line:not(.off)')
    await rename('새 이름 커피')
    await tablet.page.getByText('새 이름 커피').waitFor()
    await tablet.touch('010')
    await rename('온기 커피')
    await tablet.page.keyboard.press('Escape')
    await tablet.page.getByText('온기 커피').waitFor()
  })

  for (const isWide of [true, false]) {
    it(`can be read and used by everyone, ${isWide ? 'lying' : 'upright'}, in three languages and high contrast`, async () => {
      cafe.shop.clock.nowMs += 24 * 3_600_000
      const tablet = await Tablet.open(browser, cafe, { isWide })
      const { page } = tablet
      for (const [language, number] of [
        ['ko', '01077770001'],
        ['en', '01077770002'],
        ['ja', '01077770003'],
      ] as const) {
        const name = (stage: string) => `kiosk-${stage}-${language}-${isWide ? 'wide' : 'upright'}`
        if (language !== 'ko') await page.tap(`[value=${language}]`)
        await page.waitForSelector(`html[lang=${language}]`)
        if (language === 'ja') {
          await page.tap('[name=large]')
          await page.waitForSelector('[data-large]')
          await page.tap('[name=contrast]')
          await page.waitForSelector('[data-contrast]')
        }
        await tablet.touch(number.slice(0, 9))
        await inspect(page, name('typing'))
        await tablet.touch(number.slice(9))
        await tablet.do('stamp')
        await inspect(page, name('read-back'))
        await tablet.confirm()
        await tablet.do('hold')
        await inspect(page, name('result'))
        await tablet.do('next')
        await tablet.stamp(number)
        await page.screenshot({ path: join(SCREENSHOTS, `${name('refused')}.png`) })
        await tablet.page.keyboard.press('Escape')
        await page.waitForSelector('html[lang=ko]')
      }
      assert.deepEqual(tablet.complaints, [])
      await tablet.close()
    })
  }
})

async function inspect(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) })
  assert.deepEqual(await findViolations(page), [], name)
  assert.equal(await runningAnimations(page), 0)
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)
  assert.ok(fits, `${name} scrolls sideways`)
}

/** In how many places of the browser a number is still to be found. */
function residueOf(page: Page, number: string): Promise<number> {
  const [a, b, c] = [number.slice(0, 3), number.slice(3, 7), number.slice(7)]
  const written = [
    `${b}${c}`,
    `${b}-${c}`,
    `${b} ${c}`,
    `${a}-${b}`,
    `${a} ${b}`,
    `${a}${b}`,
    [...number].join(' '),
  ]
  return page.evaluate(async (forms) => {
    const fields = [...document.querySelectorAll('input')].map(({ value }) => value)
    const kept = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage))
    const databases = (await indexedDB.databases()).map(({ name }) => name)
    const caches = await globalThis.caches.keys()
    const memory = [document.cookie, document.title, location.href, JSON.stringify(history.state)]
    const places = [
      document.documentElement.outerHTML,
      ...fields,
      ...kept,
      ...databases,
      ...caches,
      ...memory,
    ]
    return places.filter((place) => forms.some((form) => place?.includes(form))).length
  }, written)
}

async function balanceOf(shop: Shop, number: string): Promise<number> {
  const phone = parsePhone(number, 'KR')
  const card = phone && (await shop.store.cards.findByPhone(cafe.cafe.id, phone))
  return card?.balance ?? 0
}
