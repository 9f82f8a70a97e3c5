/** `/cafe/owner/sign-in/`: e-mail and password, and what stands on every page of the owner's while nobody has signed in. */
import type { Fields } from '../../http/form.ts'
import { safeNext } from '../../http/response.ts'
import { routes } from '../../routes.ts'
import { isManager } from '../../rules/role.ts'
import { tryPassword } from '../../sign-in/try-password.ts'
import type { Refused } from '../../ui/refusal.ts'
import { signInWordsIn } from '../../ui/words/sign-in-words.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Declined, Door } from '../door.ts'
import { knownBrowserOf } from '../known-browser.ts'
import { afterPassword } from '../start-session.ts'
import { frameOf, type Visit } from '../visit.ts'
import { passkeyAsk } from './passkey-ask.ts'
import { signInPage } from './sign-in-page.ts'

export const signInDoor: Door = {
  post: {
    fields: ['email', 'password', 'next'],
    change: signIn,
    again: (visit, fields, refused) => renderSignIn(visit, refused, fields),
  },
}

const EMAIL_LENGTH_MAX = 320 // longer ones are nobody's; they are not even looked up

/** The page for whoever has to say first who they are; on trial there is nobody yet. */
export async function renderSignIn(
  visit: Visit,
  refused: Refused,
  fields: Fields | null = null,
): Promise<string> {
  const frame = frameOf(visit)
  const home = routes.owner.home.href({ cafe: visit.cafe.slug })
  const words = signInWordsIn(frame.language)
  const isJustAsked = refused.reason === 'not-signed-in' && visit.request.method !== 'POST'
  return signInPage(
    { ...frame, path: home },
    {
      slug: visit.cafe.slug,
      refused: isJustAsked ? { reason: 'not-signed-in', sentence: words.pleaseSignIn } : refused,
      isOnTrial: visit.cafe.setUpAtMs === null,
      email: fields?.one('email') ?? '',
      next: fields === null && isJustAsked ? visit.path : ownerPath(visit, fields?.one('next') ?? null),
      passkey: await passkeyAsk(visit, 'sign-in'),
    },
  )
}

/** A path of this café's owner pages: nowhere else does a sign-in lead. */
export function ownerPath({ cafe }: Visit, text: string | null): string {
  const home = routes.owner.home.href({ cafe: cafe.slug })
  const path = safeNext(text, home)
  return path.startsWith(home) ? path : home
}

async function signIn(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const { cafe, context, address } = visit
  if (cafe.setUpAtMs === null) return 'not-set-up'
  const email = fields.one('email') ?? ''
  if (email.length > EMAIL_LENGTH_MAX) return 'wrong-password'
  const whose = await context.store.people.findByEmail(cafe.id, email)
  const knownBrowser = knownBrowserOf(visit, whose?.id ?? null)
  const password = fields.one('password') ?? ''
  const attempt = { cafeId: cafe.id, email, address, knownBrowser, password }
  const outcome = await tryPassword(context, attempt)
  if (!outcome.ok) {
    await noteFailure(visit, whose?.id ?? null, outcome.reason)
    return outcome
  }
  if (!isManager(outcome.person.role)) return 'not-allowed'
  return afterPassword(visit, outcome.person, ownerPath(visit, fields.one('next')))
}

/** Of a wrong password a line in the log that owners read, whether or not somebody has that e-mail; of a flood none. */
async function noteFailure(visit: Visit, personId: string | null, reason: Refusal): Promise<void> {
  const { cafe, context, address, nowMs } = visit
  const event = reason === 'too-many-tries' ? 'sign-in-limited' : 'sign-in-failed'
  context.log.info({ event, person: personId ?? undefined, address }, 'a sign-in was refused')
  if (reason === 'too-many-tries') return
  const line = { atMs: nowMs, actor: 'owner', personId: null, deviceId: null, address } as const
  await context.store.transaction(cafe.id, (tx) =>
    tx.audits.append(cafe.id, { ...line, act: 'sign-in-failed', subject: personId, facts: {} }),
  )
}
