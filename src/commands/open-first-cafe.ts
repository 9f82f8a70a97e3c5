/** Dojang's first café, on trial, so that there is a card to stamp a minute after the first start. */
import type { Tx } from '../store/store.ts'
import { addCafe } from './add-cafe.ts'

export const FIRST_SLUG = 'cafe'

/** Nobody's choice: setup asks for the café's own. */
export const FIRST_NAME = 'Dojang Café'

const FIRST_CAFE = {
  slug: FIRST_SLUG,
  name: FIRST_NAME,
  country: 'KR',
  timeZone: 'Asia/Seoul',
  mode: 'self',
  rewardName: null,
  cost: 10,
} as const

/** Adds it where there is none at all, whichever door is opened first. */
export async function openFirstCafe(tx: Tx, atMs: number): Promise<void> {
  if ((await tx.cafes.list()).length === 0) await addCafe(tx, { ...FIRST_CAFE, atMs })
}
