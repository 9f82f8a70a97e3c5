/** `/cafe/owner/sign-out/`: the session ends here and on the server, and the browser drops what it kept (safety.md S21). */
import { routes } from '../../routes.ts'
import { auditLine } from '../audited.ts'
import type { Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { commitSession } from '../start-session.ts'
import type { Visit } from '../visit.ts'
import { renderSignIn } from './sign-in.ts'

export const signOutDoor: Door = {
  post: { fields: [], change: signOut, again: (visit, _fields, refused) => renderSignIn(visit, refused) },
}

const ALL = '"cache", "cookies", "storage"'
const AT_A_TABLET = '"cache", "storage"' // its cookie is what makes it the café's: without it somebody would have to pair it again

async function signOut(visit: Visit): Promise<Response> {
  const { cafe, context, who, csrf } = visit
  const session = who.sessions.owner
  if ((await session.subject()) !== null) {
    await context.store.transaction(cafe.id, async (tx) => {
      await tx.audits.append(cafe.id, auditLine(visit, 'sign-out', who.person?.id ?? null))
      await tx.tell(cafe.id, 'people')
    })
    context.log.info({ event: 'sign-out', person: who.person?.id }, 'somebody of the café signed out')
  }
  await session.end()
  await commitSession(visit, session)
  csrf.rotate()
  const answer = replySeeOther(visit, routes.owner.home.href({ cafe: cafe.slug }))
  answer.headers.set('clear-site-data', who.device === null ? ALL : AT_A_TABLET)
  return answer
}
