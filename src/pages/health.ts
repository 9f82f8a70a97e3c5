/** For whoever operates it: alive, and ready to serve. */
import type { PageContext } from './context.ts'

/** Answers as long as the process does, whatever the database is up to. */
export function showHealth(context: PageContext): Response {
  return plain(context, 200, 'ok\n')
}

export async function showReadiness(context: PageContext): Promise<Response> {
  const isReady = await context.store.isReady().catch(() => false)
  return isReady ? plain(context, 200, 'ready\n') : plain(context, 503, 'not ready\n', { 'retry-after': '2' })
}

function plain(
  context: PageContext,
  status: number,
  body: string,
  more: Readonly<Record<string, string>> = {},
): Response {
  const headers = {
    ...context.headers,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...more,
  }
  return new Response(body, { status, headers })
}
