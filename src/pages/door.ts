/** A door: what one café URL shows, what may be changed through it, and what every change has to bring. */
import { setTimeout as wait } from 'node:timers/promises'
import { answerOnce, type Outcome } from '../commands/answer-once.ts'
import { checkOrigin } from '../http/csrf.ts'
import { type Fields, noFields, readForm } from '../http/form.ts'
import { BODY_BYTES_MAX } from '../http/limits.ts'
import { type CafeRoute, routes } from '../routes.ts'
import { OutcomeUnknown, StoreUnavailable, type Tx } from '../store/store.ts'
import type { Refused } from '../ui/refusal.ts'
import { clockIn, exactTime } from '../ui/when.ts'
import { type Refusal, wordsIn } from '../ui/words/words.ts'
import { REFUSAL_STATUS } from './refusals.ts'
import { refusalHeaders, replyPage, replySeeOther } from './reply.ts'
import { askOf, lookAgain, type Visit } from './visit.ts'

export interface Door {
  readonly get?: (visit: Visit) => Promise<Response>
  readonly post?: PostDoor
}

/** The doors of one audience. */
export interface Section {
  readonly doors: readonly (readonly [CafeRoute, Door])[]
  /** The page for whoever has to say first who they are; the card's page where a section has none. */
  readonly signIn?: (visit: Visit, refused: Refused) => Promise<string>
}

/** A refusal that says more than its reason. */
export interface Declined {
  readonly reason: Refusal
  /** When it will work again; null where that may not be told. */
  readonly againAtMs?: number | null
}

export interface PostDoor {
  /** Set where only a known browser has any business: others are sent to the card. */
  readonly isForKnown?: true
  /** The fields that the form may hold besides the token and the key. */
  readonly fields: readonly string[]
  /** Reads the fields, makes the one change, answers; a refusal goes back by its reason. */
  readonly change: (visit: Visit, fields: Fields) => Promise<Response | Refusal | Declined>
  /** The page with the form as they filled it, saying what was refused. */
  readonly again: (visit: Visit, fields: Fields, refused: Refused) => Promise<string>
}

const ASK_AGAIN_MS = 300 // on top of what the refused write took, two seconds are not over
const KEY_SHAPE = /^[A-Za-z0-9_-]{22,255}$/ // 22 base64url characters hold 128 bits; 255 is Stripe's limit

/** Posts through a door: nothing is changed unless the request is the person's own and answered once. */
export async function postThrough(door: PostDoor, visit: Visit): Promise<Response> {
  const form = await readForm(visit.request, { maxBytes: BODY_BYTES_MAX })
  const fields = form.ok ? form.fields : noFields
  if (!form.ok)
    return giveBack(door, visit, fields, form.reason === 'bad-form' ? 'field-invalid' : form.reason)
  try {
    const outcome = await changeOrRefuse(door, visit, fields)
    return outcome instanceof Response ? outcome : giveBack(door, await lookAgain(visit), fields, outcome)
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error
    visit.context.log.error({ err: error }, 'cannot write')
    return giveBack(door, await afterFailure(visit, fields, error), fields, 'cannot-write')
  }
}

/** For a café recalled while the database cannot be asked: nothing is done, and the form goes back as it was filled in. */
export async function postUndone(door: PostDoor, visit: Visit): Promise<Response> {
  const form = await readForm(visit.request, { maxBytes: BODY_BYTES_MAX })
  const fields = form.ok ? form.fields : noFields
  return giveBack(door, keepingKey(visit, fields), fields, 'busy')
}

async function giveBack(
  door: PostDoor,
  visit: Visit,
  fields: Fields,
  outcome: Refusal | Declined,
): Promise<Response> {
  const refused = refusedFor(visit, typeof outcome === 'string' ? { reason: outcome } : outcome)
  const html = await door.again(visit, fields, refused)
  return replyPage(visit, REFUSAL_STATUS[refused.reason], html, {
    ...refusalHeaders(refused.reason),
    ...retryHeaders(visit, outcome),
  })
}

