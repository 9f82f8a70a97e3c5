// How much machine a number of stamps needs, reckoned from what was measured here and from assumptions that anyone may change.

/** What one run measured. */
export type Measured = {
  /** Stamps a second through the store. */
  sqlitePerSecond: number
  postgresPerSecond: number
  sqliteBytes: Bytes
  postgresBytes: Bytes
  walBytesPerStamp: number
}

/** Bytes of a row with its share of the indexes. */
export type Bytes = { card: number; browser: number; entry: number; answer: number }

export const assumptions = {
  cafes: { value: 100_000, what: 'cafés' },
  cards: { value: 100_000_000, what: 'cards' },
  peak: { value: 10_000, what: 'stamps a second in the busiest minute' },
  mean: { value: 0.1, what: 'of the peak, on average over day and night' },
  browsers: { value: 1.3, what: 'browsers a card' },
  years: { value: 3, what: 'years of entries kept in the database' },
  days: { value: 30, what: 'days that answers are kept (decision 006)' },
  used: { value: 0.5, what: 'of what was measured that is planned for; the rest is for bad days' },
  http: {
    value: 1_000,
    what: 'stamps a second that one process answers, page and all, on one core (npm run bench -- stamp)',
  },
  cores: { value: 2, what: 'cores of the machine this was measured on, database and Dojang together' },
  vcpu: { value: 20, what: 'a month for one core with 4 GB of memory' },
  disk: { value: 0.1, what: 'a month for one GB of SSD' },
  archive: { value: 0.02, what: 'a month for one GB of backup' },
} as const

export type Assumptions = { readonly [Name in keyof typeof assumptions]: number }

const GB = 1e9
const DAY_SECONDS = 86_400
const MONTH_SECONDS = 30 * DAY_SECONDS
/** One PostgreSQL worker, an ordinary size to rent. */
export const worker = { cores: 8, memory: 32 * GB, disk: 4_000 * GB } as const
const MEMORY_FOR_PAGES = 0.75 // of it
const CONNECTIONS = 10 // of a process's pool

/** What runs where, and what it costs a month. */
export function reckon(measured: Measured, given: Assumptions) {
  const meanPerSecond = given.peak * given.mean
  const planned = measured.postgresPerSecond * given.used
  const perWorker = (planned * worker.cores) / given.cores
  const processes = Math.ceil(given.peak / (given.http * given.used)) + 1 // one may always be down
  const { card, browser, entry, answer } = measured.postgresBytes
  const cardsAndBrowsers = given.cards * (card + given.browsers * browser)
  const entries = meanPerSecond * 365 * DAY_SECONDS * given.years * entry
  const answers = meanPerSecond * DAY_SECONDS * given.days * answer
  const hot = cardsAndBrowsers + meanPerSecond * DAY_SECONDS * (entry + answer)
  const disk = cardsAndBrowsers + entries + answers
  const bounds = {
    stamps: given.peak / perWorker,
    memory: hot / (worker.memory * MEMORY_FOR_PAGES),
    disk: disk / worker.disk,
  }
  const workers = Math.ceil(Math.max(...Object.values(bounds)))
  const walADay = meanPerSecond * DAY_SECONDS * measured.walBytesPerStamp
  const archive = disk + 7 * walADay
  const cores = 2 * workers * worker.cores + processes
  const price = cores * given.vcpu + ((2 * disk) / GB) * given.disk + (archive / GB) * given.archive
  return {
    meanPerSecond,
    perWorker,
    workers,
    processes,
    connectionsPerWorker: processes * CONNECTIONS,
    cardsAndBrowsers,
    entries,
    answers,
    hot,
    bounds,
    disk,
    walADay,
    archive,
    price,
    pricePerMillion: price / ((meanPerSecond * MONTH_SECONDS) / 1e6),
  }
}

/** The largest of each step that the same plan allows, cafés and cards in the proportions of the assumptions. */
export function steps(measured: Measured, given: Assumptions) {
  const share = (perSecond: number) => perSecond / given.peak
  const sizeOf = (name: string, perSecond: number) => ({
    name,
    perSecond,
    cards: given.cards * share(perSecond),
    cafes: given.cafes * share(perSecond),
  })
  const onePostgres = (measured.postgresPerSecond * given.used * worker.cores) / given.cores
  return [
    sizeOf('one file (SQLite), one process', Math.min(measured.sqlitePerSecond, given.http) * given.used),
    sizeOf(`one PostgreSQL of ${given.cores} cores`, measured.postgresPerSecond * given.used),
    sizeOf(`one PostgreSQL of ${worker.cores} cores`, onePostgres),
    sizeOf('Citus, 4 workers', 4 * onePostgres),
    sizeOf('Citus, 16 workers', 16 * onePostgres),
  ]
}
