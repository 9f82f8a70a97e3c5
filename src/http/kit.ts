/**
 * The state kit as others import it, `dojang/http`: cookies, signing, sessions, CSRF, forms and headers for anyone who
 * has headers in hand, in Hono, Fastify or bare `node:http`. Inside this service, import each file by its own name.
 */

export {
  type CookieAttributes,
  type CookieDeclaration,
  CookieError,
  type CookiePairs,
  cookie,
  cookiePairs,
  expireCookie,
  parseCookies,
  serializeCookie,
  type TypedCookie,
} from './cookie.ts'
export {
  type Csrf,
  type CsrfOptions,
  type CsrfRequest,
  checkOrigin,
  createCsrf,
  type OriginFault,
  type OriginRules,
  type RequestSource,
  type SessionCsrf,
  sessionCsrf,
  type TokenBinding,
} from './csrf.ts'
export { unquotePython } from './django-text.ts'
export { createFlash, type Flash, type FlashOptions } from './flash.ts'
export { type Fields, type Form, type FormFault, readForm } from './form.ts'
export { hostCheck } from './host.ts'
export {
  type GuardAnswer,
  type GuardReason,
  guardedListener,
  guardServer,
  type RenderRefusal,
  SERVER_OPTIONS,
} from './limits.ts'
export type { Committed, Session } from './open-session.ts'
export { createPreferences, negotiateLanguage, type Preferences } from './preferences.ts'
export {
  cspHash,
  encodeLocation,
  type Redirect,
  type RedirectStatus,
  redirect,
  type SecurityOptions,
  safeNext,
  securityHeaders,
  setCookieLine,
} from './response.ts'
export { createSessions, type Sessions, type SessionsOptions } from './session.ts'
export {
  createMemorySessionStore,
  type SessionChange,
  type SessionChoice,
  type SessionRow,
  type SessionStore,
} from './session-store.ts'
export {
  type CookieSignerOptions,
  createCookieSigner,
  createSigner,
  type Signer,
  type SignerOptions,
  type SigningFault,
  type SigningKeys,
  signObject,
  type Unsigned,
  unsignObject,
} from './signing.ts'
