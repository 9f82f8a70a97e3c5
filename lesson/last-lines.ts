/** The Set-Cookie lines that each host gave last: an answer without any still can be read with those in sight. */

const lastLines = new Map<string, readonly string[]>()

export function noteLines(origin: string, setCookies: readonly string[] | undefined): void {
  if (setCookies !== undefined && setCookies.length > 0) lastLines.set(origin, setCookies)
}

export const linesLastGiven = (origin: string): readonly string[] => lastLines.get(origin) ?? []

export function forgetLines(origin: string): void {
  lastLines.delete(origin)
}
