/** Where a country's clocks are. */

/** @param preferred zones that are taken where the country has them, the best first */
export function timeZoneIn(country: string, preferred: readonly string[]): string {
  const zones = new Intl.Locale(`und-${country}`).getTimeZones() ?? []
  return preferred.find((zone) => zones.includes(zone)) ?? zones[0] ?? 'UTC'
}
