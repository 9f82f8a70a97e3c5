// The way to say again who one is, beside what was refused until then.
import { html } from 'hono/html'
import { routes } from '../../routes.ts'
import type { Html } from '../../ui/frame.ts'
import { programmeWordsIn } from '../../ui/words/programme-words.ts'
import type { OwnerFrame } from './owner-frame.ts'

export function wayToConfirm({ slug, language, path }: OwnerFrame): Html {
  const href = `${routes.owner.reauthentication.href({ cafe: slug })}?next=${encodeURIComponent(path)}`
  return html`<a class="main confirm" href="${href}">${programmeWordsIn(language).confirm}</a>`
}
