/** What changed in a session's facts, and how that is laid over what others changed meanwhile. */

import { losslessJson } from './lossless-json.ts'

/** Each fact as JSON, by its name. */
export type FactTexts = ReadonlyMap<string, string>

/** Names of changed facts with their JSON, undefined for those taken out. */
export type FactChanges = ReadonlyMap<string, string | undefined>

/** @throws TypeError for a fact that is not JSON. A fact that is undefined is not there. */
export function factTexts(facts: object): FactTexts {
  const present = Object.entries(facts).filter(([, value]) => value !== undefined)
  return new Map(present.map(([name, value]) => [name, losslessJson(value)]))
}

/** Compares by content, so that a change deep inside is a change, and assigning the same again is none. */
export function changedFacts(before: FactTexts, after: FactTexts): FactChanges {
  const changes = new Map<string, string | undefined>()
  for (const [name, text] of after) if (before.get(name) !== text) changes.set(name, text)
  for (const name of before.keys()) if (!after.has(name)) changes.set(name, undefined)
  return changes
}

/** The stored JSON object with the changes in it: facts that did not change stay as another request left them. */
export function mergedFacts(stored: string, changes: FactChanges): string {
  const texts = new Map(factTexts(JSON.parse(stored)))
  for (const [name, text] of changes) {
    if (text === undefined) texts.delete(name)
    else texts.set(name, text)
  }
  return `{${[...texts].map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}

/** Facts as they are now, and what they were. */
export interface Known<F extends object> {
  readonly facts: F
  readonly before: FactTexts
}

export function knownAs<F extends object>(facts: F): Known<F> {
  return { facts, before: factTexts(facts) }
}

/** @throws TypeError when `parse` refuses `{}`: then no session could ever begin. */
export function newFacts<F>(parse: (stored: unknown) => F | null): F {
  const facts = parse({})
  if (facts === null) throw new TypeError('parse({}) must give the facts of a new session')
  return facts
}

/** Null for what is no JSON, or in another form. */
export function readFacts<F>(json: string, parse: (stored: unknown) => F | null): F | null {
  try {
    return parse(JSON.parse(json))
  } catch {
    return null
  }
}
