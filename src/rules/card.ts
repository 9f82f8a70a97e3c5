/** What a card and its browsers may do: earn with a number, spend with proof (product.md). Pure: time and ids arrive as arguments. */
import type { Actor, Entry, EntryKind } from './entry.ts'
import { dayOf, type LimitReason, withoutLimits, withVisit } from './limits.ts'
import { currentVersion, goalOf, type Programme, promisedRewards, type Reward } from './programme.ts'

export interface Card {
  readonly cafeId: number
  readonly id: string
  /** The sum of the card's entries. */
  readonly balance: number
  /** The programme version its stamps were begun under. */
  readonly promisedVersion: number
  readonly lastEntryId: string | null
  /** When it was last stamped, unless that was undone. */
  readonly lastStampAtMs: number | null
  /** The café's day (rules/limits.ts) whose visits are counted, or null before the first. */
  readonly visitsDay: number | null
  readonly visits: number
  /** The newest counter code that it was stamped with (rules/counter-code.ts), or null. */
  readonly lastCodeStep: number | null
}

export interface Browser {
  readonly cafeId: number
  readonly id: string
  readonly cardId: string
  /** The stamps it earned itself and has not spent; never more than the card's balance. */
  readonly own: number
  /** How many of its own were spent or taken back elsewhere, in all. */
  readonly spentElsewhere: number
  /** Whether a claim has shown that it is the customer's. */
  readonly isProven: boolean
  readonly promisedVersion: number
  /** The newest line that it earned or spent, or null. */
  readonly lastEntryId: string | null
  /** Its newest redeem, whose ticket it shows, or null. */
  readonly ticketEntryId: string | null
}

/** One step of the ledger with the rows as they stand after it. */
export interface LedgerStep {
  readonly entry: Entry
  readonly card: Card
  readonly browser: Browser | null
}

/** What a browser may see: everything once proven, its own stamps under its own promise before. */
export interface CardView {
  readonly stamps: number
  readonly goal: number
  /** Rewards ready: floor(stamps / goal). */
  readonly ready: number
  readonly rewards: readonly Reward[]
}

export interface Moment {
  readonly actor: Actor
  readonly entryId: string
  readonly atMs: number
}

export type SpendOutcome =
  | { readonly ok: true; readonly step: LedgerStep }
  | { readonly ok: false; readonly reason: 'not-enough' | 'reward-unknown' }

/** @param browser whose view it is; null for the café's own people, who see all of the card */
export function viewOf(
  card: Pick<Card, 'balance' | 'promisedVersion'>,
  browser: Browser | null,
  programme: Programme,
): CardView {
  const seesAll = browser === null || browser.isProven
  const stamps = seesAll ? card.balance : browser.own
  const promised = seesAll ? card.promisedVersion : browser.promisedVersion
  const since = stamps === 0 ? currentVersion(programme).version : promised
  const goal = goalOf(programme, since)
  return { stamps, goal, ready: Math.floor(stamps / goal), rewards: promisedRewards(programme, since) }
}

export interface Stamping extends Moment {
  readonly programme: Programme
  readonly stamps: number
  /** Of the café, whose days are counted. */
  readonly timeZone: string
  /** Whether the café's limits hold: on trial no visit is counted. */
  readonly hasLimits: boolean
  /** The counter code that allowed it, or null. */
  readonly codeStep: number | null
  /** The limit that staff lift for it, or null. */
  readonly overLimit: LimitReason | null
}

/** Adds stamps to a card as one visit, and to the own of the browser that earned them. */
export function addStamps(card: Card, browser: Browser | null, input: Stamping): LedgerStep {
  const current = currentVersion(input.programme).version
  const begun = {
    ...(input.hasLimits
      ? withVisit(card, dayOf(input.atMs, input.timeZone), input.atMs)
      : withoutLimits(card, input.atMs)),
    promisedVersion: card.balance === 0 ? current : card.promisedVersion,
    lastCodeStep: input.codeStep ?? card.lastCodeStep,
  }
  const earner = browser && {
    ...browser,
    own: browser.own + input.stamps,
    promisedVersion: browser.own === 0 ? current : browser.promisedVersion,
  }
  return appendLine(begun, earner, { ...input, kind: 'stamp' })
}

