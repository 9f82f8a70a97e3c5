/** Against way 4: an address is neither one person nor always the same. */

import type { Hands } from '../attack.ts'
import { stampFromElsewhere } from '../from-elsewhere.ts'

export async function share(hands: Hands): Promise<boolean> {
  const before = await hands.look('a')
  await hands.press('b', 'stamp')
  const after = await hands.look('a')
  return (after.stamps ?? 0) > (before.stamps ?? 0)
}

export async function travel(hands: Hands): Promise<boolean> {
  const home = await hands.fill('a', {}, 3)
  const away = await stampFromElsewhere(hands.serve, new URL('/ko-auto/cafe/', hands.originOf('a')))
  if (away === null) return false // this machine has no second loopback address
  hands.note({ kind: 'address', ...away })
  return away.stamps !== (home.stamps ?? 0) + 1 // as it would be for a customer who is known
}
