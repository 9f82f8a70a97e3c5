// A live page’s stream, as a browser holds it open.
import type { Shop } from './shop.ts'
import type { Visitor } from './visitor.ts'

export interface LiveStream {
  readonly status: number
  /** All that it says until it ends. */
  rest(): Promise<string>
}

export async function openStream(shop: Shop, visitor: Visitor, path: string): Promise<LiveStream> {
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const answer = await shop.app.fetch(new Request(`${shop.origin}${path}`, { headers: { cookie } }))
  return { status: answer.status, rest: () => answer.text() }
}
