/** One line of a café's audit log: what an owner, a manager, staff, a device or the operator did. */

/** What can be done. The words stay as they are for ever: lines with them are never written anew. */
export type Act =
  | 'setup'
  | 'trial-cleared'
  | 'reset-link-made'
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  | 'session-ended'
  | 'reauthenticated'
  | 'password-changed'
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'person-added'
  | 'person-changed'
  | 'person-disabled'
  | 'person-enabled'
  | 'person-switched'
  | 'pin-changed'
  | 'pin-wrong'
  | 'pin-cleared'
  | 'invitation-made'
  | 'invitation-used'
  | 'branch-added'
  | 'branch-renamed'
  | 'device-added'
  | 'pairing-code-made'
  | 'device-paired'
  | 'device-revoked'
  | 'device-copied'
  | 'cafe-changed'
  | 'programme-changed'
  | 'limits-changed'
  | 'search'
  | 'number-viewed'
  | 'stamp'
  | 'stamp-over-limit'
  | 'redeem'
  | 'undo'
  | 'move'
  | 'claim-made'
  | 'claim-nodded'
  | 'claimed'
  | 'request-allowed'
  | 'request-refused'

/** A person by their role, or what acted by itself; `counter` is a counter device at which nobody has said who they are. */
export type AuditActor = 'owner' | 'manager' | 'staff' | 'kiosk' | 'counter' | 'operator'

/** Ids and counts. Never a phone number, a name or an e-mail address: the log outlives whoever asks to be forgotten. */
export type Facts = Readonly<Record<string, string | number>>

/** A line that is still to be written. */
export interface NewAudit {
  readonly atMs: number
  readonly actor: AuditActor
  readonly personId: string | null
  readonly deviceId: string | null
  /** The network address that it came from. */
  readonly address: string | null
  readonly act: Act
  /** The id of what it was done to, or null. */
  readonly subject: string | null
  readonly facts: Facts
}

export interface Audit extends NewAudit {
  readonly cafeId: number
  /** 1, 2, 3 and so on in each café, without a gap. */
  readonly number: number
}

/** A line as it is kept: its facts as text, so that the chain is over what the database holds and not over what it means. */
export interface KeptAudit {
  readonly cafeId: number
  readonly number: number
  readonly atMs: number
  readonly actor: string
  readonly personId: string | null
  readonly deviceId: string | null
  readonly address: string | null
  readonly act: string
  readonly subject: string | null
  readonly facts: string
}

/** What the operator did at the command line: who that is, only the machine knows. */
export function operatorLine(act: Act, atMs: number, subject: string | null, facts: Facts = {}): NewAudit {
  const nobody = { personId: null, deviceId: null, address: null }
  return { ...nobody, atMs, actor: 'operator', act, subject, facts }
}

/** Whatever a database would hand back otherwise than it was given is made alike first: else a true line would look forged. */
export function keptAudit(cafeId: number, number: number, line: NewAudit): KeptAudit {
  return {
    ...line,
    cafeId,
    number,
    personId: line.personId?.toLowerCase() ?? null,
    deviceId: line.deviceId?.toLowerCase() ?? null,
    address: asStorable(line.address),
    subject: asStorable(line.subject),
    facts: JSON.stringify(line.facts, Object.keys(line.facts).sort()),
  }
}

/** What a line's hash is over besides the one before it: equal for equal lines, and for no others. */
export function canonicalText(line: KeptAudit): string {
  const { cafeId, number, atMs, actor, personId, deviceId, address, act, subject, facts } = line
  return JSON.stringify([cafeId, number, atMs, actor, personId, deviceId, address, act, subject, facts])
}

/** PostgreSQL takes no NUL, and neither engine half a surrogate pair. */
function asStorable(text: string | null): string | null {
  return text?.toWellFormed().replaceAll('\0', '\u{FFFD}') ?? null
}
