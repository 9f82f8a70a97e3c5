// Branches and their tablets: what each is, whether it works, the code that pairs one, and the way to end one.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { DeviceKind } from '../../rules/device.ts'
import { hidden, postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { qrCode } from '../../ui/qr.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { devicesWordsIn } from '../../ui/words/devices-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export interface DevicesShown {
  readonly branches: readonly ShownBranch[]
  readonly waiting: readonly WaitingDevice[]
  /** Only the owner adds branches and renames them. */
  readonly isOwner: boolean
  readonly refused: Refused | null
  /** The form that was refused, as it was filled in; null when none was. */
  readonly filled: { readonly branchId: string; readonly name: string; readonly kind: string } | null
}

export interface ShownBranch {
  readonly id: string
  readonly name: string
  readonly devices: readonly ShownDevice[]
}

export interface ShownDevice {
  readonly id: string
  readonly kind: DeviceKind
  readonly name: string
  readonly isPaired: boolean
  /** In words; null when it never was. */
  readonly seen: string | null
  readonly address: string | null
  readonly worker: string | null
  readonly isWaiting: boolean
}

/** A tablet whose code counts now. */
export interface WaitingDevice {
  readonly name: string
  readonly code: string
  readonly address: string
  readonly until: string
}

const KINDS = ['kiosk', 'counter'] as const

export function devicesPage(frame: OwnerFrame, shown: DevicesShown): string {
  const words = devicesWordsIn(frame.language)
  const isForNew = shown.filled !== null && shown.filled.branchId === ''
  const addBranch = html`<details${isForNew ? html` open` : null}><summary class="act">${words.addBranch}</summary>${branchForm(frame, null, isForNew ? shown.filled.name : '')}</details>`
  const body = html`<h1>${words.title}</h1>${refusalAlert(wordsIn(frame.language), shown.refused)}<p class="quiet">${words.about}</p>
${shown.waiting.map((device) => waitingPart(frame, device))}
${shown.branches.map((branch) => branchPart(frame, branch, shown))}
${shown.isOwner ? addBranch : null}`
  const liveHref = `${routes.owner.live.href({ cafe: frame.slug })}?page=devices`
  return ownerPage(frame, { title: words.title, body, current: 'devices', liveHref })
}

function waitingPart({ language }: OwnerFrame, { name, code, address, until }: WaitingDevice): Html {
  const words = devicesWordsIn(language)
  return html`<section class="paper pairing"><h2>${words.waiting(name)}</h2><div>${qrCode(address, words.qr)}<div>
<p>${words.openThis}</p><p class="address">${address}</p><p>${words.thenType}</p>
<p class="code" id="pairing-code" data-code="${code}">${code.slice(0, 3)} ${code.slice(3)}</p><p class="quiet">${words.until(until)}</p></div></div></section>`
}

function branchPart(frame: OwnerFrame, branch: ShownBranch, { isOwner, filled }: DevicesShown): Html {
  const words = devicesWordsIn(frame.language)
  const own = filled?.branchId === branch.id ? filled : null
  const rename = html`<details${own?.kind === '' ? html` open` : null}><summary class="act">${words.rename}</summary>${branchForm(frame, branch.id, own?.kind === '' ? own.name : branch.name)}</details>`
  const devices = branch.devices.map((device) => devicePart(frame, device))
  return html`<section class="paper"><div class="head"><h2>${branch.name}</h2>${isOwner ? rename : null}</div>
${devices.length === 0 ? html`<p class="quiet">${words.noDevices}</p>` : html`<ul class="rows">${devices}</ul>`}
<details${own !== null && own.kind !== '' ? html` open` : null}><summary class="act">${words.addDevice}</summary>${deviceForm(frame, branch.id, own)}</details></section>`
}

function devicePart(frame: OwnerFrame, device: ShownDevice): Html {
  const words = devicesWordsIn(frame.language)
  const facts = [
    device.isPaired ? words.seen(device.seen ?? '') : words.notPaired,
    device.address === null ? null : words.from(device.address),
    device.worker === null ? null : words.worksThere(device.worker),
  ].filter((fact) => fact !== null)
  const params = { cafe: frame.slug, device: device.id }
  const wait = html`<div class="note warn"><p>${words.pinWaits}</p>${button(frame, routes.owner.deviceWaitEnd.href(params), words.endWait)}</div>`
  return html`<li><p><b>${device.name}</b> <span class="quiet">${words.kinds[device.kind]}</span></p><p class="quiet">${facts.join(' · ')}</p>
${device.isWaiting ? wait : null}<details><summary class="act">${words.manage(device.name)}</summary>
<p class="quiet">${words.newCodeAbout}</p>${button(frame, routes.owner.deviceCode.href(params), words.newCode)}
<p class="quiet">${words.revokeAbout}</p><details><summary class="act">${words.revoke}</summary>${button(frame, routes.owner.deviceRevocation.href(params), words.revokeNow)}</details></details></li>`
}

function button(frame: OwnerFrame, action: string, label: string): Html {
  return postForm({ action, frame, body: html`<button class="small">${label}</button>` })
}

function deviceForm(frame: OwnerFrame, branchId: string, filled: DevicesShown['filled']): Html {
  const words = devicesWordsIn(frame.language)
  const kinds = KINDS.map(
    (kind) =>
      html`<label><input type="radio" name="kind" value="${kind}"${(filled?.kind ?? 'kiosk') === kind ? html` checked` : null}><span><b>${words.kinds[kind]}</b>${words.kindsAbout[kind]}</span></label>`,
  )
  return postForm({
    action: routes.owner.devices.href({ cafe: frame.slug }),
    frame,
    body: html`${hidden('branch', branchId)}<fieldset class="explained"><legend>${words.kind}</legend>${kinds}</fieldset>
<div class="field"><label for="name-${branchId}">${words.name}</label><input id="name-${branchId}" name="name" required maxlength="40" autocomplete="off" placeholder="${words.deviceExample}" value="${filled?.name ?? ''}"></div>
<button class="main">${words.add}</button>`,
  })
}

/** @param branchId null for a new one */
function branchForm(frame: OwnerFrame, branchId: string | null, name: string): Html {
  const words = devicesWordsIn(frame.language)
  return postForm({
    action: routes.owner.branches.href({ cafe: frame.slug }),
    frame,
    body: html`${branchId === null ? null : hidden('branch', branchId)}<div class="field"><label for="branch-${branchId ?? 'new'}">${words.branchName}</label><input id="branch-${branchId ?? 'new'}" name="name" required maxlength="40" autocomplete="off" placeholder="${words.branchExample}" value="${name}"></div>
<button class="main">${branchId === null ? words.add : words.save}</button>`,
  })
}
