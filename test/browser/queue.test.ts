/** A new café's first day in a real Chromium: from the setup link through an hour's queue to a tablet that is lost, all windows followed. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { routes } from '../../src/routes.ts'
import { launchChromium } from './chromium.ts'
import { type NewCafe, startNewCafe } from './new-cafe.ts'
import { addDevice, addPerson, invite, pair, setLimits, setMode, setUp } from './owner.ts'
import { COUNTER_NAME, type Day, DOYUN, KIOSK_NAME, MINA, OWNER, openDay, SORA } from './queue-day.ts'
import { stampByKeyboard } from './queue-keyboard.ts'
import {
  firstShift,
  kioskQueue,
  moveToTheRight,
  oneOfTwins,
  onSorasPhone,
  regulars,
  withoutPhone,
} from './queue-lanes.ts'
import { loseStaffMember, loseTablet } from './queue-losses.ts'
import {
  askAndDecide,
  bringCode,
  claimAtKioskAndRedeem,
  claimByStaffsLink,
  showLetters,
  stampOnTrial,
} from './queue-phones.ts'

const TAPS_MOST = 3 // issue: what stamping a regular takes at most, besides four digits
const TYPED = /<input type="hidden" name="phone" [^>]*>/g // a number that staff have just typed, on its way to its first stamp
const seed = Number(process.env.DOJANG_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31))

let browser: Browser
let cafe: NewCafe
let day: Day
let soraPath: string

before(async () => {
  console.log(`# the queue of seed ${seed} (DOJANG_TEST_SEED has it again)`)
  ;[browser, cafe] = await Promise.all([launchChromium(), startNewCafe()])
  day = await openDay(browser, cafe, seed)
})
after(async () => {
  await browser?.close()
  cafe?.end()
})

describe('a new café', () => {
  it('is tried out by customers, and set up by its owner, who keeps their stamps', async () => {
    const { owner, book } = day
    await stampOnTrial(day)
    await setUp(owner, cafe.setupUrl, OWNER)
    assert.equal(new URL(owner.page.url()).pathname, routes.owner.home.href({ cafe: 'cafe' }))
    await owner.picture('owner-today-new')
    book.did('setup')
  })

  it('has its kiosk and its counter paired by six digits', async () => {
    const { owner, kiosk, counter, book } = day
    const forKiosk = await addDevice(owner, 'kiosk', KIOSK_NAME)
    await owner.picture('owner-pairing')
    const forCounter = await addDevice(owner, 'counter', COUNTER_NAME)
    await Promise.all([pair(kiosk, forKiosk), pair(counter, forCounter)])
    await kiosk.see('#typing')
    await kiosk.picture('kiosk-empty')
    await counter.picture('counter-nobody')
    book.did('device-added', 2)
    book.did('device-paired', 2)
  })

  it('has two staff by PIN, and a third on her own phone by a link', async () => {
    const { owner, sora, book } = day
    await addPerson(owner, MINA.name, MINA.pin)
    await addPerson(owner, DOYUN.name, DOYUN.pin)
    soraPath = await addPerson(owner, SORA, null)
    await sora.page.clock.install()
    await sora.goTo(await invite(owner, soraPath))
    await sora.picture('invitation')
    await sora.press('#invitation .main')
    await sora.see('#find')
    book.did('person-added', 3)
    book.did('invitation-used')
  })
})

describe('an hour’s queue', () => {
  it('is served by the kiosk, the counter and a phone at once, each customer for the first time', async () => {
    await Promise.all([kioskQueue(day, day.who.atKiosk), firstShift(day), onSorasPhone(day)])
    await day.counter.picture('counter-home')
  })

  it('goes on with regulars: at most three taps and four digits each', async () => {
    const { owner, book, who, counter } = day
    await setLimits(owner, { gap: 0, visits: 20 }) // the same customers come again within seconds
    book.did('limits-changed')
    const [inARow, ofTheKiosk] = [who.atKiosk.slice(0, 6), who.atKiosk.slice(6)]
    const atTheCounter = async () => {
      const most = await regulars(day, inARow)
      console.log(`# a regular takes ${most.taps} taps and ${most.keys} digits`)
      assert.ok(most.taps <= TAPS_MOST && most.keys <= 4)
      await moveToTheRight(day, inARow[0] ?? '', inARow[1] ?? '')
      await counter.picture('counter-card-moved')
      await oneOfTwins(day, who.twin, 4)
      await stampByKeyboard(day, inARow[2] ?? '')
    }
    await Promise.all([kioskQueue(day, ofTheKiosk), atTheCounter()])
  })

  it('sees cards come to phones, stamps arrive on them, and rewards handed over', async () => {
    await claimByStaffsLink(day)
    await day.phones[0].picture('phone-live')
    await withoutPhone(day, day.who.early[0])
    await claimAtKioskAndRedeem(day)
    await day.phones[1].picture('phone-ticket')
    await showLetters(day)
  })
})

describe('another way to be stamped', () => {
  it('is the code that the kiosk shows: once for each card', async () => {
    await setMode(day.owner, 'code')
    await bringCode(day)
    await day.kiosk.picture('kiosk-code')
  })

  it('is asking: staff allow or refuse, and the phone hears it at once', async () => {
    await setMode(day.owner, 'approve')
    await askAndDecide(day)
    await day.counter.picture('counter-requests')
    day.book.did('cafe-changed', 2)
  })
})

describe('what is lost or gone', () => {
  it('is shut out at once: the tablet that the owner revokes, while the kiosk goes on', async () => {
    const { answeredMs, goneMs } = await loseTablet(day)
    console.log(`# revoked in ${answeredMs.toFixed(0)} ms, the open page gone in ${goneMs.toFixed(0)} ms`)
    day.book.did('device-revoked')
    await kioskQueue(day, day.who.atKiosk.slice(0, 1))
  })

  it('is shut out at once: the phone of somebody who works here no more', async () => {
    await loseStaffMember(day, soraPath)
    day.book.did('person-disabled')
  })
})

describe('afterwards', () => {
  it('no page has complained, and no number stands where it must not', () => {
    assert.deepEqual(
      day.windows.flatMap(({ complaints }) => complaints),
      [],
    )
    const digits = day.book.numbers().map((number) => number.replaceAll('-', '').slice(1)) // as +8210… ends, too
    const tells = (text: string) => digits.filter((one) => text.replaceAll('-', '').includes(one))
    for (const { name, addresses } of day.windows) assert.deepEqual(tells(addresses.join('\n')), [], name)
    assert.deepEqual(tells(cafe.log()), [])
    for (const { name, pages } of [day.counter, day.sora, day.owner, day.kiosk])
      for (const { url, html } of pages)
        assert.deepEqual(tells(html.replaceAll(TYPED, '')), [], `${name} at ${url}`)
  })

  it('all that pages confirmed is in the ledger once, with its person, tablet and branch, and verify proves it', async () => {
    const proof = cafe.verify()
    assert.equal(proof.ok, true, JSON.stringify(proof))
    const [{ cards, entries, stamps } = { cards: 0, entries: 0, stamps: 0 }] = proof.cafes
    assert.deepEqual({ cards, entries, stamps }, day.book.counts())
    await cafe.close((store) => day.book.compare(store))
  })
})
