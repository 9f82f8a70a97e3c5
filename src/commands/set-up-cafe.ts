/** Setup: the trial ends, and there is an owner. */
import type { Act, Facts, NewAudit } from '../rules/audit.ts'
import { currentVersion } from '../rules/programme.ts'
import type { Branch } from '../store/branches.ts'
import type { Cafe } from '../store/cafes.ts'
import type { NewPerson } from '../store/people.ts'
import type { Tx } from '../store/store.ts'
import { FIRST_REWARD_ID } from './add-cafe.ts'
import { doneAt, type Outcome } from './answer-once.ts'
import { type Clearing, clearTrialPage } from './clear-trial.ts'
import { setCafe } from './set-cafe.ts'

export interface SetupInput {
  readonly cafe: Pick<Cafe, 'id' | 'slug'>
  readonly settings: Pick<Cafe, 'name' | 'country' | 'timeZone' | 'mode' | 'language'>
  readonly reward: { readonly name: string | null; readonly cost: number }
  readonly branch: Omit<Branch, 'createdAtMs'>
  readonly owner: Pick<NewPerson, 'id' | 'name' | 'email' | 'passwordHash'>
  /** The link that they came by. */
  readonly invitationId: string
  /** Where the trial's stamps do not count, for the few that came after the others were cleared; null to keep them. */
  readonly clearing: Clearing | null
  readonly address: string
  readonly atMs: number
}

export async function setUpCafe(tx: Tx, input: SetupInput): Promise<Outcome<'link-over' | 'busy'>> {
  const { cafe, settings, branch, owner, atMs } = input
  const trial = await tx.cafes.findBySlug(cafe.slug)
  const link = await tx.invitations.find(cafe.id, input.invitationId)
  if (trial === null || trial.setUpAtMs !== null || link === null) return { ok: false, reason: 'link-over' }
  if (input.clearing !== null && (await clearTrialPage(tx, input.clearing)) !== null)
    return { ok: false, reason: 'busy' }
  if (!(await tx.invitations.finish(cafe.id, link.id))) return { ok: false, reason: 'link-over' }

  const reward = await rewardChange(tx, cafe.id, input.reward)
  await setCafe(tx, { slug: cafe.slug, change: { ...settings, ...reward, setUpAtMs: atMs }, atMs })
  await tx.invitations.dropAll(cafe.id, 'setup')
  await tx.branches.add(cafe.id, { ...branch, createdAtMs: atMs })
  await tx.people.add(cafe.id, { ...owner, role: 'owner', createdAtMs: atMs })
  await tx.audits.append(cafe.id, lineBy(input, 'setup', { mode: settings.mode, cost: input.reward.cost }))
  if (input.clearing !== null) await tx.audits.append(cafe.id, lineBy(input, 'trial-cleared', {}))
  await tx.tell(cafe.id, 'cafe')
  return doneAt(atMs)
}

/** A new version of the programme only where something is new. */
async function rewardChange(tx: Tx, cafeId: number, { name, cost }: SetupInput['reward']) {
  const { rewards } = currentVersion(await tx.cafes.programmeOf(cafeId))
  const now = rewards.find(({ id }) => id === FIRST_REWARD_ID)
  return now?.name === name && now.cost === cost ? {} : { rewardName: name, cost }
}

function lineBy({ owner, address, atMs }: SetupInput, act: Act, facts: Facts): NewAudit {
  return { atMs, actor: 'owner', personId: owner.id, deviceId: null, address, act, subject: null, facts }
}
