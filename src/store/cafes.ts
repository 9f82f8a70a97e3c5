/** Cafés and their programmes. */
import type { Language } from '../http/preferences.ts'
import type { Mode } from '../rules/mode.ts'
import type { Programme, ProgrammeVersion, Reward } from '../rules/programme.ts'
import { columns, type Database, type Row, sql } from './sql.ts'

export interface Cafe {
  readonly id: number
  readonly slug: string
  readonly name: string
  /** ISO 3166-1 alpha-2: where numbers without `+` are at home. */
  readonly country: string
  /** IANA time zone of its days and hours. */
  readonly timeZone: string
  readonly mode: Mode
  /** Of its pages, until somebody chooses another. */
  readonly language: Language
  /** Its limits (rules/limits.ts). */
  readonly stampGapSeconds: number
  readonly visitsADay: number
  readonly stampsAVisit: number
  /** Whether the kiosk says the count after a stamp. */
  readonly kioskShowsCount: boolean
  /** When an owner went through setup, or null: the café is on trial. */
  readonly setUpAtMs: number | null
}

/** The rest begins as the tables say. */
export type NewCafe = Pick<Cafe, 'slug' | 'name' | 'country' | 'timeZone' | 'mode'>

const SLUG = /^[a-z0-9-]{1,32}$/ // anything else in an address, such as a NUL that PostgreSQL cannot take, is no café's

export function cafeReads(db: Database) {
  return {
    /** Every café, by slug. */
    list: async (): Promise<readonly Cafe[]> =>
      (
        await db.all(
          sql`SELECT id, slug, name, country, time_zone, mode, language, stamp_gap_seconds, visits_a_day, stamps_a_visit,
                     kiosk_shows_count, set_up_at_ms FROM cafes ORDER BY slug`,
        )
      ).map(cafeOf),

    findBySlug: async (slug: string): Promise<Cafe | null> => {
      if (!SLUG.test(slug)) return null
      const row = await db.first(
        sql`SELECT id, slug, name, country, time_zone, mode, language, stamp_gap_seconds, visits_a_day, stamps_a_visit,
                   kiosk_shows_count, set_up_at_ms FROM cafes WHERE slug = ${slug}`,
      )
      return row && cafeOf(row)
    },

    /** All versions of a café's programme, oldest first. */
    programmeOf: async (cafeId: number): Promise<Programme> => {
      const rows = await db.all(
        sql`SELECT programme_version, id, name, cost FROM rewards WHERE cafe_id = ${cafeId} ORDER BY programme_version, id`,
      )
      return { versions: versionsOf(rows) }
    },
  }
}

export function cafeWrites(db: Database) {
  return {
    /** @returns the new café's id */
    add: async (cafe: NewCafe, atMs: number): Promise<number> => {
      const row = await db.first(
        sql`INSERT INTO cafes (slug, name, country, time_zone, mode, created_at_ms)
            VALUES (${cafe.slug}, ${cafe.name}, ${cafe.country}, ${cafe.timeZone}, ${cafe.mode}, ${atMs}) RETURNING id`,
      )
      if (row === null) throw new Error('an insert returns its row')
      return columns(row).integer('id')
    },

    update: (cafe: Cafe) =>
      db.run(
        sql`UPDATE cafes SET name = ${cafe.name}, country = ${cafe.country}, time_zone = ${cafe.timeZone}, mode = ${cafe.mode},
                   language = ${cafe.language}, stamp_gap_seconds = ${cafe.stampGapSeconds}, visits_a_day = ${cafe.visitsADay},
                   stamps_a_visit = ${cafe.stampsAVisit}, kiosk_shows_count = ${cafe.kioskShowsCount ? 1 : 0},
                   set_up_at_ms = ${cafe.setUpAtMs}
            WHERE id = ${cafe.id}`,
      ),

    addProgrammeVersion: async (cafeId: number, next: ProgrammeVersion, atMs: number): Promise<void> => {
      for (const reward of next.rewards) {
        await db.run(
          sql`INSERT INTO rewards (cafe_id, programme_version, id, name, cost, created_at_ms)
              VALUES (${cafeId}, ${next.version}, ${reward.id}, ${reward.name}, ${reward.cost}, ${atMs})`,
        )
      }
    },
  }
}

function cafeOf(row: Row): Cafe {
  const { integer, integerOrNull, text } = columns(row)
  return {
    id: integer('id'),
    slug: text('slug'),
    name: text('name'),
    country: text('country'),
    timeZone: text('time_zone'),
    mode: text('mode') as Mode,
    language: text('language') as Language,
    stampGapSeconds: integer('stamp_gap_seconds'),
    visitsADay: integer('visits_a_day'),
    stampsAVisit: integer('stamps_a_visit'),
    kioskShowsCount: integer('kiosk_shows_count') === 1,
    setUpAtMs: integerOrNull('set_up_at_ms'),
  }
}

function versionsOf(rows: readonly Row[]): ProgrammeVersion[] {
  const versions = new Map<number, Reward[]>()
  for (const row of rows) {
    const { integer, text, textOrNull } = columns(row)
    const version = integer('programme_version')
    const reward = { id: text('id'), name: textOrNull('name'), cost: integer('cost') }
    versions.set(version, [...(versions.get(version) ?? []), reward])
  }
  return [...versions].map(([version, rewards]) => ({ version, rewards }))
}
