/** "Not me": the browser forgets, and its old cookie is nobody's from now on. */
import type { Tx } from '../store/store.ts'
import { doneAt, type Outcome } from './answer-once.ts'

/** Unbinds a browser. The stamps stay on the number. Forgetting what is forgotten changes nothing. */
export async function forgetBrowser(
  tx: Tx,
  input: { readonly cafeId: number; readonly browserId: string | null; readonly atMs: number },
): Promise<Outcome<never>> {
  if (input.browserId !== null) await tx.browsers.forget(input.cafeId, input.browserId)
  return doneAt(input.atMs, input.browserId)
}
