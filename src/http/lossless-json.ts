/** JSON that comes back as it went in, or is refused; and the way in which Python writes it, which is what Django signs. */

/**
 * Compact JSON.
 *
 * @throws TypeError for what JSON.stringify would drop or turn into null: undefined, functions, symbols, NaN, Infinity;
 * and for bigints.
 */
export function losslessJson(value: unknown): string {
  const json = JSON.stringify(value, refuseLossy)
  if (json === undefined) throw new TypeError(`${typeof value} cannot be written as JSON`)
  return json
}

/**
 * Compact JSON in ASCII, non-ASCII as `\uXXXX`, as json.dumps writes it. Python and JS still differ where their numbers
 * do: 1.0 is written `1`, -0.0 `0`, integers beyond 2^53 are not exact; and integer-like keys come first.
 *
 * @throws TypeError as {@link losslessJson}.
 */
export function pythonJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return losslessJson(value).replace(/[^ -~]/g, escaped)
}

function refuseLossy(key: string, value: unknown): unknown {
  const isLossy = value === undefined || typeof value === 'function' || typeof value === 'symbol'
  if (isLossy || (typeof value === 'number' && !Number.isFinite(value))) {
    throw new TypeError(`${String(value)} at "${key}" cannot be written as JSON`)
  }
  return value
}
