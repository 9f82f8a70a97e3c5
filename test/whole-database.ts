// Everything that a shop's database holds, as one hash: a test that expects nothing to be written compares two.
import { createHash } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import type { Shop } from './shop.ts'

const NOT_PART_OF_ANYTHING = /^(migrations|key_checks|sqlite_.*)$/

/** Of a shop on SQLite. @param leftOut tables that are meant to change */
export function digestOf(shop: Shop, leftOut: readonly string[] = []): string {
  return inFile(shop, (file) => {
    const names = file
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all() as string[]
    const digest = createHash('sha256')
    for (const name of names.filter((one) => !NOT_PART_OF_ANYTHING.test(one)).sort())
      if (!leftOut.includes(name))
        digest.update(JSON.stringify([name, file.prepare(`SELECT * FROM ${name}`).raw().all()]))
    return digest.digest('hex')
  })
}

/** Looks into the file of a shop on SQLite as another process might. */
export function inFile<T>({ databaseFile }: Shop, look: (file: Sqlite.Database) => T): T {
  const file = new Sqlite(databaseFile, { readonly: true })
  try {
    return look(file)
  } finally {
    file.close()
  }
}
