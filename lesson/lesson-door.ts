/** The lesson's own pages and buttons, at cafe.localhost. */

import { randomBytes } from 'node:crypto'
import { type CookiePairs, cookiePairs } from '../src/http/cookie.ts'
import { checkOrigin, createCsrf } from '../src/http/csrf.ts'
import { type Fields, readForm } from '../src/http/form.ts'
import { negotiateLanguage } from '../src/http/preferences.ts'
import type { Hands } from './attack.ts'
import { wayOf } from './chain.ts'
import { LANGUAGES, type Look } from './look.ts'
import { belongsPage } from './pages/belongs-page.ts'
import type { Frame } from './pages/layout.ts'
import { overviewPage } from './pages/overview-page.ts'
import { rulesPage } from './pages/rules-page.ts'
import { wayPage } from './pages/way-page.ts'
import { lessonHost, originOf } from './places.ts'
import { createPractice, type Practice } from './practice.ts'
import { goTo, page, plainly } from './reply.ts'
import { languageCookie, themeCookie } from './wishes.ts'
import { changeWishes } from './wishes-door.ts'

const FORM_BYTES_MAX = 4096

interface Knock {
  readonly request: Request
  readonly url: URL
  readonly isPorch: boolean
  readonly serve: Hands['serve']
}

export function createLessonDoor(): (knock: Knock) => Promise<Response> {
  const csrf = createCsrf({ secret: randomBytes(32).toString('hex'), secure: false })
  const practice = createPractice()

  return async ({ request, url, isPorch, serve }) => {
    const pairs = cookiePairs(request.headers.get('cookie'))
    const forms = csrf.open(pairs)
    if (request.method === 'POST') {
      const fields = await fieldsOf(request, url)
      const isOurs = fields !== null && forms.verify(fields.one('csrf_token')) === null
      if (!isOurs) return plainly(403, '403: this form is not from a page of the lesson. Reload the page.')
      return (
        (await changeWishes({ url, fields, pairs })) ?? (await practise(practice, url, serve)) ?? notFound()
      )
    }
    const frame: Frame = {
      look: lookOf(request, pairs),
      path: url.pathname,
      origin: originOf(lessonHost(), url),
      csrfToken: forms.token(),
      isPorch,
    }
    const text = pageText(frame, { url, pairs, practice, cookieHeader: request.headers.get('cookie') })
    if (text === null) return notFound()
    return page(text, url, { room: 'lesson', setCookies: forms.setCookie === null ? [] : [forms.setCookie] })
  }
}

async function fieldsOf(request: Request, url: URL): Promise<Fields | null> {
  const { headers, method } = request
  const source = {
    method,
    origin: headers.get('origin'),
    referer: headers.get('referer'),
    secFetchSite: headers.get('sec-fetch-site'),
  }
  if (checkOrigin(source, { ownOrigin: url.origin }) !== null) return null
  const form = await readForm(request, { maxBytes: FORM_BYTES_MAX })
  return form.ok ? form.fields : null
}

function lookOf(request: Request, pairs: CookiePairs): Look {
  const liked = negotiateLanguage(request.headers.get('accept-language'), LANGUAGES, 'ko')
  return { language: languageCookie.read(pairs) ?? liked, theme: themeCookie.read(pairs) ?? 'auto' }
}

interface Shown {
  readonly url: URL
  readonly pairs: CookiePairs
  readonly practice: Practice
  readonly cookieHeader: string | null
}

function pageText(frame: Frame, { url, pairs, practice, cookieHeader }: Shown): string | null {
  if (frame.path === '/') return overviewPage(frame)
  if (frame.path === '/rules/') return rulesPage(frame, { url, findingsOf: practice.findingsOf })
  if (frame.path === '/belongs/') return belongsPage(frame, { pairs, cookieHeader })
  const number = Number(/^\/([1-8])\/$/.exec(frame.path)?.[1] ?? 0)
  if (number === 0) return null
  return wayPage(frame, { way: wayOf(number), url, reportOf: (attack) => practice.reportOf(number, attack) })
}

/** The buttons that send the browser on a walk. */
async function practise(practice: Practice, url: URL, serve: Hands['serve']): Promise<Response | null> {
  const attack = /^\/([1-8])\/attacks\/([\w-]+)\/$/.exec(url.pathname)
  const over = /^\/([1-8])\/start-over\/$/.exec(url.pathname)
  const experiment = /^\/rules\/([\w-]+)\/$/.exec(url.pathname)
  const input = { here: url, serve }
  const location = attack
    ? await practice.attack({ ...input, way: wayOf(Number(attack[1])), name: attack[2] ?? '' })
    : over
      ? await practice.startOver({ ...input, way: wayOf(Number(over[1])) })
      : experiment && (await practice.experiment({ ...input, name: experiment[1] ?? '' }))
  return location ? goTo(location) : null
}

function notFound(): Response {
  return plainly(404, 'The lesson has no such page. An address ends with a slash here: /1/')
}
