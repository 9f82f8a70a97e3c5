/** One line of the append-only ledger. */

export const ENTRY_KINDS = ['stamp', 'redeem', 'void', 'move', 'expire', 'adjust', 'import', 'merge'] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

/** Who made a change: a customer's browser, or the operator at the command line. */
export type Actor =
  | { readonly kind: 'browser'; readonly cafeId: number }
  | { readonly kind: 'operator'; readonly cafeId: number }

export interface Entry {
  /** UUIDv7, made before the insert. */
  readonly id: string
  readonly cafeId: number
  readonly cardId: string
  readonly kind: EntryKind
  /** What the line adds to the balance; negative when it takes. */
  readonly stamps: number
  /** The card's balance after this line. */
  readonly balance: number
  readonly atMs: number
  /** The programme version whose promise the line stands under. */
  readonly programmeVersion: number
  readonly actor: Actor['kind']
  /** The card's line before this one, or null: together they are the card's history, newest to oldest. */
  readonly previousId: string | null
  /** The browser that earned or spent, or null. */
  readonly browserId: string | null
  /** That browser's own line before this one, or null. */
  readonly browserPreviousId: string | null
  readonly rewardId: string | null
  /** The line that this one undoes, or null. */
  readonly undoesId: string | null
  readonly reason: string | null
}
