// What an answer says once everything is taken out that is new on each page: two that are the same tell nobody anything.
import type { Shown } from '../visitor.ts'

/** @param own what the one who asks has put in themselves: an id, a number, an e-mail */
export function bare({ status, headers, text }: Shown, own: readonly string[] = []): string {
  const lines = [...headers]
    .filter(([name]) => name !== 'set-cookie' && name !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`)
  const cookies = headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '='))
  const whole = [status, ...lines.sort(), ...cookies.sort(), withoutNonces(text)].join('\n')
  return own.reduce((kept, one) => kept.replaceAll(encodeURIComponent(one), '…').replaceAll(one, '…'), whole)
}

/** Tokens, keys and challenges. */
function withoutNonces(page: string): string {
  return page
    .replaceAll(/name="(csrf_token|idempotency_key|challenge|secret)" value="[^"]*"/g, 'name="$1"')
    .replaceAll(/challenge&quot;:&quot;[\w-]+/g, 'challenge')
}
