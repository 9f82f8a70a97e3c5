/** Unlinking: a customer takes the card off another of their phones; its cookie is nobody's from then on. */
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

export interface UnlinkInput {
  readonly cafeId: number
  /** Who asks. */
  readonly byBrowserId: string
  readonly browserId: string
  readonly atMs: number
}

/** Only a proven browser may, and only one of its own card's. Unlinked already is unlinked. */
export async function unlinkBrowser(
  tx: Tx,
  { cafeId, byBrowserId, browserId, atMs }: UnlinkInput,
): Promise<Outcome<'not-found'>> {
  const by = await tx.browsers.find(cafeId, byBrowserId)
  const other = await tx.browsers.find(cafeId, browserId)
  if (by === null || !by.isProven) return { ok: false, reason: 'not-found' }
  if (other !== null && other.cardId !== by.cardId) return { ok: false, reason: 'not-found' }
  if (other !== null) await tx.browsers.forget(cafeId, other.id)
  return doneAt(atMs, by.id)
}
