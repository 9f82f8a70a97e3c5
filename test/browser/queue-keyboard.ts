/** A barista whose tablet has a keyboard and no finger near it: PIN, find and stamp by keys alone. */
import assert from 'node:assert/strict'
import { lastDone } from './barista.ts'
import { atCounter, type Day, DOYUN, lastFourOf } from './queue-day.ts'
import type { Window } from './window.ts'

const TABS_MOST = 5 // who has to press it more often takes a finger instead

export async function stampByKeyboard({ book, counter }: Day, number: string): Promise<void> {
  const { taps } = counter
  await tabTo(counter, '#leave button', 'Shift+Tab')
  await counter.follow(() => counter.key('Enter'))
  await tabTo(counter, `.people a:text-is("${DOYUN.name}")`)
  await counter.follow(() => counter.key('Enter'))
  await tabTo(counter, '#pin')
  await counter.follow(() => counter.type(DOYUN.pin))
  await tabTo(counter, '#find')
  await counter.follow(() => counter.type(lastFourOf(number)))
  await tabTo(counter, '#found .plus')
  await counter.follow(() => counter.key('Enter'))
  const balance = book.write(atCounter(DOYUN), { number, kind: 'stamp', stamps: 1 })
  assert.deepEqual(await lastDone(counter), { balance, lastFour: lastFourOf(number) })
  assert.equal(counter.taps, taps)
  for (const act of ['sign-out', 'person-switched', 'search', 'stamp'] as const) book.did(act)
}

/** Goes on by Tab, or back, until the focus is there. */
async function tabTo(window: Window, selector: string, by: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const there = window.page.locator(selector).first()
  const hasFocus = () => there.evaluate((element) => element === document.activeElement)
  for (let tabs = 0; !(await hasFocus()); tabs++) {
    assert.ok(tabs < TABS_MOST, `${selector} is not reached by Tab`)
    await window.key(by)
  }
}
