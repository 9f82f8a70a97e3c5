/** The cookie of a paired tablet: which device it is, and the secret that only it holds. */
import { cookie, type TypedCookie } from '../http/cookie.ts'
import { onceACafe } from './once-a-cafe.ts'
import { idOfShort, shortIdOf } from './short-id.ts'

export interface DeviceCookie {
  readonly deviceId: string
  readonly secret: string
}

/** One declaration a café: `device_<slug>`, on https `__Host-device_<slug>`. */
export type DeviceCookies = (slug: string) => TypedCookie<DeviceCookie>

const MAX_AGE_SECONDS = 400 * 24 * 60 * 60 // the longest that browsers keep any; unused for 31 days it is over anyway
const SECRET = /^[\w-]{43}$/ // 256 bits

export function createDeviceCookies({ isHttps }: { readonly isHttps: boolean }): DeviceCookies {
  return onceACafe((slug) =>
    cookie<DeviceCookie>(`${isHttps ? '__Host-' : ''}device_${slug}`, {
      secure: isHttps,
      httpOnly: true,
      sameSite: 'Lax',
      maxAgeSeconds: MAX_AGE_SECONDS,
      format: ({ deviceId, secret }) => `${shortIdOf(deviceId)}.${secret}`,
      parse(text) {
        const [id = '', secret = '', ...rest] = text.split('.')
        const deviceId = idOfShort(id)
        return deviceId === null || !SECRET.test(secret) || rest.length > 0 ? null : { deviceId, secret }
      },
    }),
  )
}
