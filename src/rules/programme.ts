/** A café's programme: what a reward costs, by version, and the promise that a card's cost never moves up. */

export interface Reward {
  readonly id: string
  /** As the café calls it, or null: the free coffee, in each reader's language. */
  readonly name: string | null
  /** Stamps, 1 to 100. */
  readonly cost: number
}

export interface ProgrammeVersion {
  readonly version: number
  readonly rewards: readonly Reward[]
}

export interface Programme {
  /** Oldest first, without gaps, at least one; the last is the one in force. */
  readonly versions: readonly ProgrammeVersion[]
}

export const COST_MIN = 1 // a reward for nothing is not a stamp card
export const COST_MAX = 100 // what one card can show as seals that a person can count

export function currentVersion(programme: Programme): ProgrammeVersion {
  const current = programme.versions.at(-1)
  if (current === undefined) throw new Error('a programme has at least one version')
  return current
}

/**
 * The rewards as promised to a card that started under `since`: what the programme offers now, each at the kindest cost that any version
 * since then named. A promise may become kinder, never dearer (product.md, "What must never happen" 8).
 */
export function promisedRewards(programme: Programme, since: number): readonly Reward[] {
  return currentVersion(programme).rewards.map((reward) => ({
    ...reward,
    cost: Math.min(...costsSince(programme, reward.id, since)),
  }))
}

/** The cost that a card with this promise is working towards: its cheapest reward's. */
export function goalOf(programme: Programme, since: number): number {
  return Math.min(...promisedRewards(programme, since).map((reward) => reward.cost))
}

function costsSince(programme: Programme, rewardId: string, since: number): number[] {
  return programme.versions
    .filter(({ version }) => version >= since)
    .flatMap(({ rewards }) => rewards.filter((reward) => reward.id === rewardId).map((reward) => reward.cost))
}
