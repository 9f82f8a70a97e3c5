/** What a barista does at the counter, or on a phone of their own, by taps and digits. */
import assert from 'node:assert/strict'
import { routes } from '../../src/routes.ts'
import { readQr } from './qr-reader.ts'
import type { Window } from './window.ts'

const CAFE = { cafe: 'cafe' }
export const COUNTER = routes.staff.home.href(CAFE)
const [beforeCard, afterCard] = routes.staff.cardStamps.href({ ...CAFE, card: ' ' }).split('%20')
const STAMP_FORM = `form[action^="${beforeCard}"][action$="${afterCard}"]`
const MOVE_FORM = `form[action$="${routes.staff.moves.href({ ...CAFE, entry: ' ' }).split('%20')[1]}"]`
const UNDO_FORM = `form[action$="${routes.staff.voids.href({ ...CAFE, entry: ' ' }).split('%20')[1]}"]`

export interface Hand {
  readonly name: string
  readonly pin: string
}

export async function enterPin(counter: Window, { name, pin }: Hand, { expect = 200 } = {}): Promise<void> {
  await counter.press(`.people a:text-is("${name}")`)
  await counter.tap('#pin')
  await counter.follow(() => counter.type(pin), { expect })
}

/** Hands over to whoever comes next. */
export async function lock(counter: Window): Promise<void> {
  await counter.press('#leave button')
}

/** Four digits search by themselves; a whole number and a card's letters end with a tap. */
export async function find(staff: Window, query: string): Promise<void> {
  if (!(await staff.sees('#find'))) await staff.press(`.work a[href="${COUNTER}"]`) // from a card, back to the counter
  await staff.tap('#find')
  if (/^\d{4}$/.test(query)) return staff.follow(() => staff.type(query))
  await staff.typeAtOnce(query.replaceAll('-', ''))
  await staff.press('#search .main')
}

/** Another stamp on a card that is known by its last four digits. */
export async function stampRegular(staff: Window, lastFour: string): Promise<void> {
  await find(staff, lastFour)
  assert.equal(await staff.page.locator('#found .rows > li').count(), 1)
  await staff.press(`#found ${STAMP_FORM} button`)
}

/** The first stamps of a number that is new here. */
export async function stampNewNumber(staff: Window, number: string, stamps: number): Promise<void> {
  await find(staff, number)
  if (stamps > 1) await staff.tap('#found #stamp summary')
  await staff.press(`#found #stamp button[value="${stamps}"]`)
}

/** Opens a card out of the list. @param place of the row, where there is more than one */
export async function openCard(staff: Window, query: string, place = 0): Promise<void> {
  await find(staff, query)
  staff.taps += 1
  await staff.follow(() => staff.page.locator('#found .rows > li > a').nth(place).tap())
}

export function stampOpenCard(staff: Window, stamps: number, options?: { expect: number }): Promise<void> {
  return staff.press(`#stamp button[value="${stamps}"]`, options)
}

/** Lifts the limit that has just refused, with one's name. */
export function stampAnyway(staff: Window): Promise<void> {
  return staff.press('#anyway button')
}

export function moveHere(staff: Window): Promise<void> {
  return staff.press(`#found ${MOVE_FORM} button`)
}

export function undoLast(staff: Window): Promise<void> {
  return staff.press(`.last ${UNDO_FORM} button`)
}

/** Hands a reward over to a customer without a phone, on the card that is open. */
export async function handOver(staff: Window): Promise<void> {
  await staff.tap('details:has(#reward) > summary')
  await staff.press('#reward .main')
}

/** Shows the QR that takes the open card onto the customer's phone. @returns what a camera reads */
export async function showLink(staff: Window): Promise<string> {
  await staff.press('#link button')
  return readQr(staff.page, '#on-phone')
}

/** The one who waits for it is known by the end of the number. */
export function nod(staff: Window, lastFour: string): Promise<void> {
  return staff.press(`#claims li:has-text("${lastFour}") button`)
}

export function decide(staff: Window, lastFour: string, decision: 'allow' | 'refuse'): Promise<void> {
  return staff.press(`#requests li:has-text("${lastFour}") button[value=${decision}]`)
}

/** What the page says was just done, and on which card. */
export async function lastDone(staff: Window): Promise<{ balance: number; lastFour: string }> {
  const line = staff.page.locator('.last a')
  const number = await line.locator('.number').innerText()
  return { balance: Number(await line.locator('span b').innerText()), lastFour: number.slice(-4) }
}

/** The balance on the card that is open. */
export async function openBalance(staff: Window): Promise<number> {
  return Number(await staff.page.locator('#card').getAttribute('data-stamps'))
}
