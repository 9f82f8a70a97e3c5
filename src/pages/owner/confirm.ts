// The way to say again who one is, beside what was refused until then.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Html } from '../../ui/frame.ts'
import { programmeWordsIn } from '../../ui/words/programme-words.ts'
import type { OwnerFrame } from './owner-frame.ts'

/** @param next where it leads on to, once they have said so */
export function pathToConfirm(slug: string, next: string): string {
  return `${routes.owner.reauthentication.href({ cafe: slug })}?next=${encodeURIComponent(next)}`
}

export function wayToConfirm({ slug, language, path }: OwnerFrame): Html {
  return html`<a class="main confirm" href="${pathToConfirm(slug, path)}">${programmeWordsIn(language).confirm}</a>`
}