/** The refusal in words, with when it will be over; where that may not be told, not the reason either. */
function refusedFor(visit: Visit, { reason, againAtMs }: Declined): Refused {
  if (againAtMs === undefined) return { reason }
  const words = wordsIn(visit.language)
  if (againAtMs === null) return reason === 'too-soon' ? { reason, sentence: words.askAtCounter } : { reason }
  const clock = clockIn({ words, timeZone: visit.cafe.timeZone, nowMs: visit.nowMs })
  return { reason, sentence: `${words.refusals[reason]} ${words.againAt(exactTime(clock, againAtMs))}` }
}

function retryHeaders({ nowMs }: Visit, outcome: Refusal | Declined): Record<string, string> {
  const againAtMs = typeof outcome === 'string' ? null : (outcome.againAtMs ?? null)
  return againAtMs === null
    ? {}
    : { 'retry-after': String(Math.max(1, Math.ceil((againAtMs - nowMs) / 1000))) }
}

/** A fresh key, as after any refusal, where the database says that nothing was done under the old one; else the old one. */
async function afterFailure(visit: Visit, fields: Fields, error: StoreUnavailable): Promise<Visit> {
  const now = await lookAgain(visit)
  const isUndone = !(error instanceof OutcomeUnknown) && (await isUnanswered(visit, fields))
  return isUndone ? now : keepingKey(now, fields)
}

/** Whether the database says so, and soon: the person has waited already. */
function isUnanswered({ context, cafe }: Visit, fields: Fields): Promise<boolean> {
  const first = context.store.answers.find(cafe.id, fields.one('idempotency_key') ?? '')
  const isNone = first.then(
    (answer) => answer === null,
    () => false,
  )
  return Promise.race([isNone, wait(ASK_AGAIN_MS, false)])
}

/** Whether it was done nobody knows: under a new key it might be done twice. */
function keepingKey(visit: Visit, fields: Fields): Visit {
  const key = fields.one('idempotency_key')
  return key && KEY_SHAPE.test(key) ? { ...visit, unansweredKey: key } : visit
}

/** One change, made once for its key; again for the same request it gives the first answer. */
export function changeOnce<Reason extends string>(
  visit: Visit,
  fields: Fields,
  work: (tx: Tx) => Promise<Outcome<Reason>>,
  ask = askOf(visit, fields),
): Promise<Outcome<Reason | 'key-reused'>> {
  return visit.context.store.transaction(visit.cafe.id, (tx) => answerOnce(tx, ask, () => work(tx)))
}

async function changeOrRefuse(
  door: PostDoor,
  visit: Visit,
  fields: Fields,
): Promise<Response | Refusal | Declined> {
  const forged = forgeryOf(visit, fields)
  if (forged !== null) return forged
  if (door.isForKnown && visit.known === null)
    return replySeeOther(visit, routes.card.href({ cafe: visit.cafe.slug }))
  const key = fields.one('idempotency_key')
  if (!key) return 'key-missing'
  if (!KEY_SHAPE.test(key)) return 'key-malformed'
  if (!fields.names().every((name) => isExpected(door, name) && !fields.isRepeated(name)))
    return 'field-invalid'
  return door.change(visit, fields)
}

function forgeryOf(visit: Visit, fields: Fields): Refusal | null {
  const { headers } = visit.request
  const origin = checkOrigin(
    {
      method: 'POST',
      origin: headers.get('origin'),
      referer: headers.get('referer'),
      secFetchSite: headers.get('sec-fetch-site'),
    },
    { ownOrigin: ownOrigin(visit), isSilenceFine: true }, // the token's cookie is ours by its signature and its prefix
  )
  if (origin !== null) return origin === 'fetch-metadata' ? 'cross-site' : 'bad-origin'
  const token = visit.csrf.verify(fields.one('csrf_token'))
  return token && (token === 'cookie' ? 'no-csrf-cookie' : 'bad-token')
}

/** With a public address that alone; without, the request's own. */
export function ownOrigin({ context, request }: Pick<Visit, 'context' | 'request'>): string {
  return (
    context.publicUrl?.origin ?? request.url.slice(0, request.url.indexOf('/', request.url.indexOf('//') + 2))
  )
}

function isExpected(door: PostDoor, name: string): boolean {
  return name === 'csrf_token' || name === 'idempotency_key' || door.fields.includes(name)
}
