/** Every URL of Dojang, which methods it takes and who may enter: nothing else in the tree spells a path. */

/** Who may enter: `anyone`, a `customer` (any browser; the page decides by its card cookie) or the `operator` of the machine. */
export type Audience = 'anyone' | 'customer' | 'operator'

export type Method = 'GET' | 'POST'

export interface Route<Params extends object = object> {
  readonly pattern: string
  readonly methods: readonly Method[]
  readonly audience: Audience
  readonly href: (params: Params) => string
}

interface CafeParams {
  readonly cafe: string
}

export const routes = {
  home: route('/', ['GET'], 'anyone'),
  health: route('/healthz', ['GET'], 'operator'),
  ready: route('/readyz', ['GET'], 'operator'),
  card: cafeRoute('/:cafe/', ['GET', 'POST'], 'customer'),
  free: cafeRoute('/:cafe/free/', ['GET', 'POST'], 'customer'),
  forget: cafeRoute('/:cafe/forget/', ['POST'], 'customer'),
  preferences: cafeRoute('/:cafe/preferences/', ['POST'], 'anyone'),
} as const

/**
 * The words of paths that are Dojang's own now or are promised in the contract, so no café may be called so: the first
 * ones, which a café would hide, and those behind a slug, which would read like a page of another café's.
 */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'api',
  'healthz',
  'readyz',
  'metrics',
  'setup',
  'static',
  'favicon',
  'robots',
  'well-known',
  'free',
  'forget',
  'preferences',
  'claim',
  'me',
  'kiosk',
  'staff',
  'owner',
])

/** `Allow` of a route: GET brings HEAD along (RFC 9110 9.3.2), and every route answers OPTIONS. */
export function allowOf(methods: readonly Method[]): string {
  return methods
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .concat('OPTIONS')
    .join(', ')
}

function route(pattern: string, methods: readonly Method[], audience: Audience): Route {
  return { pattern, methods, audience, href: () => pattern }
}

function cafeRoute(pattern: string, methods: readonly Method[], audience: Audience): Route<CafeParams> {
  return {
    pattern,
    methods,
    audience,
    href: ({ cafe }) => pattern.replace(':cafe', encodeURIComponent(cafe)),
  }
}
