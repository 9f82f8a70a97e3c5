// Customers who wait for somebody behind the counter: for a stamp, or for their card on their phone.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import type { StaffFrame } from './staff-frame.ts'
import type { ClaimShown, RequestShown } from './waiting-shown.ts'

/** @param liftFor the request whose stamp a limit refused just now */
export function requestsSection(
  frame: StaffFrame,
  requests: readonly RequestShown[],
  liftFor: string | null,
): Html {
  const { staff } = frame
  const items = requests.map((request) => requestItem(frame, request, request.id === liftFor))
  const list =
    requests.length === 0
      ? html`<p class="note">${staff.noRequests}</p>`
      : html`<ul class="rows">${items}</ul>`
  return html`<section class="paper" id="requests"><h2>${staff.requests}</h2>${list}</section>`
}

function requestItem(frame: StaffFrame, request: RequestShown, isOverLimit: boolean): Html {
  const { staff, slug, nowMs } = frame
  const seconds = Math.max(0, Math.ceil((request.expiresAtMs - nowMs) / 1000))
  const decide = postForm({
    action: routes.staff.decisions.href({ cafe: slug, request: request.id }),
    frame,
    body: html`<div class="beside"><button class="main" name="decision" value="allow">${staff.allow}</button>
<button class="plain" name="decision" value="refuse">${staff.refuse}</button></div>`,
  })
  return html`<li class="ask"><p><b>${staff.wantsStamp(request.number)}</b> <small data-left="${seconds}">${staff.secondsLeft(seconds)}</small></p>${isOverLimit ? allowAnyway(frame, request.id) : null}${decide}</li>`
}

/** A stamp that a limit refuses: with the name of whoever gives it all the same. */
function allowAnyway(frame: StaffFrame, requestId: string): Html {
  const { staff, slug, person } = frame
  return postForm({
    action: routes.staff.decisions.href({ cafe: slug, request: requestId }),
    frame,
    body: html`${hidden('over_limit', 'yes')}<button class="main" name="decision" value="allow">${staff.stampAnyway}</button>
<p class="note">${staff.stampAnywayHint(person?.name ?? '')}</p>`,
  })
}

export function claimsSection(frame: StaffFrame, claims: readonly ClaimShown[]): Html | null {
  if (claims.length === 0) return null
  const { staff, slug } = frame
  const items = claims.map((claim) => {
    const nod = postForm({
      action: routes.staff.nods.href({ cafe: slug, claim: claim.id }),
      frame,
      body: html`<button class="main">${staff.nod}</button>`,
    })
    return html`<li class="ask"><p><b>${staff.wantsCard(claim.number)}</b></p>${nod}</li>`
  })
  return html`<section class="paper" id="claims"><h2>${staff.claims}</h2><ul class="rows">${items}</ul></section>`
}
