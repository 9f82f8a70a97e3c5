/** What the app may ask of a store: reads at any time, writes only inside a transaction. */
import { answerReads, answerWrites } from './answers.ts'
import { auditReads, auditWrites } from './audits.ts'
import { branchReads, branchWrites } from './branches.ts'
import { browserReads, browserWrites } from './browsers.ts'
import { cafeReads, cafeWrites } from './cafes.ts'
import { cardReads, cardWrites } from './cards.ts'
import type { Changes, Topic } from './changes.ts'
import { claimLinkReads, claimLinkWrites } from './claim-links.ts'
import { deviceReads, deviceWrites } from './devices.ts'
import { entryReads, entryWrites } from './entries.ts'
import { invitationReads, invitationWrites } from './invitations.ts'
import { limitReads, limitWrites } from './limits.ts'
import { passkeyReads, passkeyWrites } from './passkeys.ts'
import { peopleReads, peopleWrites } from './people.ts'
import type { PhoneVault } from './phone-vault.ts'
import { pinTryReads, pinTryWrites } from './pin-tries.ts'
import { reportReads } from './reports.ts'
import { requestReads, requestWrites } from './requests.ts'
import { sessionReads, sessionWrites } from './sessions.ts'
import type { Database } from './sql.ts'

export type Reads = ReturnType<typeof readsOn>
export type Tx = ReturnType<typeof transactionOn>

export interface Store extends Reads {
  /**
   * Runs `work` in a transaction, which it may share with others that arrive with it: answered after the commit, undone alone if it
   * throws. Inside, `work` awaits nothing but the store; it may be run again from the start, so it makes no ids of its own.
   *
   * @param cafeId the one café that the work stays within; null when it makes one
   * @throws StoreUnavailable when it cannot be written now
   */
  transaction<T>(cafeId: number | null, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Who wants to hear of new lines in the ledger, and of what else live pages show. */
  readonly changes: Changes
  /** Questions for reports such as `dojang verify`: all of them see one state, on a connection of their own. */
  snapshot<T>(ask: (db: Database, vault: PhoneVault) => Promise<T>): Promise<T>
  /**
   * Copies the database as it stands into a new file, while it is in use. The file has its name only once it is whole.
   *
   * @param onProgress share done, 0 to 1
   * @throws NotOfThisEngine where the database has tools of its own for it
   */
  backUp(toFile: string, onProgress: (share: number) => void): Promise<void>
  /**
   * Runs a chore that one process at a time should do, unless another process is at it. Should two meet after all (a connection lost on
   * the way), the chore must bear it.
   *
   * @returns whether it was run
   */
  asOnly(chore: string, work: () => Promise<void>): Promise<boolean>
  /** Whether it can be read and written now. */
  isReady(): Promise<boolean>
  close(): Promise<void>
}

/** Another engine's business: the message says what to do instead. */
export class NotOfThisEngine extends Error {
  override readonly name = 'NotOfThisEngine'
}

/** Nothing was written, and trying again later may work. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable'
}

/** It broke off while it was being written: whether it was, nobody knows before the database can be asked again. */
export class OutcomeUnknown extends StoreUnavailable {
  override readonly name = 'OutcomeUnknown'
}

/** `dojang move` has taken the cafés to another database: the triggers that it leaves behind say so, in these words. */
export const MOVED_WORDS = 'The cafés were moved to another database: start Dojang there.'
export const MOVED_SQLSTATE = 'DJ001' // PostgreSQL leaves classes from I on to others

/** Nothing can be written here any more. */
export class StoreMoved extends StoreUnavailable {
  override readonly name = 'StoreMoved'

  constructor(options?: ErrorOptions) {
    super(MOVED_WORDS, options)
  }
}

export function readsOn(db: Database, vault: PhoneVault) {
  return {
    cafes: cafeReads(db),
    cards: cardReads(db, vault),
    browsers: browserReads(db, vault),
    entries: entryReads(db),
    claimLinks: claimLinkReads(db),
    requests: requestReads(db),
    answers: answerReads(db, vault),
    audits: auditReads(db),
    sessions: sessionReads(db),
    branches: branchReads(db),
    devices: deviceReads(db),
    people: peopleReads(db, vault),
    passkeys: passkeyReads(db),
    invitations: invitationReads(db),
    limits: limitReads(db, vault),
    pinTries: pinTryReads(db),
    reports: reportReads(db, vault),
  }
}

export function transactionOn(db: Database, vault: PhoneVault) {
  return {
    cafes: { ...cafeReads(db), ...cafeWrites(db) },
    cards: { ...cardReads(db, vault), ...cardWrites(db, vault) },
    browsers: { ...browserReads(db, vault), ...browserWrites(db) },
    entries: { ...entryReads(db), ...entryWrites(db) },
    claimLinks: { ...claimLinkReads(db), ...claimLinkWrites(db) },
    requests: { ...requestReads(db), ...requestWrites(db) },
    answers: { ...answerReads(db, vault), ...answerWrites(db, vault) },
    audits: auditWrites(db, vault),
    sessions: { ...sessionReads(db), ...sessionWrites(db) },
    /** After the commit, whoever listens to the café hears that something of this kind is otherwise now (the engine sees to it). */
    tell: async (_cafeId: number, _topic: Topic): Promise<void> => {},
    branches: { ...branchReads(db), ...branchWrites(db) },
    devices: { ...deviceReads(db), ...deviceWrites(db) },
    people: { ...peopleReads(db, vault), ...peopleWrites(db, vault) },
    passkeys: { ...passkeyReads(db), ...passkeyWrites(db) },
    invitations: { ...invitationReads(db), ...invitationWrites(db) },
    limits: { ...limitReads(db, vault), ...limitWrites(db, vault) },
    pinTries: { ...pinTryReads(db), ...pinTryWrites(db) },
  }
}
