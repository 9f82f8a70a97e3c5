/** The operator takes away what a person can no longer show: a lost phone, a lost key. */
import { operatorLine } from '../rules/audit.ts'
import type { Tx } from '../store/store.ts'

export async function dropSecondFactors(
  tx: Tx,
  { cafeId, personId, atMs }: { readonly cafeId: number; readonly personId: string; readonly atMs: number },
): Promise<void> {
  const passkeys = await tx.passkeys.ofPerson(cafeId, personId)
  for (const { id } of passkeys) await tx.passkeys.remove(cafeId, personId, id)
  await tx.people.setTotp(cafeId, personId, null)
  const facts = { passkeys: passkeys.length }
  await tx.audits.append(cafeId, operatorLine('second-factor-removed', atMs, personId, facts))
  await tx.tell(cafeId, 'people')
}
