/** The cookie that a followed link is swapped for: which link it was, for as long as the link itself would have lasted. */
import { OWNER_LINK_MS } from '../../commands/make-invitation.ts'
import { cookie, type TypedCookie } from '../../http/cookie.ts'
import { createCookieSigner } from '../../http/signing.ts'
import type { PageContext } from '../context.ts'

export interface SetupCookie {
  readonly purpose: 'setup' | 'reset'
  readonly slug: string
  readonly invitationId: string
  readonly madeAtMs: number
}

const FORM = /^(setup|reset)\.([a-z0-9-]{1,32})\.([\w-]{43})$/

export function setupCookieOf({ keys, clock, publicUrl }: PageContext): TypedCookie<SetupCookie> {
  const isHttps = publicUrl?.protocol === 'https:'
  const name = isHttps ? '__Host-setup' : 'setup'
  const signing = { secret: keys.current, fallbacks: keys.fallbacks, clock }
  const signer = createCookieSigner({ ...signing, name, salt: 'dojang setup v1' })
  const maxAgeSeconds = OWNER_LINK_MS / 1000
  return cookie<SetupCookie>(name, {
    signed: true,
    secure: isHttps,
    httpOnly: true,
    sameSite: 'Lax',
    maxAgeSeconds,
    format: ({ purpose, slug, invitationId, madeAtMs }) =>
      signer.sign(`${purpose}.${slug}.${invitationId}`, { atMs: madeAtMs }),
    parse(text) {
      const signed = signer.unsign(text, { maxAgeSeconds })
      const [, purpose, slug, invitationId] = (signed.ok && FORM.exec(signed.value)) || []
      if (!signed.ok || slug === undefined || invitationId === undefined) return null
      return {
        purpose: purpose === 'reset' ? 'reset' : 'setup',
        slug,
        invitationId,
        madeAtMs: signed.signedAtMs,
      }
    },
  })
}
