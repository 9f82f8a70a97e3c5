/** Chance that can be had again: the same seed gives the same numbers and the same ids. Fit for made-up pasts only, never for keys. */

export interface SeededRandom {
  /** At least 0, less than 1. */
  share(): number
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number
  chance(likelihood: number): boolean
  /** One of the choices, each as likely as its weight. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T
  /** Times until rare things happen: mostly short, now and then long. @param mean their average */
  exponential(mean: number): number
  /** Heavy-tailed: most get little more than `least`, a few very much. @param tail smaller is heavier */
  pareto(least: number, tail: number): number
  /** A UUIDv7 (RFC 9562 5.7) as it would have been made at that time. */
  uuidAt(atMs: number): string
}

/** Mulberry32: 32 bits of state, well spread, and short enough to read. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const bits = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const share = () => bits() / 2 ** 32
  const hex = (digits: number) => bits().toString(16).padStart(8, '0').slice(0, digits)
  return {
    share,
    whole: (least, most) => least + Math.floor(share() * (most - least + 1)),
    chance: (likelihood) => share() < likelihood,
    weighted(choices) {
      let left = share() * choices.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [choice, weight] of choices) {
        if (left < weight) return choice
        left -= weight
      }
      throw new Error('there is nothing to choose from')
    },
    exponential: (mean) => -Math.log(1 - share()) * mean,
    pareto: (least, tail) => least / (1 - share()) ** (1 / tail),
    uuidAt(atMs) {
      const time = Math.floor(atMs).toString(16).padStart(12, '0')
      const variant = '89ab'[bits() >>> 30]
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${variant}${hex(3)}-${hex(8)}${hex(4)}`
    },
  }
}
