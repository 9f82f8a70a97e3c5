// One question of a form: its name, where the answer goes, and what helps to answer it.
import { html } from 'hono/html'
import type { Html } from './frame.ts'
import { refusalId } from './refusal.ts'

export type Field = {
  name: string
  label: string
  value?: string
  type?: 'text' | 'email' | 'password' | 'number'
  autocomplete?: string
  inputmode?: 'numeric' | 'email' | 'text'
  note?: string
  placeholder?: string
  /** The refusal on this page is about it. */
  isWrong?: boolean
}

export function field(input: Field): Html {
  const { name, label, value = '', type = 'text', autocomplete = 'off', inputmode, note, placeholder } = input
  const mode = inputmode === undefined ? null : html` inputmode="${inputmode}"`
  const example = placeholder === undefined ? null : html` placeholder="${placeholder}"`
  const plain = type === 'email' ? html` autocapitalize="none" spellcheck="false"` : null
  return html`<div class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}"${mode}${plain}${example}${pointers(input)}>${noteOf(name, note)}</div>`
}

export function selection(
  input: Pick<Field, 'name' | 'label' | 'note' | 'isWrong'> & {
    value: string
    choices: readonly { value: string; label: string }[]
  },
): Html {
  const { name, label, value, choices, note } = input
  const options = choices.map(
    (choice) =>
      html`<option value="${choice.value}"${choice.value === value ? html` selected` : null}>${choice.label}</option>`,
  )
  return html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}"${pointers(input)}>${options}</select>${noteOf(name, note)}</div>`
}

/** One of a few, each explained. */
export function explainedChoice(input: {
  name: string
  legend: string
  value: string
  choices: readonly { value: string; label: string; note: string }[]
}): Html {
  const { name, legend, value, choices } = input
  const radios = choices.map(
    (choice) =>
      html`<label><input type="radio" name="${name}" value="${choice.value}"${choice.value === value ? html` checked` : null}><span><b>${choice.label}</b> ${choice.note}</span></label>`,
  )
  return html`<fieldset class="explained"><legend>${legend}</legend>${radios}</fieldset>`
}

function pointers({ name, note, isWrong = false }: Pick<Field, 'name' | 'note' | 'isWrong'>): Html | null {
  const ids = [...(note === undefined ? [] : [`${name}-note`]), ...(isWrong ? [refusalId] : [])]
  const described = ids.length === 0 ? null : html` aria-describedby="${ids.join(' ')}"`
  return html`${described}${isWrong ? html` aria-invalid="true" autofocus` : null}`
}

function noteOf(name: string, note: string | undefined): Html | null {
  return note === undefined ? null : html`<p id="${name}-note" class="note">${note}</p>`
}
