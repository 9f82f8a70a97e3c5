/** Ids in a path: anybody can write there what they like, so only what has the form of one is ever looked up. */
import type { Visit } from './visit.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @returns null for what cannot be an id: answer it as one that is not there */
export function pathId({ params }: Pick<Visit, 'params'>, name: string): string | null {
  return readId(params[name] ?? null)
}

/** The same for a field of a form. */
export function readId(text: string | null): string | null {
  return text !== null && UUID.test(text) ? text : null
}
