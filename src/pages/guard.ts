/** What a request hears that never reached the app: the same page as any refusal, in the language it asked for. */
import type { GuardReason, RenderRefusal } from '../http/limits.ts'
import { messagePage } from '../ui/message-page.ts'
import type { Refusal } from '../ui/words/words.ts'
import type { PageContext } from './context.ts'
import { languageAskedFor, OUTSIDE } from './visit.ts'

const WORDS_FOR: Readonly<Record<GuardReason, Refusal>> = {
  'bad-request': 'bad-request',
  'bad-host': 'bad-request',
  'bad-target': 'bad-request',
  expectation: 'bad-request',
  method: 'wrong-method',
  timeout: 'too-slow',
  'url-too-long': 'url-too-long',
  'headers-too-large': 'header-too-large',
}

export function guardWith(context: PageContext): RenderRefusal {
  return (_status, reason, acceptLanguage) => {
    const frame = {
      ...OUTSIDE,
      language: languageAskedFor(acceptLanguage),
      theme: 'auto' as const,
      nowMs: context.clock(),
      path: OUTSIDE.hrefs.home,
      forms: { csrfToken: () => '', keyFor: () => '' },
    }
    return {
      headers: {
        ...context.headers,
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
      },
      body: messagePage(frame, { reason: WORDS_FOR[reason] }),
    }
  }
}
