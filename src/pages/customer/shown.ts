/** From ledger to page: what a known browser may see of its card and its history. */
import { currentVersion } from '../../rules/programme.ts'
import type { LinePage } from '../../store/entries.ts'
import type { CardShown } from '../../ui/card.ts'
import type { KnownBrowser, Visit } from '../visit.ts'

export interface Shown {
  readonly card: CardShown
  /** The first line of the next, older page; null when this one ends the history. */
  readonly olderEntryId: string | null
}

const NO_LINES: LinePage = { lines: [], olderEntryId: null }
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const LINES_A_PAGE = 20 // two full cards' worth: a thumb's scroll, and the page stays light

/** @param fromEntryId the line to begin with, or null for the newest; another card's line counts as none */
export async function showKnown(
  visit: Visit,
  known: KnownBrowser,
  fromEntryId: string | null,
): Promise<Shown> {
  const { browser, view } = known
  const { lines, olderEntryId } = await readLines(visit, known, fromEntryId)
  const card = {
    stamps: view.stamps,
    goal: view.goal,
    rewards: view.ready,
    isProven: browser.isProven,
    usedElsewhere: browser.isProven ? 0 : browser.spentElsewhere,
    rewardName: firstRewardName(visit),
    lastStampAtMs: lines.find((line) => line.kind === 'stamp')?.atMs ?? null,
    lines: [...lines],
  }
  return { card, olderEntryId }
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
): Promise<LinePage> {
  const { entries } = visit.context.store
  const read = (fromEntryId: string) =>
    browser.isProven
      ? entries.linesOfCard(visit.cafe.id, card.id, fromEntryId, LINES_A_PAGE)
      : entries.linesOfBrowser(visit.cafe.id, browser.id, fromEntryId, LINES_A_PAGE)
  const asked = from !== null && UUID.test(from) ? await read(from) : NO_LINES
  if (asked.lines.length > 0) return asked
  const newest = browser.isProven ? card.lastEntryId : browser.lastEntryId
  return newest === null ? NO_LINES : read(newest)
}
