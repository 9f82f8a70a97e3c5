/** Against way 2: nothing can be changed any more, and everything can be repeated. */

import type { Hands } from '../attack.ts'
import { COST } from '../way.ts'

export async function edit(hands: Hands): Promise<boolean> {
  const { stamps } = await hands.press('a', 'stamp')
  const signed = await hands.cookie('a')
  const wish = stamps === COST ? COST + 1 : COST
  await hands.write('a', [`${signed?.replace(/stamps=\d+/, `stamps=${wish}`)}; Path=/`])
  const bar = await hands.press('a', 'coffee')
  await hands.write('a', [`${signed}; Path=/`]) // as it was
  return bar.coffee === true
}

export async function replay(hands: Hands): Promise<boolean> {
  await hands.fill('a')
  const full = await hands.cookie('a')
  await hands.press('a', 'coffee')
  await hands.write('a', [`${full}; Path=/`])
  const again = await hands.press('a', 'coffee')
  return again.coffee === true
}
