/** Customers with their own phones: before there was an owner, with links and QR codes, and by each way to be stamped. */
import assert from 'node:assert/strict'
import { routes } from '../../src/routes.ts'
import { COUNTER, decide, nod, openCard, showLink, stampOpenCard } from './barista.ts'
import { claimAtKiosk, leaveKiosk, stampAtKiosk } from './kiosk-guest.ts'
import { readQr } from './qr-reader.ts'
import { BY_THEMSELVES } from './queue-book.ts'
import { atCounter, atKiosk, type Day, DOYUN, lastFourOf } from './queue-day.ts'
import type { Window } from './window.ts'

const CARD = routes.card.href({ cafe: 'cafe' })
const FREE = routes.free.href({ cafe: 'cafe' })

/** On trial anybody may stamp themselves: nine, nine and two times. */
export async function stampOnTrial({ book, phones, who }: Day): Promise<void> {
  await Promise.all(
    [9, 9, 2].map(async (stamps, place) => {
      const [phone, number] = [phones[place], who.early[place]]
      if (phone === undefined || number === undefined) throw new Error('three phones, three customers')
      await phone.goTo(CARD)
      await phone.page.fill('#phone', number)
      for (let stamped = 0; stamped < stamps; stamped++) {
        await phone.press('#stamp button')
        book.write(BY_THEMSELVES, { number, kind: 'stamp', stamps: 1 })
      }
      assert.equal(await stampsOn(phone), stamps)
    }),
  )
}

/** Doyun shows the link, the phone has the card, and the next stamp appears on it by itself. */
export async function claimByStaffsLink({
  book,
  counter,
  phones: [phone],
  who: { early },
}: Day): Promise<void> {
  const [number] = early
  await openCard(counter, lastFourOf(number))
  await phone.goTo(await showLink(counter))
  await phone.press('#claim .main')
  await phone.see('#card[data-proven=true]')
  await stayingOn(phone, async () => {
    await stampOpenCard(counter, 1)
    await phone.see(
      `#card[data-stamps="${book.write(atCounter(DOYUN), { number, kind: 'stamp', stamps: 1 })}"]`,
    )
  })
  book.did('search')
  book.did('claim-made')
  book.did('stamp')
}

/** The kiosk's QR onto the phone, Doyun's nod, all ten stamps, and the coffee with its ticket. */
export async function claimAtKioskAndRedeem(day: Day): Promise<void> {
  const { book, counter, kiosk, phones, who } = day
  const [, phone] = phones
  const [, number] = who.early
  await counter.goTo(COUNTER)
  await stampAtKiosk(kiosk, number, 'finger')
  const balance = book.write(atKiosk(), { number, kind: 'stamp', stamps: 1 })
  await kiosk.tap('#result .hold')
  await phone.goTo(await claimAtKiosk(kiosk))
  await phone.press('#claim .main')
  await leaveKiosk(kiosk)
  assert.equal(await phone.page.locator('#card').getAttribute('data-proven'), 'false')
  await counter.see(`#claims li:has-text("${lastFourOf(number)}")`)
  await stayingOn(phone, async () => {
    await nod(counter, lastFourOf(number))
    await phone.see(`#card[data-proven=true][data-stamps="${balance}"]`)
  })
  await phone.press(`a.main[href="${FREE}"]`)
  await phone.press('#reward button')
  await phone.see('#ticket[data-state=live]')
  assert.equal(await stampsOn(phone), book.write(BY_THEMSELVES, { number, kind: 'redeem', stamps: -10 }))
  book.did('stamp')
  book.did('claim-nodded')
}

/** No number is said: the phone shows six letters, Doyun types them. */
export async function showLetters({ book, counter, phones, who }: Day): Promise<void> {
  const [, , phone] = phones
  const number = who.early[2]
  await phone.goTo(CARD)
  const letters = await phone.text('#card-code .note b')
  assert.equal(await readQr(phone.page, '#card-code'), `DOJANG:${letters}`)
  await counter.press('a[href$="?letters"]')
  await counter.tap('#find')
  await counter.type(letters)
  await counter.press('#search .main')
  await counter.press('#found .plus')
  book.write(atCounter(DOYUN), { number, kind: 'stamp', stamps: 1 })
  book.did('search')
  book.did('stamp')
}

/** The kiosk shows the code of the half minute: a phone scans it and is stamped, once. */
export async function bringCode({ book, kiosk, phones, who }: Day): Promise<void> {
  const [, , phone] = phones
  const number = who.early[2]
  await kiosk.see('#counter-code .digits')
  const address = await readQr(kiosk.page, '#counter-code')
  const before = await stampsOn(phone)
  await phone.goTo(address)
  await phone.press('#stamp button')
  book.write(BY_THEMSELVES, { number, kind: 'stamp', stamps: 1 })
  assert.equal(await stampsOn(phone), before + 1)
  await phone.goTo(address)
  await phone.press('#stamp button', { expect: 409 })
  assert.equal(await phone.refusal(), 'code-used')
}

/** Two ask on their phones. One is allowed and sees the stamp come, one is refused and told so. */
export async function askAndDecide({
  book,
  counter,
  phones: [first, second],
  who: { early },
}: Day): Promise<void> {
  const [one, other] = early
  await counter.goTo(COUNTER)
  await first.goTo(CARD)
  await first.press('#stamp button')
  await first.see('#request[data-state=waiting]')
  await counter.see(`#requests li:has-text("${lastFourOf(one)}")`)
  await stayingOn(first, async () => {
    await decide(counter, lastFourOf(one), 'allow')
    await first.see(
      `#card[data-stamps="${book.write(atCounter(DOYUN), { number: one, kind: 'stamp', stamps: 1 })}"]`,
    )
  })
  await second.goTo(CARD)
  await second.press('#stamp button')
  await counter.see(`#requests li:has-text("${lastFourOf(other)}")`)
  await stayingOn(second, async () => {
    await decide(counter, lastFourOf(other), 'refuse')
    await second.see('#request[data-state=refused]')
  })
  book.did('request-allowed')
  book.did('request-refused')
}

function stampsOn({ page }: Window): Promise<number> {
  return page.locator('#card').evaluate((card) => Number(card.dataset.stamps))
}

/** While it happens, the page is not loaded again. */
async function stayingOn({ page }: Window, happens: () => Promise<void>): Promise<void> {
  await page.evaluate("globalThis.isStillHere = 'yes'")
  await happens()
  assert.equal(await page.evaluate('globalThis.isStillHere'), 'yes', 'nothing was loaded again')
}
