/** Requests for a stamp, where a café approves each (rules/request.ts). */
import { type Decision, OPEN_MOST, type StampRequest } from '../rules/request.ts'
import { columns, type Database, type Row, sql, uuid } from './sql.ts'

export interface Decided {
  readonly decision: Decision
  readonly decidedAtMs: number
  readonly personId: string
  readonly deviceId: string | null
  readonly entryId: string | null
}

export function requestReads(db: Database) {
  return {
    find: async (cafeId: number, id: string): Promise<StampRequest | null> => {
      const row = await db.first(sql`SELECT * FROM requests WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`)
      return row && requestOf(row)
    },

    /** What a browser has asked since a time, newest first. */
    ofBrowser: async (
      cafeId: number,
      browserId: string,
      sinceMs: number,
      most: number,
    ): Promise<readonly StampRequest[]> =>
      (
        await db.all(
          sql`SELECT * FROM requests WHERE cafe_id = ${cafeId} AND browser_id = ${uuid(browserId)} AND created_at_ms > ${sinceMs}
              ORDER BY created_at_ms DESC LIMIT ${most}`,
        )
      ).map(requestOf),

    /** What waits for staff now, oldest first. */
    open: async (cafeId: number, nowMs: number): Promise<readonly StampRequest[]> =>
      (
        await db.all(
          sql`SELECT * FROM requests WHERE cafe_id = ${cafeId} AND decision IS NULL AND expires_at_ms > ${nowMs}
              ORDER BY created_at_ms, id LIMIT ${OPEN_MOST}`,
        )
      ).map(requestOf),
  }
}

export function requestWrites(db: Database) {
  return {
    /** Adds a request, unless as many wait as a café can look at. @returns whether it was added */
    addIfRoom: async (request: StampRequest): Promise<boolean> => {
      const { cafeId, id, cardId, browserId, createdAtMs, expiresAtMs } = request
      await queueUp(db, cafeId, expiresAtMs)
      const added = await db.run(
        sql`INSERT INTO requests (cafe_id, id, card_id, browser_id, created_at_ms, expires_at_ms)
            SELECT ${cafeId}, ${uuid(id)}, ${uuid(cardId)}, ${uuid(browserId)}, ${createdAtMs}, ${expiresAtMs}
            WHERE (SELECT count(*) FROM requests
                   WHERE cafe_id = ${cafeId} AND decision IS NULL AND expires_at_ms > ${createdAtMs}) < ${OPEN_MOST}`,
      )
      return added === 1
    },

    decide: (cafeId: number, id: string, decided: Decided) =>
      db.run(
        sql`UPDATE requests SET decision = ${decided.decision}, decided_at_ms = ${decided.decidedAtMs},
                   person_id = ${uuid(decided.personId)}, device_id = ${uuid(decided.deviceId)}, entry_id = ${uuid(decided.entryId)}
            WHERE cafe_id = ${cafeId} AND id = ${uuid(id)}`,
      ),

    /** Forgets requests made before a time. @returns how many there were, at most so many */
    dropBefore: (cafeId: number, beforeMs: number, most: number): Promise<number> =>
      db.run(
        sql`DELETE FROM requests WHERE cafe_id = ${cafeId} AND id IN (
              SELECT id FROM requests WHERE cafe_id = ${cafeId} AND created_at_ms < ${beforeMs} LIMIT ${most})`,
      ),
  }
}

/** Two processes that count at the same time would both find room: whoever writes this row first is counted first. */
function queueUp(db: Database, cafeId: number, untilMs: number): Promise<number> {
  return db.run(
    sql`INSERT INTO limits (cafe_id, key, points, expires_at_ms) VALUES (${cafeId}, 'open requests', 0, ${untilMs})
        ON CONFLICT (cafe_id, key) DO UPDATE SET expires_at_ms = excluded.expires_at_ms`,
  )
}

function requestOf(row: Row): StampRequest {
  const { integer, integerOrNull, textOrNull, uuid: id, uuidOrNull } = columns(row)
  return {
    cafeId: integer('cafe_id'),
    id: id('id'),
    cardId: id('card_id'),
    browserId: id('browser_id'),
    createdAtMs: integer('created_at_ms'),
    expiresAtMs: integer('expires_at_ms'),
    decision: textOrNull('decision') as Decision | null,
    decidedAtMs: integerOrNull('decided_at_ms'),
    personId: uuidOrNull('person_id'),
    deviceId: uuidOrNull('device_id'),
    entryId: uuidOrNull('entry_id'),
  }
}
