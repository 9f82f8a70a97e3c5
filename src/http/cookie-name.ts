/** What a cookie's name may be, and what its prefix promises. */

/** What has to stand beside a name of this prefix. */
export interface NameRule {
  readonly secure: boolean
  readonly httpOnly: boolean
  readonly hostOnly: boolean
}

const REMEMBERED_MAX = 100 // names are few and always the same; whoever makes names up is checked each time
const token = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/i // RFC 9110 5.6.2
const noPrefix: NameRule = { secure: false, httpOnly: false, hostOnly: false }
const prefixes: readonly (readonly [prefix: RegExp, rule: NameRule])[] = [
  [/^__host-http-/i, { secure: true, httpOnly: true, hostOnly: true }],
  [/^__host-/i, { secure: true, httpOnly: false, hostOnly: true }],
  [/^__http-/i, { secure: true, httpOnly: true, hostOnly: false }],
  [/^__secure-/i, { secure: true, httpOnly: false, hostOnly: false }],
]
const remembered = new Map<string, NameRule>()

/**
 * What the name asks for; null when it is no token. Browsers compare prefixes without regard to case: RFC 6265bis 5.4,
 * layered cookies 4.1.3.
 */
export function nameRule(name: string): NameRule | null {
  const known = remembered.get(name)
  if (known !== undefined) return known
  if (!token.test(name)) return null
  const rule = prefixes.find(([prefix]) => prefix.test(name))?.[1] ?? noPrefix
  if (remembered.size < REMEMBERED_MAX) remembered.set(name, rule)
  return rule
}
