/** The experiments of the page on cookies' rules: one Set-Cookie line each, and where the browser brings it back. */

import { jarHost, originOf } from './places.ts'
import type { Walk } from './walk.ts'

export interface Experiment {
  readonly name: string
  /** Written by hand: some of them no kit would write, and browsers drop them without a word. */
  readonly line: string
}

/** At which of the three places the cookie came back. */
export interface Findings {
  readonly x: boolean
  readonly menu: boolean
  readonly y: boolean
}

export const experiments: readonly Experiment[] = [
  { name: 'session', line: 'try=1; Path=/; SameSite=Lax' },
  { name: 'max-age', line: 'try=1; Max-Age=5; Path=/; SameSite=Lax' },
  { name: 'expired', line: 'try=1; Max-Age=0; Path=/; SameSite=Lax' },
  { name: 'path', line: 'try=1; Path=/menu/; SameSite=Lax' },
  { name: 'domain', line: 'try=1; Domain=jar.cafe.localhost; Path=/; SameSite=Lax' },
  { name: 'wrong-domain', line: 'try=1; Domain=evil.localhost; Path=/; SameSite=Lax' },
  { name: 'http-only', line: 'try=1; Path=/; HttpOnly; SameSite=Lax' },
  { name: 'secure', line: 'try=1; Path=/; Secure; SameSite=Lax' },
  { name: 'lax', line: 'try=1; Path=/; SameSite=Lax' },
  { name: 'strict', line: 'try=1; Path=/; SameSite=Strict' },
  { name: 'none', line: 'try=1; Path=/; Secure; SameSite=None' },
  { name: 'none-insecure', line: 'try=1; Path=/; SameSite=None' },
  { name: 'host', line: '__Host-try=1; Path=/; Secure; SameSite=Lax' },
  { name: 'host-broken', line: '__Host-try=1; Path=/; SameSite=Lax' },
]

const emptying = [
  'try=; Max-Age=0; Path=/',
  'try=; Max-Age=0; Path=/menu/',
  'try=; Max-Age=0; Path=/; Domain=jar.cafe.localhost',
  '__Host-try=; Max-Age=0; Path=/; Secure',
]

/** Empties the jar, sets the cookie, and calls at the three places. */
export async function tryOut(walk: Walk, experiment: Experiment, here: URL): Promise<Findings> {
  const x = originOf(jarHost('x'), here)
  const write = (setCookies: readonly string[]) => walk.at(`${x}/`, async () => ({ setCookies, seen: null }))
  const isBroughtTo = (place: string) =>
    walk.at(place, async ({ cookieHeader }) => ({
      setCookies: [],
      seen: /(?:^|; )(?:__Host-)?try=/.test(cookieHeader ?? ''),
    }))

  for (const line of emptying) await write([line])
  await write([experiment.line])
  return {
    x: await isBroughtTo(`${x}/`),
    menu: await isBroughtTo(`${x}/menu/`),
    y: await isBroughtTo(`${originOf(jarHost('y'), here)}/`),
  }
}
