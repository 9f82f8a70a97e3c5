/** The two queues of a café: guests who stamp at the kiosk, and those whom staff stamp. What a page confirms goes into the book. */
import assert from 'node:assert/strict'
import {
  enterPin,
  find,
  type Hand,
  handOver,
  lastDone,
  lock,
  moveHere,
  openBalance,
  openCard,
  stampAnyway,
  stampNewNumber,
  stampOpenCard,
  stampRegular,
  undoLast,
} from './barista.ts'
import { confirmAtKiosk, leaveKiosk, stampAtKiosk, typeAtKiosk } from './kiosk-guest.ts'
import { atCounter, atKiosk, type Day, DOYUN, lastFourOf, MINA, onOwnPhone, SORA } from './queue-day.ts'
import type { Window } from './window.ts'

/** Guests at the kiosk, one after the other: by finger and by keypad in turn, the third with a slip. */
export async function kioskQueue({ book, kiosk }: Day, numbers: readonly string[]): Promise<void> {
  for (const [place, number] of numbers.entries()) {
    const by = place % 4 === 0 ? 'finger' : 'keypad'
    const count = await (place === 2 ? stampWithSlip(kiosk, number) : stampAtKiosk(kiosk, number, by))
    assert.equal(count, book.write(atKiosk(), { number, kind: 'stamp', stamps: 1 }), number)
    book.did('stamp')
    await leaveKiosk(kiosk)
  }
}

/** The last digit is wrong, is seen when it is read back, and is put right. */
async function stampWithSlip(kiosk: Window, number: string): Promise<number> {
  const digits = number.replaceAll('-', '')
  const wrong = String((Number(digits.at(-1)) + 1) % 10)
  await typeAtKiosk(kiosk, digits.slice(0, -1) + wrong, 'finger')
  await kiosk.tap('[data-do=stamp]')
  await kiosk.see('#read-back')
  assert.equal(await kiosk.text('#read-back .said'), number.slice(0, -1) + wrong)
  await kiosk.tap('#read-back [data-do=correct]')
  await kiosk.tap('[data-key=Backspace]')
  await kiosk.tap(`#typing [data-key="${digits.at(-1)}"]`)
  return confirmAtKiosk(kiosk, number, 'finger')
}

/** Mina, then Doyun, who mistypes his PIN once: new numbers in orders of one to five, a limit lifted, a stamp undone. */
export async function firstShift(day: Day): Promise<void> {
  const { book, counter, who } = day
  await enterPin(counter, MINA)
  book.did('person-switched')
  for (const number of who.atCounter.slice(0, 4)) await open(day, MINA, number)
  await open(day, MINA, who.twin, 3)
  await overLimit(day, who.early[2])

  await lock(counter)
  await enterPin(counter, { ...DOYUN, pin: MINA.pin }, { expect: 401 })
  assert.equal(await counter.refusal(), 'wrong-pin')
  await counter.tap('#pin')
  await counter.follow(() => counter.type(DOYUN.pin))
  book.did('sign-out')
  book.did('pin-wrong')
  book.did('person-switched')
  for (const number of who.atCounter.slice(4, 8)) await open(day, DOYUN, number)
  await undo(day, who.atCounter[7] ?? '')
}

/** @param stamps as many as were ordered; chance says, where nothing does */
async function open(day: Day, hand: Hand, number: string, stamps = day.random.whole(1, 5)): Promise<void> {
  const { book, counter } = day
  await stampNewNumber(counter, number, stamps)
  const balance = book.write(atCounter(hand), { number, kind: 'stamp', stamps })
  assert.deepEqual(await lastDone(counter), { balance, lastFour: lastFourOf(number) })
  book.did('search')
  book.did('stamp')
}

/** Somebody who was stamped a minute ago orders again: the limit says no, Mina says yes. */
async function overLimit({ book, counter }: Day, number: string): Promise<void> {
  await find(counter, lastFourOf(number))
  await counter.press('#found .plus', { expect: 429 })
  assert.equal(await counter.refusal(), 'too-soon')
  await stampAnyway(counter)
  const balance = book.write(atCounter(MINA), { number, kind: 'stamp', stamps: 1, isOverLimit: true })
  assert.deepEqual(await lastDone(counter), { balance, lastFour: lastFourOf(number) })
  book.did('search')
  book.did('stamp-over-limit')
}

