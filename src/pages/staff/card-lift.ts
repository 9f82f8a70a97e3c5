/** What a limit has refused, and how many stamps it was about: staff may lift it with their name. */
import type { Fields } from '../../http/form.ts'
import { LIMIT_REASONS } from '../../rules/limits.ts'
import type { Refused } from '../../ui/refusal.ts'

const ONE_TO_NINE = /^[1-9]$/ // one digit for whoever stamps (issue: 1–9)

/** @returns null for anything that is no number of stamps */
export function readStamps(fields: Fields): number | null {
  const text = fields.one('stamps') ?? ''
  return ONE_TO_NINE.test(text) ? Number(text) : null
}

/** The field that lifts a limit: `yes`, or none. @returns null for anything else */
export function readLift(fields: Fields): boolean | null {
  const text = fields.one('over_limit') ?? ''
  return text === 'yes' ? true : text === '' ? false : null
}

/** How many stamps may be tried again over the limit; null where it was no limit that refused them. */
export function actOnRefusal(state: {
  readonly refused?: Refused | null
  readonly fields?: Fields
}): number | null {
  const isLimit = LIMIT_REASONS.some((reason) => reason === state.refused?.reason)
  return isLimit && state.fields !== undefined ? readStamps(state.fields) : null
}
