/** `/cafe/owner/staff/<person>/invitation/`: a link that lets one person in, shown once. */
import { doneAt } from '../../commands/answer-once.ts'
import { makeInvitation, newInvitation, OWNER_LINK_MS } from '../../commands/make-invitation.ts'
import type { Fields } from '../../http/form.ts'
import { routes } from '../../routes.ts'
import type { Person } from '../../store/people.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import { changeOnce, type Declined, type Door, ownOrigin } from '../door.ts'
import { replyPage } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { askerOf } from './people.ts'
import { again, pathOf, personAsked, renderPerson } from './person.ts'
import type { ShownLink } from './person-page.ts'
import { needsReauthentication } from './proven.ts'
import { settle } from './settle.ts'

export const personInvitationDoor: Door = {
  post: { fields: ['purpose'], change: invite, again: (visit, _fields, refused) => again(visit, refused) },
}

const HOUR_MS = 60 * 60 * 1000
const STAFF_LINK_MS = 24 * HOUR_MS // until they are at work tomorrow

/** `phone` lets staff in on their own phone; `password` lets a manager or an owner choose one: an owner's to give. */
async function invite(visit: Visit, fields: Fields): Promise<Response | Refusal | Declined> {
  const person = await personAsked(visit)
  if (person instanceof Response) return person
  const purpose = fields.one('purpose')
  if ((purpose !== 'phone' && purpose !== 'password') || person.disabledAtMs !== null) return 'field-invalid'
  const isPassword = purpose === 'password'
  if (isPassword) {
    const refusal = refusalOfPassword(visit, person)
    if (refusal !== null) return refusal
  }
  const lasting = isPassword
    ? { purpose: 'reset' as const, lastsMs: OWNER_LINK_MS }
    : { purpose: 'staff' as const, lastsMs: STAFF_LINK_MS }
  const { cafe, context, nowMs } = visit
  const input = { cafeId: cafe.id, personId: person.id, atMs: nowMs, ...lasting }
  const invitation = newInvitation(context.random, input)
  const line = auditLine(visit, isPassword ? 'reset-link-made' : 'invitation-made', person.id)
  const outcome = await changeOnce<never>(visit, fields, async (tx) => {
    await makeInvitation(tx, invitation, line)
    return doneAt(nowMs)
  })
  const made = outcome.ok && (await context.store.invitations.find(cafe.id, invitation.id))
  if (!made) return settle(visit, outcome, { path: pathOf(visit, person), done: 'link-shown' }) // sent again: that link was shown, and this one was never made
  const link = { href: addressOf(visit, invitation), lasts: lastsOf(lasting.lastsMs) }
  return replyPage(visit, 200, await renderPerson(visit, person, { link }))
}

function refusalOfPassword(visit: Visit, { role, email }: Person): Refusal | null {
  if (askerOf(visit).role !== 'owner') return 'not-allowed'
  if (role === 'staff' || email === null) return 'field-invalid'
  return needsReauthentication(visit) ? 'reauthenticate' : null
}

function addressOf(visit: Visit, { purpose, token }: { purpose: string; token: string }): string {
  const path =
    purpose === 'reset'
      ? `${routes.setup.href({})}?token=${token}`
      : routes.staff.invitation.href({ cafe: visit.cafe.slug, token })
  return `${ownOrigin(visit)}${path}`
}

function lastsOf(lastsMs: number): ShownLink['lasts'] {
  return lastsMs >= HOUR_MS ? { hours: lastsMs / HOUR_MS } : { minutes: lastsMs / 60_000 }
}
