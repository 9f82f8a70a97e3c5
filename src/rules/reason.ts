/** Why somebody changed the ledger, in a sentence that stays in it for ever and in clear. */

export const REASON_LENGTH_MAX = 200 // characters: a sentence

/** @returns null for no reason at all; what is wrong with one that cannot be kept */
export function readReason(
  text: string,
): { ok: true; reason: string | null } | { ok: false; reason: 'field-invalid' | 'number-in-text' } {
  const reason = text.normalize('NFKC').trim()
  if ([...reason].length > REASON_LENGTH_MAX || /[\p{Cc}\u2028\u2029]/u.test(reason))
    return { ok: false, reason: 'field-invalid' }
  if (/(?:\p{Nd}[^\p{L}\p{Nd}]{0,3}){8}/u.test(reason)) return { ok: false, reason: 'number-in-text' }
  return { ok: true, reason: reason === '' ? null : reason }
}
