/** One request as the pages see it: the person who asks, and the café they are in. */
import { type Ask, browserAsker } from '../commands/answer-once.ts'
import { type CookiePairs, cookiePairs } from '../http/cookie.ts'
import type { CsrfRequest } from '../http/csrf.ts'
import type { Fields } from '../http/form.ts'
import { LANGUAGES, negotiateLanguage } from '../http/preferences.ts'
import { routes } from '../routes.ts'
import { type CardView, viewOf } from '../rules/card.ts'
import { maskPhone } from '../rules/phone.ts'
import type { Programme } from '../rules/programme.ts'
import type { BrowserWithCard } from '../store/browsers.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Frame, Theme } from '../ui/frame.ts'
import type { Language } from '../ui/words/words.ts'
import { addressOf } from './client-address.ts'
import type { PageContext, SeenCafe } from './context.ts'
import type { CardCookie } from './customer/card-cookie.ts'
import { noteCookieUse } from './customer/cookie-use.ts'
import { findWho, type Who } from './who.ts'

/** Anyone who asks for a page, in a café or not. */
export interface Person {
  readonly context: PageContext
  readonly request: Request
  /** The client's: the socket's, or what a proxy of ours said (http/address.ts). */
  readonly address: string
  readonly path: string
  readonly nowMs: number
  readonly pairs: CookiePairs
  readonly csrf: CsrfRequest
  readonly language: Language
  readonly theme: Theme
  /** `Set-Cookie` lines that the answer will carry. */
  readonly setCookies: string[]
}

/** A person in a café. */
export interface Visit extends Person {
  readonly cafe: Cafe
  readonly programme: Programme
  /** What a rightly signed card cookie says, whether or not that browser is still known. */
  readonly cardCookie: CardCookie | null
  /** The known browser with its card, or null. */
  readonly known: KnownBrowser | null
  /** What stands in the path besides the café, such as a card's id. */
  readonly params: Readonly<Record<string, string>>
  /** The device and the person of the café that ask, if any. */
  readonly who: Who
  /** The key of a request that may or may not have been done: the same form keeps it, so that asking again is safe. */
  readonly unansweredKey?: string
}

export interface KnownBrowser extends BrowserWithCard {
  readonly view: CardView
}

const HOME = routes.home.href({})
const CAFES_SEEN_MAX = 1_000 // a kilobyte each

/** The frame of a page that belongs to no café. */
export const OUTSIDE = {
  cafe: null,
  isTrial: false,
  hrefs: { home: HOME, card: HOME, free: HOME, forget: HOME, preferences: null },
  maskedPhone: null,
} as const

export function meetPerson(context: PageContext, request: Request): Person {
  const pairs = cookiePairs(request.headers.get('cookie'))
  return {
    context,
    request,
    address: addressOf(request),
    path: pathOf(request),
    nowMs: context.clock(),
    pairs,
    csrf: context.csrf.open(pairs),
    language:
      context.preferences.languageCookie.read(pairs) ??
      languageAskedFor(request.headers.get('accept-language')),
    theme: context.preferences.themeCookie.read(pairs) ?? 'auto',
    setCookies: [],
  }
}

/** @returns null when there is no such café */
export async function enterCafe(
  person: Person,
  { cafe: slug = '', ...params }: Readonly<Record<string, string>>,
): Promise<Visit | null> {
  const { store, cardCookies } = person.context
  const cafe = await store.cafes.findBySlug(slug)
  if (cafe === null) return null
  const programme = await store.cafes.programmeOf(cafe.id)
  remember(person.context, { cafe, programme })
  const who = await findWho({ ...person, cafe })
  const cardCookie = who.device === null ? cardCookies(cafe.slug).read(person.pairs) : null // a shared tablet is no customer's
  const language = who.device?.kind === 'kiosk' ? languageOfKiosk(person, cafe) : person.language
  const visit = await lookAgain({
    ...person,
    language,
    cafe,
    programme,
    params,
    who,
    cardCookie,
    known: null,
  })
  const isListening = person.path === routes.live.href({ cafe: slug }) // the page that listens was the use
  return !isListening && (await noteCookieUse(visit)) === 'copy' ? lookAgain(visit) : visit
}

/** The café as it was last seen, while the database cannot be asked. @returns null where a card would have to be read */
export function recallCafe(person: Person, slug: string): Visit | null {
  const seen = person.context.lastSeen.get(slug)
  const { cardCookies, deviceCookies, peopleSessions } = person.context
  if (seen === undefined || cardCookies(slug).read(person.pairs) !== null) return null
  if (deviceCookies(slug).read(person.pairs) !== null) return null
  const { owner, staff } = peopleSessions(seen.cafe)
  const sessions = { owner: owner.open(person.pairs), staff: staff.open(person.pairs) }
  return {
    ...person,
    ...seen,
    params: {},
    who: { device: null, person: null, sessions },
    cardCookie: null,
    known: null,
  }
}

/** The café's own, until a customer chooses another for the moment. */
function languageOfKiosk({ context, pairs }: Person, cafe: Cafe): Language {
  return context.kioskCookies.languageCookie.read(pairs) ?? cafe.language
}

