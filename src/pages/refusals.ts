/** What each refusal is over HTTP: one table for all HTML doors (product.md, "Statuses"). */
import type { Refusal } from '../ui/words/words.ts'

export const REFUSAL_STATUS: Readonly<Record<Refusal, number>> = {
  'bad-request': 400,
  'key-missing': 400,
  'key-malformed': 400,
  'cross-site': 403,
  'bad-origin': 403,
  'no-csrf-cookie': 403,
  'bad-token': 403,
  'counter-only': 403,
  'not-found': 404,
  'cafe-not-found': 404,
  'wrong-method': 405,
  'too-slow': 408,
  'not-enough': 409,
  'too-large': 413,
  'url-too-long': 414,
  'not-a-form': 415,
  'wrong-host': 421,
  'phone-missing': 422,
  'phone-invalid': 422,
  'field-invalid': 422,
  'reward-unknown': 422,
  'key-reused': 422,
  'header-too-large': 431,
  bug: 500,
  busy: 503,
  'cannot-write': 503,
}

export const RETRY_AFTER_SECONDS = 2 // what a full queue or a busy disk needs; a person's second try is no sooner
