/** Second factors: an authenticator app, and passkeys. Each is added and removed only by who has proven lately who they are. */
import { doneAt } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import { createSigner } from '../../http/signing.ts'
import { readName } from '../../rules/name.ts'
import { takePasskey } from '../../sign-in/passkey.ts'
import { newTotpSecret, verifyTotp } from '../../sign-in/totp.ts'
import type { Tx } from '../../store/store.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { auditLine } from '../audited.ts'
import { changeOnce, type Door } from '../door.ts'
import { replyPage, replyRefusal, replySeeOther } from '../reply.ts'
import { askOf, type Visit } from '../visit.ts'
import { withoutSecrets } from '../without-secrets.ts'
import { pathToConfirm } from './confirm.ts'
import { ownerFrameOf } from './owner-frame.ts'
import { passkeySite, takeChallenge } from './passkey-ask.ts'
import { PASSKEY_FIELDS } from './passkey-proof.ts'
import { needsReauthentication } from './proven.ts'
import { noteProven } from './reauthentication.ts'
import { againWith, endOtherSessions, toSecurity } from './security.ts'
import { personHere } from './security-shown.ts'
import { totpPage } from './totp-page.ts'

export const totpDoor: Door = {
  get: showTotp,
  post: {
    fields: ['code', 'secret'],
    change: addTotp,
    again: (visit, fields, refused) => renderTotp(visit, secretIn(visit, fields), refused),
  },
}

export const totpRemovalDoor: Door = { post: { fields: [], change: removeTotp, again: againWith('other') } }

export const passkeysDoor: Door = {
  post: { fields: ['name', ...PASSKEY_FIELDS], change: addPasskey, again: againWith('passkey') },
}

export const passkeyRemovalDoor: Door = {
  post: { fields: [], change: removePasskey, again: againWith('other') },
}

const SECRET_SECONDS = 60 * 60 // a page may stand open for a while before the app is there
const PASSKEY_ID = /^[\w-]{1,1024}$/

async function showTotp(visit: Visit): Promise<Response> {
  if (needsReauthentication(visit)) return replySeeOther(visit, pathToConfirm(visit.cafe.slug, visit.path))
  return replyPage(visit, 200, await renderTotp(visit, null, null))
}

/** A secret is kept nowhere before its app has shown that it has it: until then it travels in the form, signed for this person. */
async function renderTotp(visit: Visit, given: Uint8Array | null, refused: Refused | null): Promise<string> {
  const person = await personHere(visit)
  const secret = given ?? newTotpSecret(visit.context.random)
  return totpPage(await ownerFrameOf(visit), {
    secret,
    signed: secretSigner(visit).sign(Buffer.from(secret).toString('base64url')),
    whose: { cafeName: visit.cafe.name, email: person.email ?? person.name },
    refused,
  })
}

async function addTotp(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, nowMs } = visit
  if (needsReauthentication(visit)) return 'reauthenticate'
  const person = await personHere(visit)
  const secret = secretIn(visit, fields)
  const code = fields.one('code') ?? ''
  const step = secret && verifyTotp(code, { secret, usedStep: null, nowMs })
  if (secret === null || step === null) return 'wrong-second-factor'
  return changeFactor(visit, fields, { act: 'second-factor-added', kind: 'totp' }, async (tx) => {
    await tx.people.setTotp(cafe.id, person.id, secret)
    await tx.people.useTotpStep(cafe.id, person.id, step) // this code has had its use
  })
}

async function removeTotp(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  if (needsReauthentication(visit)) return 'reauthenticate'
  const person = await personHere(visit)
  return changeFactor(visit, fields, { act: 'second-factor-removed', kind: 'totp' }, (tx) =>
    tx.people.setTotp(visit.cafe.id, person.id, null),
  )
}

async function addPasskey(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const { cafe, nowMs } = visit
  if (needsReauthentication(visit)) return 'reauthenticate'
  const name = readName(fields.one('name'))
  if (name === null) return 'name-missing'
  const person = await personHere(visit)
  const site = passkeySite(visit)
  const challenge = await takeChallenge(visit, 'addition', fields.one('challenge'))
  const answer = fields.one('passkey') ?? ''
  const made = site && challenge && (await takePasskey(site, { answer, challenge }))
  if (!made) return 'passkey-failed'
  return changeFactor(visit, fields, { act: 'second-factor-added', kind: 'passkey' }, (tx) =>
    tx.passkeys.add(cafe.id, { ...made, personId: person.id, name, createdAtMs: nowMs }),
  )
}

async function removePasskey(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  if (needsReauthentication(visit)) return 'reauthenticate'
  const { cafe, context, params } = visit
  const person = await personHere(visit)
  const id = params.passkey ?? ''
  const passkey = PASSKEY_ID.test(id) ? await context.store.passkeys.find(cafe.id, id) : null
  if (passkey?.personId !== person.id) return replyRefusal(visit, 'not-found')
  return changeFactor(visit, fields, { act: 'second-factor-removed', kind: 'passkey' }, (tx) =>
    tx.passkeys.remove(cafe.id, person.id, id),
  )
}

/** Every other session of theirs ends with it (safety.md S24). */
async function changeFactor(
  visit: Visit,
  fields: Fields,
  done: { act: 'second-factor-added' | 'second-factor-removed'; kind: 'totp' | 'passkey' },
  work: (tx: Tx) => Promise<unknown>,
): Promise<Response | Refusal> {
  const { cafe, context, nowMs, who, address } = visit
  const personId = who.person?.id ?? ''
  const ask = askOf(visit, withoutSecrets(fields, ['secret', 'code']))
  const change = async (tx: Tx) => {
    await work(tx)
    await tx.audits.append(cafe.id, auditLine(visit, done.act, personId, { kind: done.kind }))
    return doneAt(nowMs)
  }
  const outcome = await changeOnce<never>(visit, fields, change, ask)
  if (!outcome.ok) return outcome.reason
  await endOtherSessions(visit, personId)
  await noteProven(visit, { isStrong: done.act === 'second-factor-added' })
  context.log.info({ event: done.act, kind: done.kind, person: personId, address }, 'a second factor')
  return toSecurity(visit, done.act === 'second-factor-added' ? 'factor-added' : 'factor-removed')
}

function secretIn(visit: Visit, fields: Fields): Uint8Array | null {
  const signed = secretSigner(visit).unsign(fields.one('secret') ?? '', { maxAgeSeconds: SECRET_SECONDS })
  return signed.ok ? Buffer.from(signed.value, 'base64url') : null
}

function secretSigner({ context, cafe, who }: Visit) {
  const { keys, clock } = context
  const salt = `dojang totp v1 ${cafe.slug} ${who.person?.id}`
  return createSigner({ secret: keys.current, fallbacks: keys.fallbacks, salt, clock })
}
