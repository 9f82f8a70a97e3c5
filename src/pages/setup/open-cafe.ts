/** Setup itself: the owner's answers, the end of the trial, and the owner signed in. */
import { type Clearing, clearTrialPage } from '../../commands/clear-trial.ts'
import { FIRST_NAME } from '../../commands/open-first-cafe.ts'
import { setUpCafe } from '../../commands/set-up-cafe.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import { NIL_ID } from '../../rules/id.ts'
import { countries } from '../../rules/phone.ts'
import { currentVersion } from '../../rules/programme.ts'
import { timeZoneIn } from '../../rules/time-zone.ts'
import { hashPassword } from '../../sign-in/password.ts'
import type { Refused } from '../../ui/refusal.ts'
import { setupWordsIn } from '../../ui/words/setup-words.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type PostDoor } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { startSession } from '../start-session.ts'
import { askOf, frameOf, type Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { linkOverPage } from './link-over.ts'
import { type SetupCookie, setupCookieOf } from './setup-cookie.ts'
import { readSetup, SETUP_FIELDS, type SetupAnswers, type SetupField } from './setup-form.ts'
import { setupPage } from './setup-page.ts'

const CARDS_A_PAGE = 200 // cleared in a few milliseconds, so that customers hardly wait

export function openCafeDoor(cookie: SetupCookie): PostDoor {
  return {
    fields: SETUP_FIELDS,
    change: (visit, fields) => openCafe(visit, fields, cookie),
    again: (visit, fields, refused) => renderSetup(visit, cookie, fields, refused),
  }
}

export async function renderSetup(
  visit: Visit,
  _cookie: SetupCookie,
  fields: Fields | null,
  refused: Refused | null,
): Promise<string> {
  const { cafe, context } = visit
  if (cafe.setUpAtMs !== null || refused?.reason === 'link-over') return linkOverPage(visit)
  const fault = refused && fields && readSetup(fields)
  const wrong = fault && !fault.ok && fault.reason === refused?.reason ? fault.field : null
  const filled = await context.store.cards.filledAfter(cafe.id, NIL_ID, 1)
  return setupPage(await frameOf(visit), {
    values: fields === null ? usualAnswers(visit) : answersIn(fields),
    countries: countryChoices(visit),
    hasStamps: filled.length > 0,
    refused: refused && sayWhich(visit, refused, wrong),
    wrong,
  })
}

/** Three names are asked for: which one is missing. */
function sayWhich({ language }: Visit, refused: Refused, wrong: SetupField | null): Refused {
  if (refused.reason !== 'name-missing' || wrong === null) return refused
  const { missing } = setupWordsIn(language)
  return wrong === 'name' || wrong === 'branch' || wrong === 'owner'
    ? { ...refused, sentence: missing[wrong] }
    : refused
}

async function openCafe(visit: Visit, fields: Fields, cookie: SetupCookie): Promise<Response | Refusal> {
  const { cafe, context, nowMs, setCookies } = visit
  const read = readSetup(fields)
  if (!read.ok) return read.reason
  const passwordHash = await hashPassword(context.random, read.answers.password)
  if (read.answers.isCleared && cafe.setUpAtMs === null) await clearTrial(visit)
  const ownerId = context.random.uuid()
  const input = inputOf(visit, read.answers, { ownerId, passwordHash, invitationId: cookie.invitationId })
  const ask = askOf(visit, withoutSecrets(fields, ['password']))
  const outcome = await changeOnce(visit, fields, (tx) => setUpCafe(tx, input), ask)
  if (!outcome.ok) return outcome.reason
  setCookies.push(setupCookieOf(context).expire())
  const owner = await context.store.people.find(cafe.id, ownerId)
  if (owner !== null) await startSession(visit, owner, { isStrong: false }) // pressed again, they are in already or sign in
  context.log.info({ event: 'setup', cafe: cafe.slug, address: visit.address, atMs: nowMs }, 'a trial ended')
  return replySeeOther(visit, routes.owner.home.href({ cafe: cafe.slug }))
}

function inputOf(
  visit: Visit,
  answers: SetupAnswers,
  made: { ownerId: string; passwordHash: string; invitationId: string },
) {
  const { cafe, context, address, nowMs } = visit
  const { name, country, mode, language, reward, cost, branch, owner, email, isCleared } = answers
  const { ownerId, passwordHash, invitationId } = made
  const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const timeZone = timeZoneIn(country, [cafe.timeZone, ownZone])
  return {
    cafe,
    settings: { name, country, timeZone, mode, language },
    reward: { name: reward, cost },
    branch: { id: context.random.uuid(), name: branch },
    owner: { id: ownerId, name: owner, email, passwordHash },
    invitationId,
    clearing: isCleared ? clearingFrom(visit, NIL_ID) : null,
    address,
    atMs: nowMs,
  }
}

/** A page at a time, before the trial ends: should it break off, it is done again. */
async function clearTrial(visit: Visit): Promise<void> {
  for (let afterId: string | null = NIL_ID; afterId !== null; ) {
    const clearing: Clearing = clearingFrom(visit, afterId)
    afterId = await visit.context.store.transaction(visit.cafe.id, (tx) => clearTrialPage(tx, clearing))
  }
}

function clearingFrom({ cafe, context, language, nowMs }: Visit, afterId: string): Clearing {
  const entryIds = Array.from({ length: CARDS_A_PAGE }, () => context.random.uuid())
  return { cafeId: cafe.id, afterId, reason: setupWordsIn(language).cleared, entryIds, atMs: nowMs }
}

function usualAnswers({ cafe, programme, language }: Visit): Record<SetupField, string> {
  const [reward] = currentVersion(programme).rewards
  return {
    ...answersIn(null),
    name: cafe.name === FIRST_NAME ? '' : cafe.name,
    language,
    country: cafe.country,
    reward: reward?.name ?? '',
    cost: String(reward?.cost ?? ''),
    mode: 'counter',
    stamps: 'keep',
  }
}

function answersIn(fields: Fields | null): Record<SetupField, string> {
  const values = SETUP_FIELDS.map((name) => [name, name === 'password' ? '' : (fields?.one(name) ?? '')])
  return Object.fromEntries(values) as Record<SetupField, string>
}

function countryChoices({ language }: Visit): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'region' })
  return countries()
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .sort((one, other) => one.label.localeCompare(other.label, language))
}
