/** Links that let one person in, once: an owner through setup or back in, staff on their own phone. */
import type { Random } from '../clock.ts'
import type { NewAudit } from '../rules/audit.ts'
import { newInvitationToken } from '../sign-in/invitation-token.ts'
import type { Invitation, Purpose } from '../store/invitations.ts'
import type { Tx } from '../store/store.ts'

export const OWNER_LINK_MS = 30 * 60 * 1000 // safety.md S32: as long as it takes to read a start screen and fill in a page

export interface NewInvitation extends Omit<Invitation, 'usedAtMs'> {
  readonly cafeId: number
  /** What stands in the link: said once and kept nowhere. */
  readonly token: string
}

/** Before the transaction, which may run twice. */
export function newInvitation(
  random: Random,
  input: {
    readonly cafeId: number
    readonly purpose: Purpose
    readonly personId: string | null
    readonly atMs: number
    readonly lastsMs: number
  },
): NewInvitation {
  const { cafeId, purpose, personId, atMs, lastsMs } = input
  const { text, id } = newInvitationToken(random, cafeId)
  return { cafeId, id, purpose, personId, token: text, createdAtMs: atMs, expiresAtMs: atMs + lastsMs }
}

/** Ends the links before it that nobody has followed: only the newest is somebody's to use. */
export async function makeInvitation(tx: Tx, invitation: NewInvitation, line: NewAudit): Promise<void> {
  const { cafeId, purpose, personId, token: _, ...kept } = invitation
  await tx.invitations.dropOpen(cafeId, purpose, personId)
  await tx.invitations.add(cafeId, { ...kept, purpose, personId })
  await tx.audits.append(cafeId, line)
}
