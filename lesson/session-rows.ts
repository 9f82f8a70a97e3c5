/** Looks into way 7's session store, to show it and to empty it: the kit itself never needs all rows. */

import type { SessionStore } from '../src/http/session-store.ts'

const everything = { expiredAtMs: Number.MAX_SAFE_INTEGER }

/** What a thief of the store would find: the id, a hash of the secret, the facts. */
export async function rowsOf(store: SessionStore): Promise<unknown[]> {
  const rows: unknown[] = []
  await store.change(everything, (row) => {
    if (row !== null) rows.push({ id: row.id, secretHash: row.secretHash, facts: JSON.parse(row.facts) })
    return row
  })
  return rows
}

export function emptyStore(store: SessionStore): Promise<void> {
  return store.change(everything, () => null)
}
