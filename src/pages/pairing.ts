/** Pairing: a tablet opens `/cafe/kiosk/` or `/cafe/staff/`, says the six digits, and is the café's from then on. */
import { html } from 'hono/html'
import { pairDevice } from '../commands/pair-device.ts'
import { networkOf } from '../http/address.ts'
import type { Fields } from '../http/form.ts'
import { routes } from '../routes.ts'
import { type DeviceKind, pairedSecretOf, secretHashOf } from '../rules/device.ts'
import { postForm } from '../ui/form.ts'
import type { Frame, Html } from '../ui/frame.ts'
import { layout } from '../ui/layout.ts'
import { type Refused, refusalAlert, refusalId } from '../ui/refusal.ts'
import { pairingWordsIn } from '../ui/words/pairing-words.ts'
import { type Refusal, wordsIn } from '../ui/words/words.ts'
import { changeOnce, type Declined, type Door, type PostDoor } from './door.ts'
import { replySeeOther } from './reply.ts'
import { frameOf, type Visit } from './visit.ts'

export interface PairingForm {
  readonly slug: string
  readonly kind: DeviceKind
  readonly refused: Refused | null
  /** As it was typed. */
  readonly code?: string
}

const SIX_DIGITS = /^\d{6}$/
const ROOM = { kiosk: routes.kiosk, counter: routes.staff } as const

/** @param again the page with `pairingForm` on it, where the section has one of its own */
export function pairingDoor(kind: DeviceKind, again?: PostDoor['again']): Door {
  const page: PostDoor['again'] = (visit, fields, refused) =>
    pairingPage(visit, { kind, refused, code: fields.one('code') ?? '' })
  return {
    post: { fields: ['code'], change: (visit, fields) => pair(visit, fields, kind), again: again ?? page },
  }
}

async function pair(visit: Visit, fields: Fields, kind: DeviceKind): Promise<Response | Refusal | Declined> {
  const { cafe, context, cardCookie, nowMs, address } = visit
  const code = (fields.one('code') ?? '').replace(/[\s-]/g, '')
  if (!SIX_DIGITS.test(code)) return 'pairing-wrong'
  const tooMany = await triedTooOften(visit)
  if (tooMany !== null) return tooMany
  const key = context.keys.current
  const secret = pairedSecretOf(key, cafe.id, fields.one('idempotency_key') ?? '')
  const secretHash = secretHashOf(secret)
  const browserId = cardCookie?.browserId ?? null
  const input = { cafeId: cafe.id, key, kind, code, secretHash, browserId, atMs: nowMs, address }
  const outcome = await changeOnce(visit, fields, (tx) => pairDevice(tx, input))
  if (!outcome.ok) return outcome
  const device = await context.store.devices.findBySecret(cafe.id, secretHash)
  if (device === null) return 'pairing-wrong' // an answer asked for again, of a device that was retired since
  visit.setCookies.push(
    context.deviceCookies(cafe.slug).write({ deviceId: device.id, secret }),
    context.cardCookies(cafe.slug).expire(),
  )
  context.log.info({ event: 'device-paired', device: device.id, address }, 'a tablet was paired')
  return replySeeOther(visit, ROOM[kind].home.href({ cafe: cafe.slug }))
}

/** Six digits are few: as many as a person mistypes from one address, and as many as no chance is worth from everywhere. */
async function triedTooOften({ cafe, context, address }: Visit): Promise<Declined | null> {
  const { pairingByAddress, pairingByCafe } = context.limiters
  const byAddress = await pairingByAddress.consume(cafe.id, networkOf(address))
  const taken = byAddress.ok ? await pairingByCafe.consume(cafe.id, '') : byAddress
  return taken.ok ? null : { reason: 'too-many-tries', againAtMs: taken.againAtMs }
}

/** The page of a tablet that is not paired yet. */
export async function pairingPage(
  visit: Visit,
  { kind, refused, code = '' }: Omit<PairingForm, 'slug'>,
): Promise<string> {
  const frame = frameOf(visit)
  const title = pairingWordsIn(frame.language).titles[kind]
  const form = pairingForm(frame, { slug: visit.cafe.slug, kind, refused, code })
  const section = kind === 'kiosk' ? 'kiosk' : 'staff'
  return layout(frame, { title, section, body: html`<section class="paper">${form}</section>` })
}

/** Its heading, the refusal if there is one, and the form. */
export function pairingForm(frame: Frame, { slug, kind, refused, code = '' }: PairingForm): Html {
  const words = pairingWordsIn(frame.language)
  const isWrong = refused?.reason === 'pairing-wrong' || refused?.reason === 'pairing-kind'
  const form = postForm({
    action: ROOM[kind].pairing.href({ cafe: slug }),
    id: 'pairing',
    frame,
    body: html`<label for="code">${words.code}</label>
<input id="code" name="code" type="tel" inputmode="numeric" autocomplete="off" maxlength="9" required value="${code}"${isWrong ? html` aria-invalid="true" aria-describedby="${refusalId}"` : null}>
<button class="main">${words.pair}</button>`,
  })
  return html`<h1>${words.titles[kind]}</h1>${refusalAlert(wordsIn(frame.language), refused)}
<p>${words.about}</p>${form}`
}
