/** A card cookie that two hold: neither sees or spends more than the browser earned itself, until the customer has been seen at the counter again. */
import { cookieDayOf } from '../rules/cookie-use.ts'
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

interface CopyInput {
  readonly cafeId: number
  readonly browserId: string
  readonly atMs: number
}

/** Takes back what made the browser proven; its own stamps stay. @returns whether this copy is news */
export async function noticeCopy(tx: Tx, { cafeId, browserId, atMs }: CopyInput): Promise<boolean> {
  if ((await tx.browsers.find(cafeId, browserId)) === null) return false
  if (!(await tx.browsers.noteCopy(cafeId, browserId, atMs))) return false
  await tx.browsers.unprove(cafeId, browserId)
  return true
}

/** The customer has read it: from now on today's cookie is the newest, and whoever shows an older one is noticed again. */
export async function dismissCopyNotice(tx: Tx, input: CopyInput): Promise<Outcome<never>> {
  const { cafeId, browserId, atMs } = input
  await tx.browsers.dropCopyNotice(cafeId, browserId, cookieDayOf(atMs), atMs)
  return doneAt(atMs, browserId)
}