function remember({ lastSeen }: PageContext, seen: SeenCafe): void {
  if (lastSeen.size >= CAFES_SEEN_MAX && !lastSeen.has(seen.cafe.slug)) lastSeen.clear()
  lastSeen.set(seen.cafe.slug, seen)
}

/** The same visit with the card as it stands now. */
export async function lookAgain(visit: Visit): Promise<Visit> {
  return { ...visit, known: visit.cardCookie && (await findKnown(visit, visit.cardCookie.browserId)) }
}

/** The person's request as one that is answered once (commands/answer-once.ts). */
export function askOf(visit: Visit, fields: Fields): Ask {
  const ask = {
    cafeId: visit.cafe.id,
    key: fields.one('idempotency_key') ?? '',
    request: requestText(visit, fields),
  }
  const { device, person } = visit.who
  if (person !== null) return { ...ask, askers: [`person:${person.id}`] }
  const asCsrf = `csrf:${visit.csrf.id}`
  if (device !== null) return { ...ask, askers: [`device:${device.id}`, asCsrf] } // by its old name it has asked to be paired
  const asBrowser = browserAsker(visit.cardCookie?.browserId ?? null)
  if (asBrowser === null) return { ...ask, askers: [asCsrf] }
  return { ...ask, askers: visit.known === null ? [asCsrf, asBrowser] : [asBrowser, asCsrf] }
}

/**
 * The same for the request that ends a known browser: pressed again it comes without a card cookie, so its answer is
 * kept under the name that stays. That name is not enough for whoever became known in this browser since.
 */
export function lastAskOf(visit: Visit, fields: Fields): Ask {
  const ask = askOf(visit, fields)
  if (visit.known === null) return ask
  const [asBrowser, asCsrf = asBrowser] = ask.askers
  return { ...ask, askers: [asBrowser], keptAs: asCsrf }
}

/** Today's card cookie for the browser as which the person goes on; never one older than what it has shown. */
export function rememberBrowser(visit: Visit, browserId: string): void {
  const { cafe, cardCookie, context, nowMs } = visit
  const shown = cardCookie?.browserId === browserId ? cardCookie.issuedAtMs : 0
  const issuedAtMs = Math.max(nowMs, shown)
  visit.setCookies.push(context.cardCookies(cafe.slug).write({ browserId, issuedAtMs, isStale: false }))
}

/** What every page is framed by; in a café with its name and the person's number, masked. */
export function frameOf(visit: Person | Visit): Frame {
  const { context, language, theme, nowMs, path, csrf } = visit
  let token: string | null = null // one a page: its forms go out together, so one mask hides it for all
  const csrfToken = () => {
    token ??= csrf.token()
    return token
  }
  const unanswered = 'unansweredKey' in visit ? visit.unansweredKey : undefined
  const keyFor = (action: string) => (action === path && unanswered) || newKey(context)
  const forms = { csrfToken, keyFor }
  const base = { language, theme, nowMs, path, forms }
  if (!('cafe' in visit)) return { ...base, ...OUTSIDE }
  const { cafe, known } = visit
  const params = { cafe: cafe.slug }
  return {
    ...base,
    cafe: { name: cafe.name, timeZone: cafe.timeZone },
    isTrial: cafe.setUpAtMs === null,
    hrefs: {
      home: HOME,
      card: routes.card.href(params),
      free: routes.free.href(params),
      forget: routes.forget.href(params),
      preferences: routes.preferences.href(params),
    },
    maskedPhone: known && maskPhone(known.phone()),
  }
}

/** Korean unless asked otherwise, English for those who ask for a language that Dojang has not. */
export function languageAskedFor(asked: string | null): Language {
  return negotiateLanguage(asked, LANGUAGES, asked === null || asked === '*' ? 'ko' : 'en')
}

async function findKnown(
  { context, cafe, programme }: Visit,
  browserId: string,
): Promise<KnownBrowser | null> {
  const found = await context.store.browsers.findWithCard(cafe.id, browserId)
  return found && { ...found, view: viewOf(found.card, found.browser, programme) }
}

/** An idempotency key: 48 bits of time first, so that the keys of a day lie together on the disk, then 128 random bits. */
function newKey({ clock, random }: PageContext): string {
  const time = clock().toString(16).padStart(12, '0')
  return `${time}-${Buffer.from(random.bytes(16)).toString('base64url')}`
}

/** What is asked and all its fields but the token and the key. */
function requestText(visit: Visit, fields: Fields): string {
  const asked = fields.names().filter((name) => name !== 'csrf_token' && name !== 'idempotency_key')
  return JSON.stringify([visit.path, ...asked.map((name) => [name, fields.one(name)])])
}

/** The path as it was sent, without the query: Request parses the whole URL only to give it. */
function pathOf(request: Request): string {
  const start = request.url.indexOf('/', request.url.indexOf('//') + 2)
  const end = request.url.indexOf('?', start)
  return start === -1 ? HOME : request.url.slice(start, end === -1 ? undefined : end)
}
