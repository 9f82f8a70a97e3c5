/** Changes to a café: its name, place and mode as they are, its programme by a new version. */
import { currentVersion } from '../rules/programme.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'
import { FIRST_REWARD_ID } from './add-cafe.ts'

export interface CafeChange
  extends Partial<
    Pick<
      Cafe,
      | 'name'
      | 'country'
      | 'timeZone'
      | 'mode'
      | 'language'
      | 'kioskShowsCount'
      | 'stampGapSeconds'
      | 'visitsADay'
      | 'stampsAVisit'
      | 'setUpAtMs'
    >
  > {
  /** What the café calls its reward; null goes back to the free coffee. */
  readonly rewardName?: string | null
  readonly cost?: number
}

/** Cards that are half full keep the cost they started under (rules/programme.ts). */
export async function setCafe(
  tx: Tx,
  input: { readonly slug: string; readonly change: CafeChange; readonly atMs: number },
): Promise<{ ok: true } | { ok: false; reason: 'no-such-cafe' }> {
  const cafe = await tx.cafes.findBySlug(input.slug)
  if (cafe === null) return { ok: false, reason: 'no-such-cafe' }
  const { cost, rewardName, ...changes } = input.change
  await tx.cafes.update({ ...cafe, ...changes })
  if (cost === undefined && rewardName === undefined) return { ok: true }

  const current = currentVersion(await tx.cafes.programmeOf(cafe.id))
  const rewards = current.rewards.map((reward) =>
    reward.id === FIRST_REWARD_ID
      ? { ...reward, cost: cost ?? reward.cost, name: rewardName === undefined ? reward.name : rewardName }
      : reward,
  )
  await tx.cafes.addProgrammeVersion(cafe.id, { version: current.version + 1, rewards }, input.atMs)
  return { ok: true }
}
