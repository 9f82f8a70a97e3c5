/** Sessions of the state kit, kept in a café's database, so that they outlive a restart and are the same for every process. */
import type { SessionChoice, SessionRow, SessionStore } from '../http/session-store.ts'
import { columns, type Database, type Row, sql } from './sql.ts'
import type { Store } from './store.ts'

export function sessionReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<SessionRow | null> => {
      const row = await db.first(
        sql`SELECT id, secret_hash, subject, facts, created_at_ms, used_at_ms, expires_at_ms FROM sessions
            WHERE cafe_id = ${cafeId} AND id = ${id}`,
      )
      return row && sessionOf(row)
    },

    /** A subject's sessions that are not over, the one last used first. */
    ofSubject: async (cafeId: number, subject: string, nowMs: number): Promise<readonly SessionRow[]> =>
      (
        await db.all(
          sql`SELECT id, secret_hash, subject, facts, created_at_ms, used_at_ms, expires_at_ms FROM sessions
              WHERE cafe_id = ${cafeId} AND subject = ${subject} AND expires_at_ms > ${nowMs}
              ORDER BY used_at_ms DESC, id`,
        )
      ).map(sessionOf),

    idsOf: async (
      cafeId: number,
      choice: Exclude<SessionChoice, { id: string }>,
    ): Promise<readonly string[]> => {
      const rows =
        'subject' in choice
          ? await db.all(
              sql`SELECT id FROM sessions WHERE cafe_id = ${cafeId} AND subject = ${choice.subject}`,
            )
          : await db.all(
              sql`SELECT id FROM sessions WHERE cafe_id = ${cafeId} AND expires_at_ms <= ${choice.expiredAtMs}`,
            )
      return rows.map((row) => columns(row).text('id'))
    },
  }
}

export function sessionWrites(db: Database) {
  return {
    /** @returns whether it was put: not when another has the id by now */
    add: async (cafeId: number, row: SessionRow): Promise<boolean> =>
      (await db.run(
        sql`INSERT INTO sessions (cafe_id, id, secret_hash, subject, facts, created_at_ms, used_at_ms, expires_at_ms)
            VALUES (${cafeId}, ${row.id}, ${row.secretHash}, ${row.subject}, ${row.facts}, ${row.createdAtMs},
                    ${row.usedAtMs}, ${row.expiresAtMs}) ON CONFLICT (cafe_id, id) DO NOTHING`,
      )) === 1,

    /** @returns whether it was replaced: not when it is no longer `from` */
    replace: async (cafeId: number, from: SessionRow, to: SessionRow): Promise<boolean> =>
      (await db.run(
        sql`UPDATE sessions SET secret_hash = ${to.secretHash}, subject = ${to.subject}, facts = ${to.facts},
                   used_at_ms = ${to.usedAtMs}, expires_at_ms = ${to.expiresAtMs}
            WHERE cafe_id = ${cafeId} AND id = ${from.id} AND secret_hash = ${from.secretHash} AND facts = ${from.facts}
              AND COALESCE(subject, '') = ${from.subject ?? ''} AND used_at_ms = ${from.usedAtMs}
              AND expires_at_ms = ${from.expiresAtMs}`,
      )) === 1,

    /** @returns whether it was removed: not when it is no longer `from` */
    remove: async (cafeId: number, from: SessionRow): Promise<boolean> =>
      (await db.run(
        sql`DELETE FROM sessions WHERE cafe_id = ${cafeId} AND id = ${from.id} AND secret_hash = ${from.secretHash}
              AND facts = ${from.facts} AND used_at_ms = ${from.usedAtMs} AND expires_at_ms = ${from.expiresAtMs}`,
      )) === 1,
  }
}

/** A café's session store, for `createSessions` of the kit. Changes compare and swap, so that no process undoes another's. */
export function sessionStoreOf(store: Store, cafeId: number): SessionStore {
  const changeOne: ChangeOne = (id, change) =>
    store.transaction(cafeId, async (tx) => {
      const from = await tx.sessions.find(cafeId, id)
      const to = change(from)
      if (from === null) return to === null || tx.sessions.add(cafeId, to)
      return to === null ? tx.sessions.remove(cafeId, from) : tx.sessions.replace(cafeId, from, to)
    })
  const changeUntilSwapped = async (...[id, change]: Parameters<ChangeOne>) => {
    while (!(await changeOne(id, change))) {} // each turn was lost to one that was won: somebody gets on
  }
  return {
    find: (id) => store.sessions.find(cafeId, id),
    async change(choice, change) {
      const ids = 'id' in choice ? [choice.id] : await store.sessions.idsOf(cafeId, choice)
      for (const id of ids) {
        // Chosen by subject or expiry, a row that has gone meanwhile needs no change.
        await changeUntilSwapped(id, (row) => (row === null && !('id' in choice) ? null : change(row)))
      }
    },
  }
}

type ChangeOne = (id: string, change: Parameters<SessionStore['change']>[1]) => Promise<boolean>

function sessionOf(row: Row): SessionRow {
  const { integer, text, textOrNull } = columns(row)
  return {
    id: text('id'),
    secretHash: text('secret_hash'),
    subject: textOrNull('subject'),
    facts: text('facts'),
    createdAtMs: integer('created_at_ms'),
    usedAtMs: integer('used_at_ms'),
    expiresAtMs: integer('expires_at_ms'),
  }
}
