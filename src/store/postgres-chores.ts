/** Chores over PostgreSQL: every process has the timer, and whoever gets the chore's advisory lock does it. */
import { impatient, type Server } from './postgres-connection.ts'
import { withPatientClient } from './postgres-schema.ts'

const CHORES = 0x63686f72 // "chor": the first of the two numbers by which a database knows the lock; the second is the chore's

/** @returns whether it was run; the lock ends with its connection, whatever becomes of this process */
export function runAsOnly(server: Server, chore: string, work: () => Promise<void>): Promise<boolean> {
  return withPatientClient(impatient(server), async (client) => {
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, hashtext($2)) AS is_ours', [
      CHORES,
      chore,
    ])
    if (rows[0]?.is_ours === true) await work()
    return rows[0]?.is_ours === true
  })
}
