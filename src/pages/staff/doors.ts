/** What staff open at the counter, door by door. */
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Refused } from '../../ui/refusal.ts'
import type { Section } from '../door.ts'
import { pairingDoor, pairingForm } from '../pairing.ts'
import type { Visit } from '../visit.ts'
import { cardDoor } from './card.ts'
import { claimsDoor } from './claims.ts'
import { decisionsDoor } from './decisions.ts'
import { homeDoor } from './home.ts'
import { invitationDoor } from './invitation.ts'
import { liveDoor } from './live.ts'
import { movesDoor } from './moves.ts'
import { nodsDoor } from './nods.ts'
import { pinDoor } from './pin.ts'
import { renderPin } from './pin-shown.ts'
import { redemptionsDoor } from './redemptions.ts'
import { searchesDoor } from './searches.ts'
import { signOutDoor } from './sign-out.ts'
import { staffFrameOf, staffPage } from './staff-frame.ts'
import { cardStampsDoor, stampsDoor } from './stamps.ts'
import { voidsDoor } from './voids.ts'

const { staff } = routes

export const staffSection: Section = {
  doors: [
    [
      staff.pairing,
      pairingDoor('counter', (visit, fields, refused) => renderSignIn(visit, refused, fields.one('code'))),
    ],
    [staff.home, homeDoor],
    [staff.pin, pinDoor],
    [staff.signOut, signOutDoor],
    [staff.invitation, invitationDoor],
    [staff.searches, searchesDoor],
    [staff.stamps, stampsDoor],
    [staff.card, cardDoor],
    [staff.cardStamps, cardStampsDoor],
    [staff.redemptions, redemptionsDoor],
    [staff.claims, claimsDoor],
    [staff.voids, voidsDoor],
    [staff.moves, movesDoor],
    [staff.nods, nodsDoor],
    [staff.decisions, decisionsDoor],
    [staff.live, liveDoor],
  ],
  signIn: (visit, refused) =>
    visit.who.device === null
      ? renderSignIn(visit, null, null)
      : renderPin(visit, { personId: null, refused }),
}

/** A browser that nobody knows: it is paired here, or it is a phone and follows its link. */
async function renderSignIn(visit: Visit, refused: Refused | null, code: string | null): Promise<string> {
  const frame = await staffFrameOf(visit)
  const onTrial = visit.cafe.setUpAtMs === null ? ({ reason: 'not-set-up' } as const) : null
  const form = pairingForm(frame, {
    slug: visit.cafe.slug,
    kind: 'counter',
    refused: refused ?? onTrial,
    code: code ?? '',
  })
  return staffPage(frame, {
    title: frame.staff.title,
    isLive: false,
    body: html`<section class="paper alone">${form}<p class="note">${frame.staff.orLink}</p></section>`,
  })
}
