/** Passwords, kept as argon2id only. Each call costs the machine 50 ms and 19 MiB, and few run at once. */
import type { Random } from '../clock.ts'
import { hashSecret, isStale, verifySecret } from './argon.ts'
import { plainPassword } from './password-rules.ts'

/** Nobody's: nothing hashes to zeros. */
const NOBODYS = `$argon2id$v=19$m=19456,t=2,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** @throws Busy */
export function hashPassword(random: Random, text: string): Promise<string> {
  return hashSecret(random, plainPassword(text), null)
}

/** Looks at all of it, however long. @throws Busy */
export function verifyPassword(text: string, stored: string): Promise<boolean> {
  return verifySecret(plainPassword(text), stored, [])
}

/** What an e-mail that nobody has, or a person without a password, costs: as much, so that the time tells nothing. @throws Busy */
export function verifyNobody(text: string): Promise<boolean> {
  return verifyPassword(text, NOBODYS)
}

/** Whether a password that has just been verified should be hashed anew. */
export function needsRehash(stored: string): boolean {
  return isStale(stored, null)
}
