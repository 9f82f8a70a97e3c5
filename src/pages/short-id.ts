/** A UUID in 22 characters instead of 36, for cookies. */
import { uuidOf } from '../store/sql.ts'

export function shortIdOf(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

export function idOfShort(text: string): string | null {
  return /^[\w-]{22}$/.test(text) ? uuidOf(Buffer.from(text, 'base64url').toString('hex')) : null
}
