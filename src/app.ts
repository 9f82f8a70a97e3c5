/** The app: `Request` in, `Response` out. What every request passes, in order, and then the doors. */
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import type { Clock, Random } from './clock.ts'
import type { Config } from './config.ts'
import { createCsrf } from './http/csrf.ts'
import { createFlash } from './http/flash.ts'
import { hostCheck } from './http/host.ts'
import type { RenderRefusal } from './http/limits.ts'
import { createPreferences } from './http/preferences.ts'
import { redirect, securityHeaders } from './http/response.ts'
import { admit } from './pages/admission.ts'
import { noteAddress } from './pages/client-address.ts'
import type { PageContext } from './pages/context.ts'
import { createCardCookies } from './pages/customer/card-cookie.ts'
import { customerSection } from './pages/customer/doors.ts'
import { createDeviceCookies } from './pages/device-cookie.ts'
import { type Door, postThrough, postUndone, type Section } from './pages/door.ts'
import { guardWith } from './pages/guard.ts'
import { showHealth, showReadiness } from './pages/health.ts'
import { showHome } from './pages/home.ts'
import { kioskSection } from './pages/kiosk/doors.ts'
import { createKioskCookies } from './pages/kiosk/kiosk-cookies.ts'
import { LiveStreams } from './pages/live.ts'
import { readNotice } from './pages/notice.ts'
import { ownerSection } from './pages/owner/doors.ts'
import { createPeopleSessions } from './pages/people-sessions.ts'
import { REFUSAL_STATUS } from './pages/refusals.ts'
import { refusalHeaders, replyPage, replyRefusal } from './pages/reply.ts'
import { postSetup, showSetup, toSetup } from './pages/setup/setup.ts'
import { staffSection } from './pages/staff/doors.ts'
import { enterCafe, meetPerson, recallCafe, type Visit } from './pages/visit.ts'
import { allowOf, type CafeRoute, type Route, routes } from './routes.ts'
import { createLimiters } from './sign-in/limits.ts'
import { createPins } from './sign-in/pin.ts'
import type { Keys } from './store/keys.ts'
import { type Store, StoreUnavailable } from './store/store.ts'
import { inlinedScripts } from './ui/script.ts'
import { inlinedStyles } from './ui/styles.ts'

export interface AppParts {
  readonly config: Config
  readonly store: Store
  readonly keys: Keys
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
}

export interface App {
  /** @param from.address the client's, where a connection or a proxy of ours told it */
  fetch(request: Request, from?: { readonly address: string }): Promise<Response>
  /** What the server says to requests that break its limits. */
  readonly refuse: RenderRefusal
  /** Ends what would never end by itself: the streams of live pages. */
  close(): void
}

const SECTIONS: readonly Section[] = [customerSection, kioskSection, staffSection, ownerSection]

export function createApp(parts: AppParts): App {
  const context = createContext(parts)
  const router = new Hono()
  router.get(routes.home.pattern, (c) => showHome(meetPerson(context, c.req.raw)))
  router.get(routes.health.pattern, () => showHealth(context))
  router.get(routes.ready.pattern, () => showReadiness(context))
  router.get(routes.setup.pattern, (c) => showSetup(meetPerson(context, c.req.raw)))
  router.post(routes.setup.pattern, (c) => postSetup(meetPerson(context, c.req.raw)))
  router.all(routes.setup.pattern.slice(0, -1), (c) => toSetup(meetPerson(context, c.req.raw)))
  for (const route of [routes.home, routes.health, routes.ready, routes.setup])
    refuseOtherMethods(router, context, route)
  for (const section of SECTIONS)
    for (const [route, door] of section.doors) addDoor(router, context, { route, door, section })
  router.notFound((c) => replyRefusal(meetPerson(context, c.req.raw), 'not-found'))
  router.onError((error, c) => replyError(context, c.req.raw, error))

  const isOurHost = hostCheck({ publicUrl: parts.config.publicUrl })
  const isLocalHost = hostCheck({ publicUrl: null })
  return {
    refuse: guardWith(context),
    close: () => context.streams.closeAll(),
    async fetch(request, from) {
      if (from !== undefined) noteAddress(request, from.address)
      const { host, path } = placeOf(request)
      const isProbe = path === routes.health.pattern || path === routes.ready.pattern // probes come by the machine's own address
      if (!isOurHost(host) && !(isProbe && isLocalHost(host)))
        return replyRefusal(meetPerson(context, request), 'wrong-host')
      return router.fetch(request)
    },
  }
}

