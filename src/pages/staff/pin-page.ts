// Who is here? Names as large as a thumb, then six digits.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import { hidden, postForm } from '../../ui/form.ts'
import { type Refused, refusalAlert, refusalId } from '../../ui/refusal.ts'
import { wordsIn } from '../../ui/words/words.ts'
import { type StaffFrame, staffPage } from './staff-frame.ts'

type Named = { id: string; name: string }

export function peoplePage(
  frame: StaffFrame,
  { people, refused }: { people: readonly Named[]; refused: Refused | null },
): string {
  const { staff, slug } = frame
  const home = routes.staff.home.href({ cafe: slug })
  const items = people.map(
    ({ id, name }) => html`<li><a class="plain" href="${`${home}?person=${id}`}">${name}</a></li>`,
  )
  const list = items.length === 0 ? html`<p>${staff.noPins}</p>` : html`<ul class="people">${items}</ul>`
  return staffPage(frame, {
    title: staff.whoIsHere,
    isLive: true,
    body: html`<section class="paper alone"><h1>${staff.whoIsHere}</h1>${refusalAlert(wordsIn(frame.language), refused)}${list}</section>`,
  })
}

export function pinPage(
  frame: StaffFrame,
  { person, refused }: { person: Named; refused: Refused | null },
): string {
  const { staff, slug } = frame
  const form = postForm({
    action: routes.staff.pin.href({ cafe: slug }),
    id: 'enter',
    frame,
    body: html`${hidden('person', person.id)}<h1><label for="pin">${staff.pinOf(person.name)}</label></h1>
${refusalAlert(wordsIn(frame.language), refused)}<input id="pin" class="big" name="pin" type="password" inputmode="numeric" autocomplete="off" pattern="[0-9]{6}" maxlength="6" required autofocus${refused === null ? null : html` aria-describedby="${refusalId}"`}>
<button class="main">${staff.enter}</button>`,
  })
  return staffPage(frame, {
    title: staff.pinOf(person.name),
    isLive: true,
    body: html`<section class="paper alone">${form}<a class="plain" href="${routes.staff.home.href({ cafe: slug })}">← ${staff.others}</a></section>`,
  })
}
