/** Against way 7: the id says nothing, but whoever holds it is the customer, and a number still opens its card. */

import { type Hands, PHONES } from '../attack.ts'

export async function steal(hands: Hands): Promise<boolean> {
  const own = await hands.fill('a', { phone: PHONES.a }, 3)
  const cookie = await hands.cookie('a')
  await hands.write('b', [`${cookie}; Path=/; HttpOnly`])
  const seen = await hands.look('b')
  return seen.stamps === own.stamps
}

export async function fixate(hands: Hands): Promise<boolean> {
  await hands.clear('a')
  await hands.clear('b')
  await hands.look('b')
  const cookie = await hands.cookie('b') // an id that the café itself has given, still nobody's
  await hands.write('a', [`${cookie}; Path=/; HttpOnly`])
  const own = await hands.fill('a', { phone: PHONES.a }, 3)
  const seen = await hands.look('b')
  return seen.stamps !== null && seen.stamps === own.stamps
}

export async function neighbour(hands: Hands): Promise<boolean> {
  const own = await hands.fill('a', { phone: PHONES.a }, 3)
  await hands.clear('b')
  const seen = await hands.press('b', 'stamp', { phone: PHONES.a })
  return (seen.stamps ?? 0) > (own.stamps ?? 0)
}