async function undo({ book, counter }: Day, number: string): Promise<void> {
  const stamps = book.balance(number)
  await undoLast(counter)
  book.write(atCounter(DOYUN), { number, kind: 'void', stamps: -stamps })
  assert.equal(await counter.sees('.last'), (await lastDoneOf(counter)) !== null)
  book.did('undo')
}

async function lastDoneOf(counter: Window) {
  return (await counter.sees('.last')) ? lastDone(counter) : null
}

/** Two customers whom Sora stamps on her own phone, by thumb; they say their numbers slowly. */
export async function onSorasPhone({ book, sora, who }: Day): Promise<void> {
  for (const number of who.atSora) {
    await findSlowly(sora, number)
    await sora.press('#found #stamp button[value="1"]')
    assert.equal(
      (await lastDone(sora)).balance,
      book.write(onOwnPhone(SORA), { number, kind: 'stamp', stamps: 1 }),
    )
    book.did('search')
    book.did('stamp')
  }
}

/** In groups, with a second between them: what is the beginning of a number is not searched for as the end of one. */
async function findSlowly(sora: Window, number: string): Promise<void> {
  const { clock } = sora.page
  await sora.tap('#find')
  await clock.pauseAt(await sora.page.evaluate('Date.now() + 60_000')) // ahead, as it goes on while it is being stopped
  for (const group of ['0100', '000', number.slice(-4)]) {
    await sora.type(group)
    await clock.runFor(1000)
  }
  await clock.resume()
  await sora.press('#search .main')
}

/** Regulars by their last four digits. @returns the most taps and keys that one of them took */
export async function regulars(
  day: Day,
  numbers: readonly string[],
): Promise<{ taps: number; keys: number }> {
  const { book, counter } = day
  const most = { taps: 0, keys: 0 }
  for (const number of numbers) {
    const before = { taps: counter.taps, keys: counter.keys }
    await stampRegular(counter, lastFourOf(number))
    const balance = book.write(atCounter(DOYUN), { number, kind: 'stamp', stamps: 1 })
    assert.deepEqual(await lastDone(counter), { balance, lastFour: lastFourOf(number) })
    most.taps = Math.max(most.taps, counter.taps - before.taps)
    most.keys = Math.max(most.keys, counter.keys - before.keys)
    book.did('search')
    book.did('stamp')
  }
  return most
}

/** A stamp went to somebody else: one tap brings it to whom it is due. */
export async function moveToTheRight({ book, counter }: Day, wrong: string, right: string): Promise<void> {
  await stampRegular(counter, lastFourOf(wrong))
  book.write(atCounter(DOYUN), { number: wrong, kind: 'stamp', stamps: 1 })
  await find(counter, lastFourOf(right))
  const taps = counter.taps
  await moveHere(counter)
  assert.equal(counter.taps - taps, 1)
  book.write(atCounter(DOYUN), { number: wrong, kind: 'move', stamps: -1 })
  assert.equal(
    await openBalance(counter),
    book.write(atCounter(DOYUN), { number: right, kind: 'move', stamps: 1 }),
  )
  book.did('search', 2)
  book.did('stamp')
  book.did('move')
}

/** Two customers with the same last four digits: the one who has so many stamps is meant. */
export async function oneOfTwins({ book, counter }: Day, number: string, stamps: number): Promise<void> {
  await find(counter, lastFourOf(number))
  const counts = await counter.page.locator('#found .rows > li > a > span > b').allInnerTexts()
  assert.equal(counts.length, 2)
  const place = counts.indexOf(String(book.balance(number)))
  await counter.follow(() => counter.page.locator('#found .rows > li > a').nth(place).tap())
  await stampOpenCard(counter, stamps)
  const balance = book.write(atCounter(DOYUN), { number, kind: 'stamp', stamps })
  assert.deepEqual(await lastDone(counter), { balance, lastFour: lastFourOf(number) })
  book.did('search')
  book.did('stamp')
}

/** A reward for somebody whose phone lies at home. */
export async function withoutPhone({ book, counter }: Day, number: string): Promise<void> {
  await openCard(counter, lastFourOf(number))
  await handOver(counter)
  assert.equal(
    await openBalance(counter),
    book.write(atCounter(DOYUN), { number, kind: 'redeem', stamps: -10 }),
  )
  book.did('search')
  book.did('redeem')
}
