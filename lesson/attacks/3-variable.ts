/** Against way 3: one variable for everybody, and only until the process ends. */

import type { Hands } from '../attack.ts'
import { restartProcess } from '../restartable.ts'

export async function share(hands: Hands): Promise<boolean> {
  const before = await hands.look('a')
  await hands.press('b', 'stamp')
  const after = await hands.look('a')
  return (after.stamps ?? 0) > (before.stamps ?? 0)
}

export async function restart(hands: Hands): Promise<boolean> {
  await hands.press('a', 'stamp')
  hands.note({ kind: 'restarted', ...(await restartProcess()) })
  const after = await hands.look('a')
  return after.stamps === 0
}
