/** Against way 5: the number has to be typed again and again, and whoever knows it may. */

import { type Hands, PHONES } from '../attack.ts'

export async function again(hands: Hands): Promise<boolean> {
  await hands.press('a', 'stamp', { phone: PHONES.a })
  const free = await hands.look('a')
  await hands.press('a', 'stamp', { phone: PHONES.a })
  return free.asksPhone === true && free.stamps === null
}

export async function neighbour(hands: Hands): Promise<boolean> {
  await hands.fill('a', { phone: PHONES.a })
  const stolen = await hands.press('b', 'coffee', { phone: PHONES.a })
  return stolen.coffee === true
}
