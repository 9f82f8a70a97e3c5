/** A new café: on trial until an owner has gone through setup. */
import type { NewCafe } from '../store/cafes.ts'
import type { Tx } from '../store/store.ts'

export interface CafeInput extends NewCafe {
  readonly rewardName: string | null
  readonly cost: number
  readonly atMs: number
}

/** The id under which the café's first reward is known in every version of its programme. */
export const FIRST_REWARD_ID = 'coffee'

export async function addCafe(
  tx: Tx,
  input: CafeInput,
): Promise<{ ok: true } | { ok: false; reason: 'slug-taken' }> {
  if ((await tx.cafes.findBySlug(input.slug)) !== null) return { ok: false, reason: 'slug-taken' }
  const cafeId = await tx.cafes.add(input, input.atMs)
  const reward = { id: FIRST_REWARD_ID, name: input.rewardName, cost: input.cost }
  await tx.cafes.addProgrammeVersion(cafeId, { version: 1, rewards: [reward] }, input.atMs)
  return { ok: true }
}
