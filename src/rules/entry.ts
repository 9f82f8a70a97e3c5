/** One line of the append-only ledger. */
import type { Role } from './role.ts'

export const ENTRY_KINDS = ['stamp', 'redeem', 'void', 'move', 'expire', 'adjust', 'import', 'merge'] as const

export type EntryKind = (typeof ENTRY_KINDS)[number]

/** Who made a change: a customer's browser, a kiosk, a person of the café, or the operator at the command line. */
export type Actor =
  | { readonly kind: 'browser'; readonly cafeId: number }
  | { readonly kind: 'operator'; readonly cafeId: number }
  | { readonly kind: 'kiosk'; readonly cafeId: number; readonly device: Place }
  | {
      readonly kind: 'staff'
      readonly cafeId: number
      readonly person: { readonly id: string; readonly role: Role }
      /** The counter device in use; null on a phone of their own. */
      readonly device: Place | null
    }

/** A paired device, and the branch it stands in. */
export interface Place {
  readonly id: string
  readonly branchId: string
}

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
  /** The person and the device that made it, and the branch that the device stands in; each null where there is none. */
  readonly personId: string | null
  readonly deviceId: string | null
  readonly branchId: string | null
  /** Of the second line of a move, the first; else null. */
  readonly counterpartId: string | null
  /** The limit that staff lifted for it with their name, or null. */
  readonly overLimit: string | null
}
