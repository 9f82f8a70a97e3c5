/** Where sessions lie. The kit decides everything about them; a store only finds rows and changes them one at a time. */

/** One session as it is kept: nothing in it lets anybody in. */
export interface SessionRow {
  readonly id: string
  /** Base64url SHA-256 of the secret half of the cookie: whoever reads the store cannot make that cookie. */
  readonly secretHash: string
  /** Whose session it is; null before sign-in. */
  readonly subject: string | null
  /** A JSON object. */
  readonly facts: string
  readonly createdAtMs: number
  readonly usedAtMs: number
  readonly expiresAtMs: number
}

export type SessionChoice =
  | { readonly id: string }
  | { readonly subject: string }
  | { readonly expiredAtMs: number }

/** A row's next state, null for none. Pure, as a store may have to try again. */
export type SessionChange = (row: SessionRow | null) => SessionRow | null

/** Both methods must be atomic: what `change` reads is what it writes over. */
export interface SessionStore {
  find(id: string): Promise<SessionRow | null>
  /**
   * Replaces rows by what `change` makes of them. Chosen by id: once, with null where there is no row, and what it
   * returns is added. Chosen by subject, or by `expiresAtMs <= expiredAtMs`: once for each such row.
   */
  change(choice: SessionChoice, change: SessionChange): Promise<void>
}

/** Keeps sessions in this process: for tests, lessons, and services that may forget everyone at a restart. */
export function createMemorySessionStore(): SessionStore {
  const rows = new Map<string, SessionRow>()

  const chosen = (choice: SessionChoice): SessionRow[] =>
    [...rows.values()].filter((row) =>
      'subject' in choice
        ? row.subject === choice.subject
        : 'expiredAtMs' in choice && row.expiresAtMs <= choice.expiredAtMs,
    )
  const put = (id: string, row: SessionRow | null) => {
    if (row === null) rows.delete(id)
    else rows.set(id, row)
  }
  return {
    async find(id) {
      return rows.get(id) ?? null
    },
    async change(choice, change) {
      if ('id' in choice) put(choice.id, change(rows.get(choice.id) ?? null))
      else for (const row of chosen(choice)) put(row.id, change(row))
    },
  }
}
