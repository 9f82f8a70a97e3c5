/** Adding a branch to a café, and giving it another name. */
import type { Branch } from '../store/branches.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export async function addBranch(tx: Tx, cafeId: number, branch: Branch): Promise<Outcome<never>> {
  await tx.branches.add(cafeId, branch)
  await tx.tell(cafeId, 'devices')
  return doneAt(branch.createdAtMs)
}

export async function renameBranch(
  tx: Tx,
  cafeId: number,
  { id, name, atMs }: Pick<Branch, 'id' | 'name'> & { readonly atMs: number },
): Promise<Outcome<'not-found'>> {
  if ((await tx.branches.rename(cafeId, id, name)) === 0) return { ok: false, reason: 'not-found' }
  await tx.tell(cafeId, 'devices')
  return doneAt(atMs)
}
