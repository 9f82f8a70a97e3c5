/** Audit lines in PostgreSQL: those of a group go last of all, so that their chain's end is locked for one round trip and after every other lock. */
import type pg from 'pg'
import type { NewAudit } from '../rules/audit.ts'
import { chainOn, openHead } from './audits.ts'
import type { Group } from './postgres-run.ts'

/** A line of a command, until the group is through. */
export interface GatheredAudit {
  readonly cafeId: number
  readonly line: NewAudit
}

/**
 * Sends the lines behind what was sent before. The last statement's answer is not waited for, so that the commit follows in the same breath.
 *
 * @returns what must be answered before the group is
 */
export async function sendAudits(
  client: pg.ClientBase,
  group: Group,
  gathered: readonly GatheredAudit[],
  before: Promise<unknown>,
): Promise<{ readonly sent: Promise<unknown> }> {
  let sent = before
  for (const [cafeId, audits] of inOrder(gathered)) {
    const opening = openHead(group.db, cafeId)
    opening.catch(() => {}) // if what was sent before it failed, that is the reason
    await sent
    const added = audits.map(({ line }) => line)
    const { lines, end } = chainOn(group.vault, cafeId, await opening, added)
    const of = (column: (line: (typeof lines)[number]) => unknown) => lines.map(column)
    const values = [
      cafeId,
      of(({ number }) => number),
      of(({ atMs }) => atMs),
      of(({ actor }) => actor),
      of(({ personId }) => personId),
      of(({ deviceId }) => deviceId),
      of(({ address }) => address),
      of(({ act }) => act),
      of(({ subject }) => subject),
      of(({ facts }) => facts),
      of(({ hash }) => hash),
      end.number,
      end.hash,
    ]
    sent = client.query({ name: 'audits', text: AUDITS, values })
  }
  return { sent }
}

/** A transaction of one café has one chain; one that makes cafés may have several, which two processes must lock in the same order. */
function inOrder(gathered: readonly GatheredAudit[]) {
  return [...Map.groupBy(gathered, ({ cafeId }) => cafeId)].sort(([one], [other]) => one - other)
}

const AUDITS = `
WITH written AS (
  INSERT INTO audits (cafe_id, number, at_ms, actor, person_id, device_id, address, act, subject, facts, hash)
  SELECT $1, * FROM unnest($2::int[], $3::bigint[], $4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[],
                           $10::text[], $11::bytea[])
)
UPDATE audit_heads SET number = $12, hash = $13 WHERE cafe_id = $1`
