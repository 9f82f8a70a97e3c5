// The first page of a café: everything that has to be known, on one sheet, with a usual answer wherever there is one.
import { html } from 'hono/html'
import { LANGUAGES } from '../../http/preferences.ts'
import { routes } from '../../routes.ts'
import { MODES } from '../../rules/mode.ts'
import { explainedChoice, type Field, field, selection } from '../../ui/field.ts'
import { postForm } from '../../ui/form.ts'
import type { Frame, Html } from '../../ui/frame.ts'
import { type Refused, refusalAlert } from '../../ui/refusal.ts'
import { type SetupWords, setupWordsIn } from '../../ui/words/setup-words.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { alonePage } from '../alone-page.ts'
import type { SetupField } from './setup-form.ts'

export type SetupPage = {
  /** As it was filled in, or as it usually is; the password stays empty. */
  values: Readonly<Record<SetupField, string>>
  countries: readonly { value: string; label: string }[]
  hasStamps: boolean
  refused: Refused | null
  /** What the refusal is about. */
  wrong: SetupField | null
}

export function setupPage(frame: Frame, page: SetupPage): string {
  const words = setupWordsIn(frame.language)
  const form = postForm({
    action: routes.setup.href({}),
    id: 'setup',
    frame,
    body: html`${refusalAlert(wordsIn(frame.language), page.refused)}${sections(words, page)}<button class="main">${words.open}</button>`,
  })
  const body = html`<div><h1>${words.title}</h1><p class="note">${words.lead}</p></div>${form}`
  return alonePage(frame, { title: words.title, body })
}

function sections(words: SetupWords, { values, countries, hasStamps, refused, wrong }: SetupPage): Html {
  const asked = (name: SetupField, more: Partial<Field> = {}): Field => ({
    name,
    label: words[name as 'name'],
    value: values[name],
    isWrong: wrong === name,
    ...more,
  })
  const languages = LANGUAGES.map((value) => ({ value, label: wordsIn(value).languageName }))
  const passwordNote = refused === null ? words.passwordNote : `${words.passwordAgain} ${words.passwordNote}`
  return html`<section class="paper"><h2>${words.cafe}</h2>
${field(asked('name', { autocomplete: 'organization', placeholder: words.nameExample }))}${field(asked('branch', { note: words.branchNote }))}
${selection({ ...asked('language'), value: values.language, choices: languages })}${selection({ ...asked('country', { note: words.countryNote }), value: values.country, choices: countries })}</section>
<section class="paper"><h2>${words.theReward}</h2>
${field(asked('reward', { note: words.rewardNote }))}${field(asked('cost', { inputmode: 'numeric' }))}</section>
<section class="paper">${explainedChoice({ name: 'mode', legend: words.mode, value: values.mode, choices: MODES.map((value) => ({ value, ...words.modes[value] })) })}</section>
${hasStamps ? stampsChoice(words, values.stamps) : null}
<section class="paper"><h2>${words.you}</h2>
${field(asked('owner', { autocomplete: 'name' }))}${field(asked('email', { type: 'email', autocomplete: 'username', note: words.emailNote }))}
${field(asked('password', { type: 'password', autocomplete: 'new-password', value: '', note: passwordNote }))}</section>`
}

function stampsChoice(words: SetupWords, value: string): Html {
  const choices = [
    { value: 'keep', ...words.keepStamps },
    { value: 'clear', ...words.clearStamps },
  ]
  return html`<section class="paper">${explainedChoice({ name: 'stamps', legend: words.stamps, value: value || 'keep', choices })}</section>`
}
