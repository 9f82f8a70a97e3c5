/** Times as the command line writes them: in a café's own time zone, or in a file's name. */

/** @example localTime(0, 'Asia/Seoul') // '1970-01-01 09:00' */
export function localTime(atMs: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone)
  return at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
}

/** A time that a file can be called by, to the millisecond, in UTC. @example '20260123T101112345Z' */
export function fileTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/[-:.]/g, '')
}
