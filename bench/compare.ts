// Compares contenders fairly on a machine that is never quite quiet: they take turns, and what counts is the median.

export type Contender = {
  name: string
  /** One turn of a few seconds. @returns how many per second */
  turn: () => Promise<number>
}

export type Comparison = {
  title: string
  /** What is counted: `stamps`, `pages`. */
  unit: string
  /** The first one is what the others are measured against. */
  contenders: readonly Contender[]
  rounds: number
}

export type Row = { name: string; median: number; least: number; most: number; ratio: number }

/** Runs every contender in every round, in turned order each second round, after one round that does not count. */
export async function compare(comparison: Comparison): Promise<Row[]> {
  const { contenders, rounds } = comparison
  const measured = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    say(`${comparison.title}: round ${round} of ${rounds}${round === 0 ? ' (warming up)' : ''}`)
    for (const { name, turn } of round % 2 === 0 ? contenders : contenders.toReversed()) {
      const perSecond = await turn()
      if (round > 0) measured.get(name)?.push(perSecond)
    }
  }
  say('')
  const rows = summarise(measured)
  console.log(tableOf(comparison, rows))
  return rows
}

/** The ratio is the median of the ratios of each round, so what slowed a whole round slowed both sides of it. */
export function summarise(measured: ReadonlyMap<string, readonly number[]>): Row[] {
  const [base = []] = measured.values()
  return [...measured].map(([name, turns]) => ({
    name,
    median: median(turns),
    least: Math.min(...turns),
    most: Math.max(...turns),
    ratio: median(turns.map((perSecond, round) => perSecond / (base[round] ?? Number.NaN))),
  }))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? Number.NaN, sorted[Math.floor(middle)] ?? Number.NaN]
  return (low + high) / 2
}

function tableOf({ title, unit, rounds }: Comparison, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const count = (value: number) => Math.round(value).toLocaleString('en').padStart(9)
  const lines = rows.map(
    ({ name, median, least, most, ratio }) =>
      `  ${name.padEnd(width)} ${count(median)} ${count(least)} ${count(most)} ${ratio.toFixed(2).padStart(7)}`,
  )
  const heads = ['median', 'least', 'most'].map((head) => head.padStart(9)).join(' ')
  return [
    `${title}: ${unit} a second, ${rounds} rounds`,
    `  ${' '.repeat(width)} ${heads}   ratio`,
    ...lines,
    '',
  ].join('\n')
}

/** On a terminal the line is rewritten; in a log it would only be in the way. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`)
}
