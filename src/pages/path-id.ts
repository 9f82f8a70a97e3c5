/** Ids in a path: anybody can write there what they like, so only what has the form of one is ever looked up. */
import { isId } from '../rules/id.ts'
import type { Visit } from './visit.ts'

/** @returns null for what cannot be an id: answer it as one that is not there */
export function pathId({ params }: Pick<Visit, 'params'>, name: string): string | null {
  return readId(params[name] ?? null)
}

/** The same for a field of a form. */
export function readId(text: string | null): string | null {
  return text !== null && isId(text) ? text : null
}
