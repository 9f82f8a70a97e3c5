/** Against way 6: a cookie with a number in it opens that number's card, whoever wrote it. */

import { type Hands, PHONES } from '../attack.ts'

export async function edit(hands: Hands): Promise<boolean> {
  await hands.fill('a', { phone: PHONES.a })
  await hands.press('b', 'stamp', { phone: PHONES.b })
  await hands.write('b', [`phone=${PHONES.a.replaceAll('-', '')}; Path=/`])
  const stolen = await hands.press('b', 'coffee')
  return stolen.coffee === true
}

export async function neighbour(hands: Hands): Promise<boolean> {
  const own = await hands.fill('a', { phone: PHONES.a }, 3)
  const seen = await hands.press('b', 'stamp', { phone: PHONES.a })
  return (seen.stamps ?? 0) > (own.stamps ?? 0)
}
