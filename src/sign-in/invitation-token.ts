/** What stands in a link that lets somebody in: `<café>.<secret>`, so that its café is known before anything is looked up. */
import { hash } from 'node:crypto'
import type { Random } from '../clock.ts'

export interface InvitationToken {
  readonly cafeId: number
  /** Where the invitation is kept: a hash of the whole text, so that whoever reads the database has no link. */
  readonly id: string
}

const SECRET_BYTES = 16 // 128 bits, which nobody guesses, so a plain hash of it may be kept (ASVS 6.5.2)
const FORM = /^([1-9]\d{0,8})\.[\w-]{22}$/

/** @returns the text for the link, said once and kept nowhere, and the id to keep */
export function newInvitationToken(
  random: Random,
  cafeId: number,
): InvitationToken & { readonly text: string } {
  const text = `${cafeId}.${Buffer.from(random.bytes(SECRET_BYTES)).toString('base64url')}`
  return { text, cafeId, id: idOf(text) }
}

/** @returns null for anything that is no token */
export function readInvitationToken(text: string): InvitationToken | null {
  const cafeId = FORM.exec(text)?.[1]
  return cafeId === undefined ? null : { cafeId: Number(cafeId), id: idOf(text) }
}

function idOf(text: string): string {
  return hash('sha256', text, 'base64url')
}
