/** Every URL of Dojang, which methods it takes and who may enter: nothing else in the tree spells a path. */

/**
 * Who may enter (pages/admission.ts): `anyone`; a `customer` (anybody but a paired device; the page decides by the card cookie); a `kiosk` device;
 * a `counter` (device, or a person at their own phone); a person who is `staff` or above; a `manager` or the owner, and the `owner` alone, both
 * by their own sign-in, as a PIN opens nothing but the counter; the `operator` of the machine.
 */
export type Audience =
  | 'anyone'
  | 'customer'
  | 'kiosk'
  | 'counter'
  | 'staff'
  | 'manager'
  | 'owner'
  | 'operator'

export type Method = 'GET' | 'POST'

export interface Route<Params extends object = object> {
  readonly pattern: string
  readonly methods: readonly Method[]
  readonly audience: Audience
  readonly href: (params: Params) => string
}

/** A route inside a café. */
export type CafeRoute = Pick<Route, 'methods' | 'audience'> & { readonly pattern: `/:cafe/${string}` }

type ParamsOf<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & ParamsOf<Rest>
  : object

const GET = ['GET'] as const
const POST = ['POST'] as const
const BOTH = ['GET', 'POST'] as const

export const routes = {
  home: route('/', GET, 'anyone'),
  health: route('/healthz', GET, 'operator'),
  ready: route('/readyz', GET, 'operator'),
  setup: route('/setup/', BOTH, 'anyone'), // what lets in is the token, then the short cookie that it was swapped for

  card: route('/:cafe/', BOTH, 'customer'),
  free: route('/:cafe/free/', BOTH, 'customer'),
  forget: route('/:cafe/forget/', POST, 'customer'),
  claim: route('/:cafe/claim/:token/', BOTH, 'customer'),
  live: route('/:cafe/live/', GET, 'customer'),
  browserRemoval: route('/:cafe/browsers/:browser/removal/', POST, 'customer'),
  copyNotice: route('/:cafe/copy-notice/', POST, 'customer'),
  preferences: route('/:cafe/preferences/', POST, 'anyone'),

  kiosk: {
    home: route('/:cafe/kiosk/', GET, 'kiosk'),
    pairing: route('/:cafe/kiosk/pairing/', POST, 'anyone'), // what lets in is the code
    stamps: route('/:cafe/kiosk/stamps/', POST, 'kiosk'),
    settings: route('/:cafe/kiosk/settings/', POST, 'kiosk'),
    live: route('/:cafe/kiosk/live/', GET, 'kiosk'),
  },

  staff: {
    home: route('/:cafe/staff/', GET, 'counter'),
    pairing: route('/:cafe/staff/pairing/', POST, 'anyone'), // what lets in is the code
    pin: route('/:cafe/staff/pin/', POST, 'counter'),
    signOut: route('/:cafe/staff/sign-out/', POST, 'counter'),
    invitation: route('/:cafe/staff/invitation/:token/', BOTH, 'customer'), // what lets in is the token; never on a paired device
    searches: route('/:cafe/staff/searches/', POST, 'staff'),
    stamps: route('/:cafe/staff/stamps/', POST, 'staff'),
    card: route('/:cafe/staff/cards/:card/', GET, 'staff'),
    cardStamps: route('/:cafe/staff/cards/:card/stamps/', POST, 'staff'),
    redemptions: route('/:cafe/staff/cards/:card/redemptions/', POST, 'staff'),
    claims: route('/:cafe/staff/cards/:card/claims/', POST, 'staff'),
    voids: route('/:cafe/staff/entries/:entry/voids/', POST, 'staff'),
    moves: route('/:cafe/staff/entries/:entry/moves/', POST, 'staff'),
    nods: route('/:cafe/staff/claims/:claim/nods/', POST, 'staff'),
    decisions: route('/:cafe/staff/requests/:request/decisions/', POST, 'staff'),
    live: route('/:cafe/staff/live/', GET, 'counter'),
  },

  owner: {
    home: route('/:cafe/owner/', GET, 'manager'),
    live: route('/:cafe/owner/live/', GET, 'manager'),
    signIn: route('/:cafe/owner/sign-in/', POST, 'anyone'), // what lets in is the password
    secondFactor: route('/:cafe/owner/second-factor/', BOTH, 'anyone'), // after the password, before the session counts
    passkeySignIn: route('/:cafe/owner/passkey-sign-in/', POST, 'anyone'),
    signOut: route('/:cafe/owner/sign-out/', POST, 'anyone'), // whoever is signed out already is where they wanted to be
    reauthentication: route('/:cafe/owner/reauthentication/', BOTH, 'manager'),
    security: route('/:cafe/owner/security/', GET, 'manager'),
    password: route('/:cafe/owner/security/password/', POST, 'manager'),
    totp: route('/:cafe/owner/security/totp/', BOTH, 'manager'),
    totpRemoval: route('/:cafe/owner/security/totp/removal/', POST, 'manager'),
    passkeys: route('/:cafe/owner/security/passkeys/', POST, 'manager'),
    passkeyRemoval: route('/:cafe/owner/security/passkeys/:passkey/removal/', POST, 'manager'),
    sessionEnd: route('/:cafe/owner/security/sessions/:session/end/', POST, 'manager'),
    sessionsEnd: route('/:cafe/owner/security/sessions/end/', POST, 'manager'),
    programme: route('/:cafe/owner/programme/', BOTH, 'manager'),
    limits: route('/:cafe/owner/limits/', POST, 'owner'),
    devices: route('/:cafe/owner/devices/', BOTH, 'manager'),
    deviceCode: route('/:cafe/owner/devices/:device/code/', POST, 'manager'),
    deviceRevocation: route('/:cafe/owner/devices/:device/revocation/', POST, 'manager'),
    deviceWaitEnd: route('/:cafe/owner/devices/:device/wait-end/', POST, 'manager'),
    branches: route('/:cafe/owner/branches/', POST, 'owner'),
    staff: route('/:cafe/owner/staff/', BOTH, 'manager'),
    person: route('/:cafe/owner/staff/:person/', BOTH, 'manager'),
    personPin: route('/:cafe/owner/staff/:person/pin/', POST, 'manager'),
    personInvitation: route('/:cafe/owner/staff/:person/invitation/', POST, 'manager'),
    personEnd: route('/:cafe/owner/staff/:person/end/', POST, 'manager'),
    customers: route('/:cafe/owner/customers/', BOTH, 'manager'),
    number: route('/:cafe/owner/customers/:card/number/', POST, 'owner'),
    audit: route('/:cafe/owner/audit/', GET, 'manager'),
  },
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
  'live',
  'browsers',
  'copy-notice',
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

function route<const Pattern extends string>(
  pattern: Pattern,
  methods: readonly Method[],
  audience: Audience,
): Route<ParamsOf<Pattern>> & { readonly pattern: Pattern } {
  const href = (params: ParamsOf<Pattern>) =>
    Object.entries<string>({ ...params }).reduce(
      (path, [name, value]) => path.replace(`:${name}`, encodeURIComponent(value)),
      pattern as string,
    )
  return { pattern, methods, audience, href }
}
