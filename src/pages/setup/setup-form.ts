/** What an owner filled in at setup, read and judged field by field. */
import type { Fields } from '../../http/form.ts'
import { LANGUAGES, type Language } from '../../http/preferences.ts'
import { parseEmail } from '../../rules/email.ts'
import { MODES, type Mode } from '../../rules/mode.ts'
import { parseName, readName } from '../../rules/name.ts'
import { isCountry } from '../../rules/phone.ts'
import { COST_MAX, COST_MIN } from '../../rules/programme.ts'
import { judgePassword } from '../../sign-in/password-rules.ts'
import type { Refusal } from '../../ui/words/words.ts'

export const SETUP_FIELDS = [
  'name',
  'language',
  'country',
  'branch',
  'reward',
  'cost',
  'mode',
  'stamps',
  'owner',
  'email',
  'password',
] as const

export type SetupField = (typeof SETUP_FIELDS)[number]

export interface SetupAnswers {
  readonly name: string
  readonly language: Language
  readonly country: string
  readonly branch: string
  readonly reward: string | null
  readonly cost: number
  readonly mode: Mode
  readonly isCleared: boolean
  readonly owner: string
  readonly email: string
  readonly password: string
}

/** The first field that cannot be taken, and why. */
export interface SetupFault {
  readonly ok: false
  readonly field: SetupField
  readonly reason: Refusal
}

export function readSetup(
  fields: Fields,
): { readonly ok: true; readonly answers: SetupAnswers } | SetupFault {
  const text = (name: SetupField) => fields.one(name) ?? ''
  const name = parseName(text('name'))
  const language = LANGUAGES.find((one) => one === text('language'))
  const country = text('country')
  const branch = readName(text('branch'))
  const reward = parseName(text('reward'))
  const cost = readCost(text('cost'))
  const mode = MODES.find((one) => one === text('mode'))
  const stamps = text('stamps')
  const owner = readName(text('owner'))
  const email = parseEmail(text('email'))
  if (!name) return fault('name', 'name-missing')
  if (language === undefined) return fault('language', 'field-invalid')
  if (!/^[A-Z]{2}$/.test(country) || !isCountry(country)) return fault('country', 'field-invalid')
  if (branch === null) return fault('branch', 'name-missing')
  if (reward === null) return fault('reward', 'field-invalid')
  if (cost === null) return fault('cost', 'field-invalid')
  if (mode === undefined) return fault('mode', 'field-invalid')
  if (!['', 'keep', 'clear'].includes(stamps)) return fault('stamps', 'field-invalid')
  if (owner === null) return fault('owner', 'name-missing')
  if (email === null) return fault('email', 'email-invalid')
  const password = text('password')
  const weakness = judgePassword(password, { cafeName: name, email })
  if (weakness !== null) return fault('password', weakness)
  const isCleared = stamps === 'clear'
  const cafe = { name, language, country, branch, reward: reward || null, cost, mode }
  return { ok: true, answers: { ...cafe, isCleared, owner, email, password } }
}

function readCost(text: string): number | null {
  const cost = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 0
  return cost >= COST_MIN && cost <= COST_MAX ? cost : null
}

function fault(field: SetupField, reason: Refusal): SetupFault {
  return { ok: false, field, reason }
}
