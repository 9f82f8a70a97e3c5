/** What the owner and managers open, door by door. */
import { routes } from '../../routes.ts'
import type { Section } from '../door.ts'
import { auditDoor } from './audit.ts'
import { branchesDoor } from './branches.ts'
import { customersDoor } from './customers.ts'
import { deviceCodeDoor, deviceRevocationDoor, devicesDoor, deviceWaitEndDoor } from './devices.ts'
import { passkeyRemovalDoor, passkeysDoor, totpDoor, totpRemovalDoor } from './factors.ts'
import { ownerLiveDoor } from './live.ts'
import { numberDoor } from './number.ts'
import { passkeySignInDoor } from './passkey-sign-in.ts'
import { peopleDoor } from './people.ts'
import { personDoor, personEndDoor, personPinDoor } from './person.ts'
import { personInvitationDoor } from './person-invitation.ts'
import { limitsDoor, programmeDoor } from './programme.ts'
import { reauthenticationDoor } from './reauthentication.ts'
import { secondFactorDoor } from './second-factor.ts'
import { passwordDoor, securityDoor, sessionEndDoor, sessionsEndDoor } from './security.ts'
import { renderSignIn, signInDoor } from './sign-in.ts'
import { signOutDoor } from './sign-out.ts'
import { todayDoor } from './today.ts'

export const ownerSection: Section = {
  signIn: renderSignIn,
  doors: [
    [routes.owner.signIn, signInDoor],
    [routes.owner.secondFactor, secondFactorDoor],
    [routes.owner.passkeySignIn, passkeySignInDoor],
    [routes.owner.signOut, signOutDoor],
    [routes.owner.reauthentication, reauthenticationDoor],
    [routes.owner.security, securityDoor],
    [routes.owner.password, passwordDoor],
    [routes.owner.totp, totpDoor],
    [routes.owner.totpRemoval, totpRemovalDoor],
    [routes.owner.passkeys, passkeysDoor],
    [routes.owner.passkeyRemoval, passkeyRemovalDoor],
    [routes.owner.sessionsEnd, sessionsEndDoor],
    [routes.owner.sessionEnd, sessionEndDoor],
    [routes.owner.home, todayDoor],
    [routes.owner.live, ownerLiveDoor],
    [routes.owner.customers, customersDoor],
    [routes.owner.number, numberDoor],
    [routes.owner.programme, programmeDoor],
    [routes.owner.limits, limitsDoor],
    [routes.owner.devices, devicesDoor],
    [routes.owner.deviceCode, deviceCodeDoor],
    [routes.owner.deviceRevocation, deviceRevocationDoor],
    [routes.owner.deviceWaitEnd, deviceWaitEndDoor],
    [routes.owner.branches, branchesDoor],
    [routes.owner.staff, peopleDoor],
    [routes.owner.person, personDoor],
    [routes.owner.personPin, personPinDoor],
    [routes.owner.personInvitation, personInvitationDoor],
    [routes.owner.personEnd, personEndDoor],
    [routes.owner.audit, auditDoor],
  ],
}
