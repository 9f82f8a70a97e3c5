/** From ledger to page: what a known browser may see of its card and its history. */
import type { Entry } from '../../rules/entry.ts'
import { currentVersion } from '../../rules/programme.ts'
import type { CardShown } from '../../ui/card.ts'
import type { KnownBrowser, Visit } from '../visit.ts'

export interface Shown {
  readonly card: CardShown
  /** The first line of the next, older page; null when this one ends the history. */
  readonly olderEntryId: string | null
}

const LINES_A_PAGE = 20 // two full cards' worth: a thumb's scroll, and the page stays light

/** @param fromEntryId the line to begin with, or null for the newest; another card's line counts as none */
export async function showKnown(
  visit: Visit,
  known: KnownBrowser,
  maskedPhone: string,
  fromEntryId: string | null,
): Promise<Shown> {
  const { browser, view } = known
  const lines = await readLines(visit, known, fromEntryId)
  const page = lines.slice(0, LINES_A_PAGE)
  return {
    card: {
      stamps: view.stamps,
      goal: view.goal,
      rewards: view.ready,
      maskedPhone,
      isProven: browser.isProven,
      usedElsewhere: browser.isProven ? 0 : browser.spentElsewhere,
      rewardName: firstRewardName(visit),
      lastStampAtMs: page.find((line) => line.kind === 'stamp')?.atMs ?? null,
      lines: page.map(({ kind, stamps, atMs, reason }) => ({ kind, stamps, atMs, reason })),
    },
    olderEntryId: lines[LINES_A_PAGE]?.id ?? null,
  }
}

/** What the café calls the reward that cards work towards; null for the free coffee. */
export function firstRewardName({ programme }: Visit): string | null {
  return currentVersion(programme).rewards[0]?.name ?? null
}

/** A proven browser reads the card's history, an unproven one only its own. */
async function readLines(
  visit: Visit,
  { browser, card }: KnownBrowser,
  from: string | null,
): Promise<readonly Entry[]> {
  const { entries } = visit.context.store
  const read = browser.isProven ? entries.historyOfCard : entries.historyOfBrowser
  const isOwn = (entry: Entry) =>
    entry.cardId === card.id && (browser.isProven || entry.browserId === browser.id)
  if (from !== null) {
    const asked = await read(visit.cafe.id, from, LINES_A_PAGE + 1)
    if (asked.length > 0 && asked.every(isOwn)) return asked
  }
  const newest = browser.isProven ? card.lastEntryId : browser.lastEntryId
  return newest === null ? [] : read(visit.cafe.id, newest, LINES_A_PAGE + 1)
}
