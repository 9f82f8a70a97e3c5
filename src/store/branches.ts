/** The branches of a café. */
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export interface Branch {
  readonly id: string
  readonly name: string
  readonly createdAtMs: number
}

export function branchReads(db: Database) {
  return {
    /** Oldest first. */
    list: async (cafeId: number): Promise<readonly Branch[]> =>
      (
        await db.all(
          sql`SELECT id, name, created_at_ms FROM branches WHERE cafe_id = ${cafeId} ORDER BY created_at_ms, id`,
        )
      ).map(branchOf),

    find: async (cafeId: number, id: string): Promise<Branch | null> => {
      const row = await db.first(
        sql`SELECT id, name, created_at_ms FROM branches WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      )
      return row && branchOf(row)
    },
  }
}

export function branchWrites(db: Database) {
  return {
    add: (cafeId: number, { id, name, createdAtMs }: Branch) =>
      db.run(
        sql`INSERT INTO branches (cafe_id, id, name, created_at_ms) VALUES (${cafeId}, ${uuid(id)}, ${name}, ${createdAtMs})`,
      ),

    rename: (cafeId: number, id: string, name: string) =>
      db.run(sql`UPDATE branches SET name = ${name} WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`),
  }
}

function branchOf(row: Row): Branch {
  const { integer, text, uuid: id } = columns(row)
  return { id: id('id'), name: text('name'), createdAtMs: integer('created_at_ms') }
}
