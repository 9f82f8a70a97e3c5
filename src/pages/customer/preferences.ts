/** `/cafe/preferences/`: language and theme, harmless, in plain cookies. */
import { z } from 'zod'
import type { Fields } from '../../http/form.ts'
import { LANGUAGES, THEMES } from '../../http/preferences.ts'
import { safeNext } from '../../http/response.ts'
import { routes } from '../../routes.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { renderCard } from './card.ts'

export const preferencesDoor: Door = {
  post: {
    fields: ['language', 'theme', 'next'],
    change: setPreferences,
    again: (visit, _fields, refused) => renderCard(visit, { refused }),
  },
}

const Preferences = z
  .object({ language: z.enum(LANGUAGES).nullable(), theme: z.enum(THEMES).nullable() })
  .refine(({ language, theme }) => language !== null || theme !== null)

async function setPreferences(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const parsed = Preferences.safeParse({ language: fields.one('language'), theme: fields.one('theme') })
  if (!parsed.success) return 'field-invalid'
  const answer = { browserId: null, entryId: null, stamps: 0, atMs: visit.nowMs }
  const kept = await changeOnce<never>(visit, fields, async () => ({ ok: true, answer }))
  if (!kept.ok) return kept.reason

  const { language, theme } = parsed.data
  const { languageCookie, themeCookie } = visit.context.preferences
  if (language !== null) visit.setCookies.push(languageCookie.write(language))
  if (theme !== null) visit.setCookies.push(themeCookie.write(theme))
  return replySeeOther(visit, safeNext(fields.one('next'), routes.card.href({ cafe: visit.cafe.slug })))
}
