// Watches every statement that a store sends to PostgreSQL: each stays within one café, and so does each transaction, so that cafés can
// lie on different machines. What may look further stands here by name, with the reason.
import pg from 'pg'

/** Statements that name no café, by what they match. */
const EXEMPT: readonly (readonly [RegExp, string])[] = [
  [/^(BEGIN|COMMIT|ROLLBACK|SET )/, 'the frame of a transaction'],
  [/^SELECT (1|pg_is_in_recovery\(\).*)$/, 'whether the server is there, and the primary'],
  [/\bpg_(try_)?advisory_(un)?lock/, 'locks: one process at a time migrates or does a chore'],
  [
    /\bpg_(notify|extension|index|trigger|class)\b|\b((UN)?LISTEN|NOTIFY)\b/,
    'the catalogue, and a word to the other processes',
  ],
  [
    /^\s*(SELECT|INSERT INTO|UPDATE|CREATE TABLE IF NOT EXISTS)[^;]*\b(migrations|key_checks)\b/,
    'reference tables',
  ],
  [/^SELECT create_(reference|distributed)_table\(/, 'what spreads the tables by café'],
  [
    /^SELECT [^;]* FROM moves WHERE id = 1$/,
    'where the database stands in a move (the move itself has connections of its own)',
  ],
  [/^\s*--[\s\S]*CREATE (TABLE|INDEX)/, 'a migration'],
  [/^\s*SELECT [^;]* FROM cafes\b(?![\s\S]*\b(FROM|JOIN)\b)/, 'the list of cafés, a reference table'],
  [/^\s*(INSERT INTO|UPDATE) cafes\b/, 'the list of cafés, a reference table'],
  [/^SELECT \(SELECT count\(\*\) FROM cards\) \+/, 'how long dojang verify will take'],
  [
    /WHERE EXISTS \(\s*SELECT 1 FROM \w+ r WHERE NOT EXISTS/,
    'dojang verify looks for rows that point nowhere',
  ],
]

/** A transaction that sees every café. */
const READS_ALL = /^BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY/ // dojang verify and dojang move: a report of all of them

export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** What is wrong with a statement, or null. */
export function breachOf({ text }: Statement): string | null {
  if (EXEMPT.some(([pattern]) => pattern.test(text)) || cafePlaces(text).length > 0) return null
  return `names no café: ${text.trim().slice(0, 160)}`
}

/** Follows the statements of one connection. */
export class Watch {
  #cafes: Set<unknown> | null = null
  #readsAll = false

  /** @returns what is wrong, or null */
  see(statement: Statement): string | null {
    const { text, values } = statement
    if (/^BEGIN/.test(text)) {
      this.#cafes = new Set()
      this.#readsAll = READS_ALL.test(text)
    }
    if (/(^|; )(COMMIT|ROLLBACK)/.test(text)) this.#cafes = null
    for (const place of cafePlaces(text)) this.#cafes?.add(values[place - 1])
    if (this.#cafes !== null && this.#cafes.size > 1 && !this.#readsAll)
      return `a transaction touches cafés ${[...this.#cafes].join(' and ')}: ${text.trim().slice(0, 160)}`
    return breachOf(statement)
  }
}

/** Which parameters of a statement are the café that it stays within. */
function cafePlaces(text: string): number[] {
  const asked = [...text.matchAll(/\bcafe_id = \$(\d+)/g)].map(([, place]) => Number(place))
  const written = [...text.matchAll(/\(cafe_id,[^)]*\)\s*(?:VALUES \(|SELECT )\$(\d+)/g)]
  return [...asked, ...written.map(([, place]) => Number(place))]
}

const watches = new WeakMap<pg.Client, Watch>()
const breaches = new Set<string>()

/** From now on every store in this process is watched. @returns what was found until it is asked */
export function watchStatements(): () => readonly string[] {
  const { query } = pg.Client.prototype
  const watched = function (
    this: pg.Client & { connectionParameters: { application_name?: string } },
    ...args: unknown[]
  ) {
    if (this.connectionParameters.application_name === 'dojang') {
      const watch = watches.get(this) ?? new Watch()
      watches.set(this, watch)
      const breach = watch.see(statementIn(args))
      if (breach !== null) breaches.add(breach)
    }
    return Reflect.apply(query, this, args)
  }
  pg.Client.prototype.query = watched as typeof query
  return () => [...breaches]
}

function statementIn([config, values]: unknown[]): Statement {
  const given = Array.isArray(values) ? values : []
  if (typeof config === 'string') return { text: config, values: given }
  const { text, values: own } = config as { text: string; values?: unknown[] }
  return { text, values: own ?? given }
}
