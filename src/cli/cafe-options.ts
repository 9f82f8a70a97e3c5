/** A café's settings as written on the command line. */
import { z } from 'zod'
import { RESERVED_SLUGS } from '../routes.ts'
import { MODES } from '../rules/mode.ts'
import { NAME_LENGTH_MAX, parseName } from '../rules/name.ts'
import { isCountry } from '../rules/phone.ts'
import { COST_MAX, COST_MIN } from '../rules/programme.ts'
import { timeZoneIn } from '../rules/time-zone.ts'
import { type Call, type Reply, refused, WrongUse } from './command.ts'

export const CAFE_OPTIONS = {
  slug: { type: 'string' },
  name: { type: 'string' },
  country: { type: 'string' },
  'time-zone': { type: 'string' },
  mode: { type: 'string' },
  cost: { type: 'string' },
  reward: { type: 'string' },
} as const

const name = z
  .string()
  .refine((text) => parseName(text) !== null, {
    error: `takes up to ${NAME_LENGTH_MAX} characters, on one line`,
  })
  .transform((text) => parseName(text) ?? '')

const cafeSettings = z.object({
  slug: z.string().regex(/^[a-z0-9-]{2,32}$/, { error: 'takes 2 to 32 of a-z, 0-9 and -' }),
  name: name.refine((text) => text !== '', { error: 'takes at least one character' }).optional(),
  country: z
    .string()
    .toUpperCase()
    .refine(isCountry, { error: 'takes a country by its two letters, as in KR' })
    .optional(),
  'time-zone': z
    .string()
    .refine(isTimeZone, { error: 'takes a zone by its IANA name, as in Asia/Seoul' })
    .optional(),
  mode: z.enum(MODES, { error: `takes one of ${MODES.join(', ')}` }).optional(),
  cost: z
    .string()
    .regex(/^\d{1,3}$/)
    .transform(Number)
    .refine((cost) => cost >= COST_MIN && cost <= COST_MAX)
    .or(z.never({ error: '' }))
    .optional(),
  /** '' is the free coffee. */
  reward: name.optional(),
})

export type CafeSettings = z.infer<typeof cafeSettings>

const COST_WORDS = `takes a whole number of stamps from ${COST_MIN} to ${COST_MAX}`

/** @throws WrongUse naming every option that is wrong */
export function readCafeSettings(call: Call): CafeSettings {
  if (call.options.slug === undefined) throw new WrongUse('Say which café by its slug, as in ongi.')
  const read = cafeSettings.safeParse(call.options)
  if (read.success) return read.data
  const problems = new Map(read.error.issues.map(({ path, message }) => [String(path[0]), message]))
  if (problems.has('cost')) problems.set('cost', COST_WORDS)
  throw new WrongUse([...problems].map(([option, problem]) => `--${option} ${problem}.`).join('\n'))
}

/** What is well written but cannot be had, or null. */
export function refusalOf(settings: CafeSettings): Reply | null {
  if (RESERVED_SLUGS.has(settings.slug)) {
    return refused(
      'slug-reserved',
      `"${settings.slug}" is a word that Dojang's own pages use: choose another slug.`,
    )
  }
  return null
}

/** The country's time zone: the machine's own where that is one of them. */
export function timeZoneOf(country: string): string {
  return timeZoneIn(country, [new Intl.DateTimeFormat().resolvedOptions().timeZone])
}

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return /^[A-Z]/i.test(text) // an offset such as +09:00 knows no summer time
  } catch {
    return false
  }
}
