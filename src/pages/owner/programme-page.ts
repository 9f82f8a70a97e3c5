// What customers get and how they are stamped, and how often: two forms, as the second is the owner's alone.
import { html } from 'hono/html'
import { LANGUAGES } from '../../http/preferences.ts'
import { routes } from '../../routes.ts'
import { MODES } from '../../rules/mode.ts'
import { explainedChoice, field, selection } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import type { Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { programmeWordsIn } from '../../ui/words/programme-words.ts'
import { setupWordsIn } from '../../ui/words/setup-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { wayToConfirm } from './confirm.ts'
import { type OwnerFrame, ownerPage } from './owner-frame.ts'

export const PROGRAMME_FIELDS = ['name', 'language', 'reward', 'cost', 'mode', 'kiosk'] as const
export const LIMIT_FIELDS = ['gap', 'visits', 'atOnce'] as const

export type ProgrammeField = (typeof PROGRAMME_FIELDS)[number]
export type LimitField = (typeof LIMIT_FIELDS)[number]
/** As they stand, or as they were filled in. */
export type Values = Readonly<Record<ProgrammeField | LimitField, string>>

export interface ProgrammeShown {
  readonly values: Values
  readonly isOwner: boolean
  readonly isTrial: boolean
  readonly refused: Refused | null
}

export function programmePage(
  frame: OwnerFrame,
  { values, isOwner, isTrial, refused }: ProgrammeShown,
): string {
  const words = programmeWordsIn(frame.language)
  const body = html`<h1>${words.title}</h1>${refusalAlert(wordsIn(frame.language), refused)}
${refused?.reason === 'reauthenticate' ? wayToConfirm(frame) : null}
<div class="beside-each-other">${programmeForm(frame, values)}
<section class="paper"><h2>${words.limits}</h2><p class="quiet">${isTrial ? words.limitsTrial : words.limitsAbout}</p>${limits(frame, values, isOwner)}</section></div>`
  return ownerPage(frame, { title: words.title, body, current: 'programme' })
}

function programmeForm(frame: OwnerFrame, values: Values): Html {
  const words = programmeWordsIn(frame.language)
  const setup = setupWordsIn(frame.language)
  const languages = LANGUAGES.map((value) => ({ value, label: wordsIn(value).languageName }))
  const modes = MODES.map((value) => ({ value, ...setup.modes[value] }))
  const kiosk = (['yes', 'no'] as const).map((value) => ({ value, ...words.kioskShows[value] }))
  return postForm({
    action: routes.owner.programme.href({ cafe: frame.slug }),
    id: 'programme',
    frame,
    body: html`<section class="paper">${field({ name: 'reward', label: setup.reward, value: values.reward, note: setup.rewardNote })}
${field({ name: 'cost', label: setup.cost, value: values.cost, inputmode: 'numeric', note: words.promise })}</section>
<section class="paper">${explainedChoice({ name: 'mode', legend: setup.mode, value: values.mode, choices: modes })}
${explainedChoice({ name: 'kiosk', legend: words.kiosk, value: values.kiosk, choices: kiosk })}</section>
<section class="paper">${field({ name: 'name', label: setup.name, value: values.name })}
${selection({ name: 'language', label: setup.language, value: values.language, choices: languages })}</section>
<button class="main">${words.save}</button>`,
  })
}

function limits(frame: OwnerFrame, values: Values, isOwner: boolean): Html {
  const words = programmeWordsIn(frame.language)
  const labels = { gap: words.gap, visits: words.visits, atOnce: words.atOnce }
  if (!isOwner) {
    const rows = LIMIT_FIELDS.map((name) => html`<div><dt>${labels[name]}</dt><dd>${values[name]}</dd></div>`)
    return html`<dl class="pairs">${rows}</dl><p class="quiet">${words.ownerOnly}</p>`
  }
  const fields = LIMIT_FIELDS.map((name) =>
    field({ name, label: labels[name], value: values[name], inputmode: 'numeric' }),
  )
  return postForm({
    action: routes.owner.limits.href({ cafe: frame.slug }),
    id: 'limits',
    frame,
    body: html`${fields}<p class="note">${words.askedAgain}</p><button class="main">${words.save}</button>`,
  })
}