function createContext({ config, store, keys, clock, random, log }: AppParts): PageContext {
  const isHttps = config.publicUrl?.protocol === 'https:'
  const signing = { secret: keys.current, fallbacks: keys.fallbacks, clock }
  return {
    store,
    keys,
    clock,
    random,
    log,
    publicUrl: config.publicUrl,
    csrf: createCsrf({ ...signing, secure: isHttps, random: random.bytes }),
    cardCookies: createCardCookies({ ...signing, isHttps }),
    deviceCookies: createDeviceCookies({ isHttps }),
    kioskCookies: createKioskCookies({ secure: isHttps }),
    peopleSessions: createPeopleSessions({ store, clock, random, isHttps }),
    pins: createPins(random, keys),
    limiters: createLimiters(store, clock),
    streams: new LiveStreams(),
    flash: createFlash({ ...signing, secure: isHttps, parse: readNotice }),
    preferences: createPreferences({ secure: isHttps }),
    lastSeen: new Map(),
    headers: securityHeaders({ https: isHttps, styles: inlinedStyles, scripts: inlinedScripts }),
  }
}

interface Entrance {
  readonly route: CafeRoute
  readonly door: Door
  readonly section: Section
}

function addDoor(router: Hono, context: PageContext, entrance: Entrance): void {
  const { route, door } = entrance
  const { get, post } = door
  const enter = (c: Context) => enterCafe(meetPerson(context, c.req.raw), c.req.param())
  const noCafe = (request: Request) => replyRefusal(meetPerson(context, request), 'cafe-not-found')
  if (get !== undefined) {
    router.get(route.pattern, async (c) => {
      const visit = await enter(c)
      return visit === null ? noCafe(c.req.raw) : ((await turnAway(visit, entrance)) ?? get(visit))
    })
  }
  if (post !== undefined) {
    router.post(route.pattern, async (c) => {
      try {
        const visit = await enter(c)
        if (visit === null) return noCafe(c.req.raw)
        return (await turnAway(visit, entrance)) ?? (await postThrough(post, visit))
      } catch (error) {
        const isUnread = error instanceof StoreUnavailable && !post.isForKnown && !c.req.raw.bodyUsed
        const recalled =
          isUnread && entrance.section === customerSection
            ? recallCafe(meetPerson(context, c.req.raw), c.req.param('cafe') ?? '')
            : null
        if (recalled === null) throw error
        context.log.error({ err: error }, 'cannot read')
        return postUndone(post, recalled)
      }
    })
  }
  refuseOtherMethods(router, context, route)
  router.all(route.pattern.slice(0, -1), async (c) => {
    if ((await enter(c)) === null) return noCafe(c.req.raw)
    const { path, query } = placeOf(c.req.raw)
    const { status, headers } = redirect(`${path}/${query}`, 308) // 308 keeps method and body, so a POST is not lost
    return new Response(null, { status, headers: { ...context.headers, 'content-length': '0', ...headers } })
  })
}

/** The answer to whoever may not enter; null for who may. */
async function turnAway(visit: Visit, { route, section }: Entrance): Promise<Response | null> {
  const admission = admit(route.audience, visit.who)
  if (admission === 'in') return null
  const { device, person } = visit.who
  const facts = { event: 'access-refused', route: route.pattern, address: visit.address } // the path may hold a token
  visit.context.log.info({ ...facts, device: device?.id, person: person?.id }, 'not theirs to open')
  if (admission === 'out')
    return replyRefusal(visit, route.audience === 'customer' ? 'device-only' : 'not-allowed')
  if (section.signIn === undefined) return replyRefusal(visit, 'not-signed-in')
  const html = await section.signIn(visit, { reason: 'not-signed-in' })
  return replyPage(visit, REFUSAL_STATUS['not-signed-in'], html, refusalHeaders('not-signed-in'))
}

function refuseOtherMethods(
  router: Hono,
  context: PageContext,
  route: Pick<Route, 'pattern' | 'methods'>,
): void {
  const allow = allowOf(route.methods)
  router.options(
    route.pattern,
    () => new Response(null, { status: 204, headers: { ...context.headers, allow } }),
  )
  router.all(route.pattern, (c) => replyRefusal(meetPerson(context, c.req.raw), 'wrong-method', { allow }))
}

/** A bug, or a store that cannot be read: a sentence and a number to find it by in the log, never a stack trace. */
function replyError(context: PageContext, request: Request, error: Error): Promise<Response> {
  const person = meetPerson(context, request)
  if (error instanceof StoreUnavailable) {
    context.log.error({ err: error }, 'cannot read')
    return replyRefusal(person, 'busy')
  }
  const requestId = context.random.uuid()
  context.log.error({ err: error, requestId }, 'bug')
  return replyRefusal(person, 'bug', { 'x-request-id': requestId })
}

/** Host, path and query as they were sent: the URL parser would cost more than the rest of the way. */
function placeOf({ url }: Request): { host: string; path: string; query: string } {
  const hostStart = url.indexOf('//') + 2
  const pathStart = url.indexOf('/', hostStart)
  const queryStart = url.indexOf('?', pathStart)
  const pathEnd = queryStart === -1 ? url.length : queryStart
  return {
    host: url.slice(hostStart, pathStart),
    path: url.slice(pathStart, pathEnd),
    query: url.slice(pathEnd),
  }
}
