/** `/cafe/owner/programme/`: the reward, how a stamp is allowed, the café's name and language; and `limits/`, the owner's alone. */
import { z } from 'zod'
import { FIRST_REWARD_ID } from '../../commands/add-cafe.ts'
import { doneAt, type Outcome } from '../../commands/answer-once.ts'
import { type CafeChange, setCafe } from '../../commands/set-cafe.ts'
import type { Fields } from '../../http/form.ts'
import { LANGUAGES } from '../../http/preferences.ts'
import { routes } from '../../routes.ts'
import type { Act, Facts } from '../../rules/audit.ts'
import { isLooser, STAMP_GAP_SECONDS, STAMPS_A_VISIT, VISITS_A_DAY } from '../../rules/limits.ts'
import { MODES } from '../../rules/mode.ts'
import { parseName } from '../../rules/name.ts'
import { COST_MAX, COST_MIN, currentVersion } from '../../rules/programme.ts'
import type { Tx } from '../../store/store.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine, changeAudited } from '../audited.ts'
import { changeOnce, type Declined, type Door } from '../door.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { LIMIT_FIELDS, PROGRAMME_FIELDS, programmePage, type Values } from './programme-page.ts'
import { needsReauthentication } from './proven.ts'
import { settle } from './settle.ts'

export const programmeDoor: Door = {
  get: async (visit) => replyPage(visit, 200, await render(visit, null, null)),
  post: { fields: PROGRAMME_FIELDS, change: setProgramme, again: render },
}

const pathOf = ({ cafe }: Visit) => routes.owner.programme.href({ cafe: cafe.slug })

export const limitsDoor: Door = { post: { fields: LIMIT_FIELDS, change: setLimits, again: render } }

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))

const Programme = z.object({
  language: z.enum(LANGUAGES),
  cost: whole(COST_MIN, COST_MAX),
  mode: z.enum(MODES),
  kiosk: z.enum(['yes', 'no']),
})

const Limits = z.object({
  gap: whole(STAMP_GAP_SECONDS.least, STAMP_GAP_SECONDS.most),
  visits: whole(VISITS_A_DAY.least, VISITS_A_DAY.most),
  atOnce: whole(STAMPS_A_VISIT.least, STAMPS_A_VISIT.most),
})

async function setProgramme(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const name = parseName(fields.one('name') ?? '')
  if (!name) return 'name-missing'
  const reward = parseName(fields.one('reward') ?? '')
  const parsed = Programme.safeParse(trimmed(fields, PROGRAMME_FIELDS))
  if (reward === null || !parsed.success) return 'field-invalid'
  const { kiosk, cost, mode, language } = parsed.data
  const cafeChange = { name, mode, language, kioskShowsCount: kiosk === 'yes' }
  const outcome = await changeOnce(visit, fields, (tx) =>
    change(tx, visit, cafeChange, { rewardName: reward || null, cost }),
  )
  return settle(visit, outcome, { path: pathOf(visit), done: 'saved' })
}

/** Only what is new is written, and only that is in the audit log. */
async function change(
  tx: Tx,
  visit: Visit,
  wanted: Required<Pick<CafeChange, 'name' | 'mode' | 'language' | 'kioskShowsCount'>>,
  reward: Required<Pick<CafeChange, 'rewardName' | 'cost'>>,
): Promise<Outcome<never>> {
  const { cafe, programme, nowMs } = visit
  const now = currentVersion(programme).rewards.find(({ id }) => id === FIRST_REWARD_ID)
  const isNewReward = now?.cost !== reward.cost || now.name !== reward.rewardName
  const isNewCafe =
    wanted.name !== cafe.name ||
    wanted.mode !== cafe.mode ||
    wanted.language !== cafe.language ||
    wanted.kioskShowsCount !== cafe.kioskShowsCount
  const append = (act: Act, facts: Facts) => tx.audits.append(cafe.id, auditLine(visit, act, null, facts))
  await setCafe(tx, { slug: cafe.slug, change: { ...wanted, ...(isNewReward && reward) }, atMs: nowMs })
  if (isNewReward) await append('programme-changed', { costBefore: now?.cost ?? 0, cost: reward.cost })
  if (isNewCafe) await append('cafe-changed', { modeBefore: cafe.mode, mode: wanted.mode })
  if (isNewReward || isNewCafe) await tx.tell(cafe.id, 'cafe')
  return doneAt(nowMs)
}

async function setLimits(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, nowMs } = visit
  const parsed = Limits.safeParse(trimmed(fields, LIMIT_FIELDS))
  if (!parsed.success) return 'field-invalid'
  const { gap, visits, atOnce } = parsed.data
  const limits = { stampGapSeconds: gap, visitsADay: visits, stampsAVisit: atOnce }
  if (isLooser(cafe, limits) && needsReauthentication(visit)) return 'reauthenticate'
  const before = {
    gapBefore: cafe.stampGapSeconds,
    visitsBefore: cafe.visitsADay,
    atOnceBefore: cafe.stampsAVisit,
  }
  const facts = { gap, visits, atOnce, ...before }
  const outcome = await changeAudited<never>(
    visit,
    fields,
    { act: 'limits-changed', subject: null, facts },
    async (tx) => {
      await setCafe(tx, { slug: cafe.slug, change: limits, atMs: nowMs })
      await tx.tell(cafe.id, 'cafe')
      return doneAt(nowMs)
    },
  )
  return settle(visit, outcome, { path: pathOf(visit), done: 'saved' })
}

async function render(visit: Visit, fields: Fields | null, refused: Refused | null): Promise<string> {
  const { cafe, who } = visit
  const frame = await ownerFrameOf(visit, pathOf(visit))
  const filled =
    fields === null ? {} : Object.fromEntries(fields.names().map((name) => [name, fields.one(name) ?? '']))
  return programmePage(frame, {
    values: { ...asTheyStand(visit), ...filled },
    isOwner: who.person?.role === 'owner',
    isTrial: cafe.setUpAtMs === null,
    refused,
  })
}

function asTheyStand({ cafe, programme }: Visit): Values {
  const reward = currentVersion(programme).rewards.find(({ id }) => id === FIRST_REWARD_ID)
  return {
    name: cafe.name,
    language: cafe.language,
    reward: reward?.name ?? '',
    cost: String(reward?.cost ?? ''),
    mode: cafe.mode,
    kiosk: cafe.kioskShowsCount ? 'yes' : 'no',
    gap: String(cafe.stampGapSeconds),
    visits: String(cafe.visitsADay),
    atOnce: String(cafe.stampsAVisit),
  }
}

function trimmed(fields: Fields, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(names.map((name) => [name, fields.one(name)?.trim()]))
}
