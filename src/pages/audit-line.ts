/** The line that the audit log gets for what somebody does on a page. */
import type { Act, Facts, NewAudit } from '../rules/audit.ts'
import type { Visit } from './visit.ts'

/** @param subject the id of what it is done to */
export function auditLine(
  { who, nowMs, address }: Pick<Visit, 'who' | 'nowMs' | 'address'>,
  act: Act,
  subject: string | null = null,
  facts: Facts = {},
): NewAudit {
  const { device, person } = who
  return {
    atMs: nowMs,
    actor: person?.role ?? device?.kind ?? 'operator',
    personId: person?.id ?? null,
    deviceId: device?.id ?? null,
    address,
    act,
    subject,
    facts,
  }
}
