/** `/cafe/owner/passkey-sign-in/`: a passkey behind the screen lock, instead of the password or after it. */
import type { Fields } from '../../http/form.ts'
import { isManager } from '../../rules/role.ts'
import type { Refusal } from '../../ui/words/words.ts'
import type { Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import { startSession } from '../start-session.ts'
import type { Visit } from '../visit.ts'
import { PASSKEY_FIELDS, provenByPasskey } from './passkey-proof.ts'
import { ownerPath, renderSignIn } from './sign-in.ts'

export const passkeySignInDoor: Door = {
  post: {
    fields: [...PASSKEY_FIELDS, 'next'],
    change: signIn,
    again: (visit, fields, refused) => renderSignIn(visit, refused, fields),
  },
}

async function signIn(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const person = await provenByPasskey(visit, fields, 'sign-in')
  if (person === null) {
    visit.context.log.info({ event: 'passkey-failed', address: visit.address }, 'a passkey was refused')
    return 'passkey-failed'
  }
  if (!isManager(person.role)) return 'not-allowed'
  await startSession(visit, person, { isStrong: true })
  return replySeeOther(visit, ownerPath(visit, fields.one('next')))
}
