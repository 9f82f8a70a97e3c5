/** What a customer does at the kiosk: type a number, look at it as it is read back, and see the seal. */
import assert from 'node:assert/strict'
import { routes } from '../../src/routes.ts'
import { readQr } from './qr-reader.ts'
import type { Window } from './window.ts'

export const KIOSK = routes.kiosk.home.href({ cafe: 'cafe' })

/** @param by a finger on the screen, or a number pad that is plugged in */
export async function typeAtKiosk(kiosk: Window, digits: string, by: 'finger' | 'keypad'): Promise<void> {
  if (by === 'keypad') return kiosk.type(digits)
  for (const digit of digits) await kiosk.tap(`#typing [data-key="${digit}"]`)
}

/** A whole visit. @returns the count that the kiosk shows */
export async function stampAtKiosk(kiosk: Window, number: string, by: 'finger' | 'keypad'): Promise<number> {
  await typeAtKiosk(kiosk, number.replaceAll('-', ''), by)
  return confirmAtKiosk(kiosk, number, by)
}

/** From the number that is typed to the seal; the result stays on the screen. */
export async function confirmAtKiosk(
  kiosk: Window,
  number: string,
  by: 'finger' | 'keypad',
): Promise<number> {
  await (by === 'keypad' ? kiosk.key('Enter') : kiosk.tap('[data-do=stamp]'))
  await kiosk.see('#read-back')
  assert.equal(await kiosk.text('#read-back .said'), number)
  await (by === 'keypad' ? kiosk.key('Enter') : kiosk.tap('#read-back .main'))
  await kiosk.see('#result, #refused .refusal')
  assert.equal(await kiosk.refusal(), null)
  return Number(/\d+/.exec(await kiosk.text('#result .total'))?.[0])
}

/** The next guest: nothing of the one before is left. */
export async function leaveKiosk(kiosk: Window): Promise<void> {
  await kiosk.tap('#result [data-do=next]')
  await kiosk.see('#typing')
  assert.equal(await kiosk.page.locator('#result').count(), 0)
  assert.equal((await kiosk.text('#typing .number')).replace(/[•\s]/g, ''), '')
}

/** Where the QR on the kiosk's result leads to. */
export function claimAtKiosk(kiosk: Window): Promise<string> {
  return readQr(kiosk.page, '#result')
}
