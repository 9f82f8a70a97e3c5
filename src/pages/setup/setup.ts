/** `/setup/`: an owner's first page, and the way back in for one who is locked out. The link names the café, then its cookie does. */
import { networkOf } from '../../http/address.ts'
import { redirect } from '../../http/response.ts'
import { routes } from '../../routes.ts'
import { readInvitationToken } from '../../sign-in/invitation-token.ts'
import type { Cafe } from '../../store/cafes.ts'
import type { Invitation } from '../../store/invitations.ts'
import { postThrough } from '../door.ts'
import { replyPage, replyRefusal, replySeeOther } from '../reply.ts'
import { enterCafe, type Person, type Visit } from '../visit.ts'
import { choosePasswordDoor, renderChoosePassword } from './choose-password.ts'
import { replyLinkOver } from './link-over.ts'
import { openCafeDoor, renderSetup } from './open-cafe.ts'
import { type SetupCookie, setupCookieOf } from './setup-cookie.ts'

export async function showSetup(person: Person): Promise<Response> {
  const token = new URL(person.request.url).searchParams.get('token')
  if (token !== null) return swapToken(person, token)
  const held = await enterByCookie(person)
  if (held === null) return replyLinkOver(person)
  const { visit, cookie } = held
  const invitation = await person.context.store.invitations.find(visit.cafe.id, cookie.invitationId)
  if (invitation === null) return replyLinkOver(person) // what it was for is done
  const render = cookie.purpose === 'setup' ? renderSetup : renderChoosePassword
  return replyPage(visit, 200, await render(visit, cookie, null, null))
}

/** Past the door that checks every change; who has no cookie of ours has nothing to change here. */
export async function postSetup(person: Person): Promise<Response> {
  const held = await enterByCookie(person)
  if (held === null) return replyLinkOver(person)
  const { visit, cookie } = held
  const doorFor = cookie.purpose === 'setup' ? openCafeDoor : choosePasswordDoor
  return postThrough(doorFor(cookie), visit)
}

/** The address without its last slash. */
export function toSetup({ context, request }: Person): Response {
  const { search } = new URL(request.url)
  const { status, headers } = redirect(routes.setup.href({}) + search, 308)
  return new Response(null, { status, headers: { ...context.headers, 'content-length': '0', ...headers } })
}

/** From now on the cookie says which link it was, and the address says nothing. */
async function swapToken(person: Person, text: string): Promise<Response> {
  const { context, nowMs, request, address, setCookies } = person
  const clean = routes.setup.href({})
  if (request.method === 'HEAD') return replySeeOther(person, clean) // looks, and uses nothing up
  const token = readInvitationToken(text)
  const cafe = token && (await context.store.cafes.list()).find(({ id }) => id === token.cafeId)
  if (!token || !cafe) return replyLinkOver(person)
  const taken = await context.limiters.setupByAddress.consume(cafe.id, networkOf(address))
  if (!taken.ok) return replyRefusal(person, 'too-many-tries')
  const invitation = await useLink(person, cafe, token.id)
  if (invitation === null) return replyLinkOver(person)
  await context.limiters.setupByAddress.giveBack(cafe.id, networkOf(address))
  const purpose = invitation.purpose === 'reset' ? 'reset' : 'setup'
  const cookie = { purpose, slug: cafe.slug, invitationId: token.id } as const
  setCookies.push(setupCookieOf(context).write({ ...cookie, madeAtMs: invitation.createdAtMs }))
  context.log.info(
    { event: `${purpose}-link-used`, cafe: cafe.slug, address, atMs: nowMs },
    'a link was followed',
  )
  return replySeeOther(person, clean)
}

/**
 * The first link is in a terminal and is used up by being opened. One for a new password is sent by messengers, which open what they show a preview
 * of: it lasts until the password is chosen, once.
 *
 * @returns the invitation, if it is an owner's or manager's and still works
 */
async function useLink({ context, nowMs }: Person, cafe: Cafe, id: string): Promise<Invitation | null> {
  const invitation = await context.store.invitations.find(cafe.id, id)
  if (invitation === null || invitation.purpose === 'staff') return null
  if (invitation.purpose === 'reset') return invitation.expiresAtMs > nowMs ? invitation : null
  const isFirst = await context.store.transaction(cafe.id, (tx) => tx.invitations.use(cafe.id, id, nowMs))
  return isFirst ? invitation : null
}

async function enterByCookie(person: Person): Promise<{ visit: Visit; cookie: SetupCookie } | null> {
  const cookie = setupCookieOf(person.context).read(person.pairs)
  const visit = cookie && (await enterCafe(person, { cafe: cookie.slug }))
  return cookie && visit && { visit, cookie }
}
