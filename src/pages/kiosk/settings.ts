/** `/cafe/kiosk/settings/`: large type and high contrast, kept on this tablet; a language, for one customer. */
import { z } from 'zod'
import { doneAt } from '../../commands/answer-once.ts'
import type { Fields } from '../../http/form.ts'
import { LANGUAGES } from '../../http/preferences.ts'
import { routes } from '../../routes.ts'
import type { Refusal } from '../../ui/words/words.ts'
import { changeOnce, type Door } from '../door.ts'
import { replySeeOther } from '../reply.ts'
import type { Visit } from '../visit.ts'
import { kioskViewOf, renderKiosk } from './kiosk.ts'

export const kioskSettingsDoor: Door = {
  post: {
    fields: ['language', 'large', 'contrast'],
    change: setKiosk,
    again: (visit, fields, refused) => renderKiosk(visit, { fields, refused }),
  },
}

const Switch = z.enum(['on', 'off']).nullable()
const Settings = z
  .object({ language: z.enum(LANGUAGES).nullable(), large: Switch, contrast: Switch })
  .refine((settings) => Object.values(settings).some((one) => one !== null))

async function setKiosk(visit: Visit, fields: Fields): Promise<Response | Refusal> {
  const parsed = Settings.safeParse({
    language: fields.one('language'),
    large: fields.one('large'),
    contrast: fields.one('contrast'),
  })
  if (!parsed.success) return 'field-invalid'
  const kept = await changeOnce<never>(visit, fields, async () => doneAt(visit.nowMs))
  if (!kept.ok) return kept.reason

  const { language, large, contrast } = parsed.data
  const { languageCookie, viewCookie } = visit.context.kioskCookies
  if (language !== null) visit.setCookies.push(languageCookie.write(language))
  const view = kioskViewOf(visit)
  const next = {
    isLarge: large === null ? view.isLarge : large === 'on',
    isContrast: contrast === null ? view.isContrast : contrast === 'on',
  }
  if (large !== null || contrast !== null) visit.setCookies.push(viewCookie.write(next))
  return replySeeOther(visit, routes.kiosk.home.href({ cafe: visit.cafe.slug }))
}
