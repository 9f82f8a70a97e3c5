// Who may enter where, written down: a row for every route and method, a column for everybody who may come by. test/matrix.test.ts holds it
// against routes.ts and against the app itself (safety.md S42).

/** `.` in, `s` who they are is asked first (401), `x` it is known, and this is not theirs (403). */
export type Admission = '.' | 's' | 'x'

export const ROLES = [
  'stranger', // a browser that nobody knows
  'customer', // bound to a card by its number
  'proven', // whose browser a claim has proven
  'kiosk', // a paired tablet that faces customers
  'counter', // a paired tablet with nobody at it
  'pin', // staff at that tablet, by their PIN
  'pinManager', // a manager there, by a PIN
  'phone', // staff on their own phone
  'manager', // by their own sign-in
  'owner', // by their own sign-in
  'ownerAtCounter', // signed in on the counter's tablet
  'ownerAtKiosk', // signed in on a kiosk, of all places
  'rivalOwner', // of another café
  'rivalKiosk', // of another café
] as const

export type MatrixRole = (typeof ROLES)[number]

const TABLE = `
                              stranger customer proven kiosk counter pin pinManager phone manager owner ownerAtCounter ownerAtKiosk rivalOwner rivalKiosk
home GET                      .        .        .      .     .       .   .          .     .       .     .              .            .          .
health GET                    .        .        .      .     .       .   .          .     .       .     .              .            .          .
ready GET                     .        .        .      .     .       .   .          .     .       .     .              .            .          .
setup GET                     .        .        .      .     .       .   .          .     .       .     .              .            .          .
setup POST                    .        .        .      .     .       .   .          .     .       .     .              .            .          .
card GET                      .        .        .      x     x       x   x          .     .       .     x              x            .          .
card POST                     .        .        .      x     x       x   x          .     .       .     x              x            .          .
free GET                      .        .        .      x     x       x   x          .     .       .     x              x            .          .
free POST                     .        .        .      x     x       x   x          .     .       .     x              x            .          .
forget POST                   .        .        .      x     x       x   x          .     .       .     x              x            .          .
claim GET                     .        .        .      x     x       x   x          .     .       .     x              x            .          .
claim POST                    .        .        .      x     x       x   x          .     .       .     x              x            .          .
live GET                      .        .        .      x     x       x   x          .     .       .     x              x            .          .
browserRemoval POST           .        .        .      x     x       x   x          .     .       .     x              x            .          .
copyNotice POST               .        .        .      x     x       x   x          .     .       .     x              x            .          .
preferences POST              .        .        .      .     .       .   .          .     .       .     .              .            .          .
kiosk.home GET                s        s        s      .     x       x   x          s     s       s     x              .            s          s
kiosk.pairing POST            .        .        .      .     .       .   .          .     .       .     .              .            .          .
kiosk.stamps POST             s        s        s      .     x       x   x          s     s       s     x              .            s          s
kiosk.settings POST           s        s        s      .     x       x   x          s     s       s     x              .            s          s
kiosk.live GET                s        s        s      .     x       x   x          s     s       s     x              .            s          s
staff.home GET                s        s        s      x     .       .   .          .     .       .     .              x            s          s
staff.pairing POST            .        .        .      .     .       .   .          .     .       .     .              .            .          .
staff.pin POST                s        s        s      x     .       .   .          .     .       .     .              x            s          s
staff.signOut POST            s        s        s      x     .       .   .          .     .       .     .              x            s          s
staff.invitation GET          .        .        .      x     x       x   x          .     .       .     x              x            .          .
staff.invitation POST         .        .        .      x     x       x   x          .     .       .     x              x            .          .
staff.searches POST           s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.stamps POST             s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.card GET                s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.cardStamps POST         s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.redemptions POST        s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.claims POST             s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.voids POST              s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.moves POST              s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.nods POST               s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.decisions POST          s        s        s      x     s       .   .          .     .       .     .              x            s          s
staff.live GET                s        s        s      x     .       .   .          .     .       .     .              x            s          s
owner.home GET                s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.live GET                s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.signIn POST             .        .        .      .     .       .   .          .     .       .     .              .            .          .
owner.secondFactor GET        s        s        s      s     s       s   s          s     .       .     .              s            s          s
owner.secondFactor POST       .        .        .      .     .       .   .          .     .       .     .              .            .          .
owner.passkeySignIn POST      .        .        .      .     .       .   .          .     .       .     .              .            .          .
owner.signOut POST            .        .        .      .     .       .   .          .     .       .     .              .            .          .
owner.reauthentication GET    s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.reauthentication POST   s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.security GET            s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.password POST           s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.totp GET                s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.totp POST               s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.totpRemoval POST        s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.passkeys POST           s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.passkeyRemoval POST     s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.sessionEnd POST         s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.sessionsEnd POST        s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.programme GET           s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.programme POST          s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.limits POST             s        s        s      x     x       x   x          x     x       .     .              x            s          s
owner.devices GET             s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.devices POST            s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.deviceCode POST         s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.deviceRevocation POST   s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.deviceWaitEnd POST      s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.branches POST           s        s        s      x     x       x   x          x     x       .     .              x            s          s
owner.staff GET               s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.staff POST              s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.person GET              s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.person POST             s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.personPin POST          s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.personInvitation POST   s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.personEnd POST          s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.customers GET           s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.customers POST          s        s        s      x     x       x   x          x     .       .     .              x            s          s
owner.number POST             s        s        s      x     x       x   x          x     x       .     .              x            s          s
owner.audit GET               s        s        s      x     x       x   x          x     .       .     .              x            s          s
`

/** By `route METHOD`, such as `staff.card GET`. */
export const MATRIX: ReadonlyMap<string, Readonly<Record<MatrixRole, Admission>>> = readTable()

function readTable(): Map<string, Record<MatrixRole, Admission>> {
  const [heading = [], ...lines] = TABLE.trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  if (heading.join(' ') !== ROLES.join(' ')) throw new Error('the heading names the roles, in their order')
  return new Map(
    lines.map(([route = '', method = '', ...cells]) => {
      const row = Object.fromEntries(ROLES.map((role, place) => [role, cells[place]]))
      return [`${route} ${method}`, row as Record<MatrixRole, Admission>]
    }),
  )
}
