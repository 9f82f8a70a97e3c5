/** Against way 1: the count is in the browser's hands, so it is what the browser wants. */

import type { Hands } from '../attack.ts'
import { COST } from '../way.ts'

export async function edit(hands: Hands): Promise<boolean> {
  await hands.press('a', 'stamp')
  await hands.cookie('a')
  await hands.write('a', [`stamps=${COST}; Path=/`])
  await hands.look('a')
  const bar = await hands.press('a', 'coffee')
  return bar.coffee === true
}