/**
 * Spends a reward's cost, once, if the browser may see enough; the rest stays.
 *
 * @param browser who spends, or null when staff do so for a customer without one
 */
export function spendReward(
  card: Card,
  browser: Browser | null,
  input: Moment & { readonly programme: Programme; readonly rewardId: string | null },
): SpendOutcome {
  const view = viewOf(card, browser, input.programme)
  const reward = chooseReward(view.rewards, input.rewardId)
  if (reward === null) return { ok: false, reason: 'reward-unknown' }
  if (view.stamps < reward.cost) return { ok: false, reason: 'not-enough' }

  const current = currentVersion(input.programme).version
  const kept = (balance: number, since: number) =>
    balance >= goalOf(input.programme, since) ? since : current
  const own = Math.max(0, (browser?.own ?? 0) - reward.cost)
  const step = appendLine(card, browser, {
    ...input,
    kind: 'redeem',
    stamps: -reward.cost,
    rewardId: reward.id,
  })
  return {
    ok: true,
    step: {
      entry: step.entry,
      card: { ...step.card, promisedVersion: kept(step.card.balance, card.promisedVersion) },
      browser: browser && {
        ...browser,
        lastEntryId: input.entryId,
        own,
        promisedVersion: kept(own, browser.promisedVersion),
        ticketEntryId: input.entryId,
      },
    },
  }
}

function chooseReward(rewards: readonly Reward[], id: string | null): Reward | null {
  if (id === null) return rewards.length === 1 ? (rewards[0] ?? null) : null
  return rewards.find((reward) => reward.id === id) ?? null
}

export interface Change extends Moment {
  readonly kind: EntryKind
  readonly stamps: number
  readonly rewardId?: string | null
  readonly undoesId?: string
  readonly reason?: string | null
  readonly counterpartId?: string
  readonly overLimit?: LimitReason | null
}

/** The line that a change makes, with the rows as it leaves them. @throws Error below zero: whoever takes has looked before */
export function appendLine(card: Card, browser: Browser | null, change: Change): LedgerStep {
  const balance = card.balance + change.stamps
  if (balance < 0) throw new Error('a balance is never negative')
  const entry: Entry = {
    id: change.entryId,
    cafeId: card.cafeId,
    cardId: card.id,
    kind: change.kind,
    stamps: change.stamps,
    balance,
    atMs: change.atMs,
    // A redeem keeps the card's promise, never newer than a browser's: undone, it is there again for both.
    programmeVersion: change.kind === 'redeem' ? card.promisedVersion : (browser ?? card).promisedVersion,
    actor: change.actor.kind,
    previousId: card.lastEntryId,
    browserId: browser?.id ?? null,
    browserPreviousId: browser?.lastEntryId ?? null,
    rewardId: change.rewardId ?? null,
    undoesId: change.undoesId ?? null,
    reason: change.reason ?? null,
    ...placeOf(change.actor),
    counterpartId: change.counterpartId ?? null,
    overLimit: change.overLimit ?? null,
  }
  return {
    entry,
    card: { ...card, balance, lastEntryId: entry.id },
    browser: browser && { ...browser, own: Math.min(browser.own, balance), lastEntryId: entry.id },
  }
}

/** Everything names its person and its device. */
function placeOf(actor: Actor): Pick<Entry, 'personId' | 'deviceId' | 'branchId'> {
  const device = actor.kind === 'kiosk' || actor.kind === 'staff' ? actor.device : null
  const personId = actor.kind === 'staff' ? actor.person.id : null
  return { personId, deviceId: device?.id ?? null, branchId: device?.branchId ?? null }
}
