/** What a kiosk keeps on the tablet, in plain cookies: how it looks, and the language that a customer chose for the moment. */
import { cookie, type TypedCookie } from '../../http/cookie.ts'
import { LANGUAGES, type Language } from '../../http/preferences.ts'

export interface KioskView {
  readonly isLarge: boolean
  readonly isContrast: boolean
}

export interface KioskCookies {
  readonly viewCookie: TypedCookie<KioskView>
  readonly languageCookie: TypedCookie<Language>
}

const VIEW_SECONDS = 400 * 24 * 60 * 60 // as long as browsers keep any cookie
const LANGUAGE_SECONDS = 3 * 60 // one customer's time; the page drops it sooner, when they are done

export function createKioskCookies({ secure }: { readonly secure: boolean }): KioskCookies {
  return {
    viewCookie: cookie<KioskView>('kiosk_view', {
      secure,
      httpOnly: true,
      maxAgeSeconds: VIEW_SECONDS,
      format: ({ isLarge, isContrast }) =>
        `${isLarge ? 'large' : 'plain'}.${isContrast ? 'contrast' : 'soft'}`,
      parse(text) {
        const shape = /^(large|plain)\.(contrast|soft)$/.exec(text)
        return shape && { isLarge: shape[1] === 'large', isContrast: shape[2] === 'contrast' }
      },
    }),
    languageCookie: cookie<Language>('kiosk_language', {
      secure,
      httpOnly: false,
      maxAgeSeconds: LANGUAGE_SECONDS,
      format: (language) => language,
      parse: (text) => LANGUAGES.find((language) => language === text) ?? null,
    }),
  }
}
