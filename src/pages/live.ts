/** Live pages: a stream of server-sent events that says "look again", to whoever may still look. Without JavaScript a reload does. */
import type { Change } from '../store/changes.ts'
import type { PageContext } from './context.ts'
import { replyRefusal } from './reply.ts'
import type { Visit } from './visit.ts'

export interface LiveInput {
  /** Who waits: so many streams each, and no more. */
  readonly waiter: string
  /** Whether something has changed already since the page was made. */
  readonly isLate?: boolean
  /** Whether a change is any of this page's business; a gap always is. A promise where it has to be looked up: what cannot be, is. */
  readonly concerns: (change: Change) => boolean | Promise<boolean>
  /** Whether the page is still theirs: asked when devices or people change, and from time to time. */
  readonly mayStay: () => Promise<boolean>
}

const STREAMS_EACH_MAX = 4 // tabs of one browser that wait at the same time (safety.md, default limits)
const STREAMS_MAX = 200 // in all; the others reload
const STREAMS_KEPT = 50 // of them for the café's own pages: strangers who open many must not keep a tablet from hearing that it is revoked
const ASK_EVERY_MS = 15_000 // also keeps proxies from hanging up on silence
const RETRY_MS = 2_000

/** All streams of a process. */
export class LiveStreams {
  readonly #open = new Map<() => void, string>()

  /** @returns null when there are too many */
  add(waiter: string, close: () => void, { isCafes }: { isCafes: boolean }): (() => void) | null {
    const own = [...this.#open.values()].filter((one) => one === waiter).length
    const most = isCafes ? STREAMS_MAX : STREAMS_MAX - STREAMS_KEPT
    if (own >= STREAMS_EACH_MAX || this.#open.size >= most) return null
    this.#open.set(close, waiter)
    return () => void this.#open.delete(close)
  }

  /** Ends them all, so that the process can stop. */
  closeAll(): void {
    for (const close of [...this.#open.keys()]) close()
  }
}

/** The stream as an answer. Events: `changed` (look again) and `over` (this page is no longer yours). */
export async function replyLive(visit: Visit, input: LiveInput): Promise<Response> {
  const { context, cafe, request } = visit
  const headers = {
    ...context.headers,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no', // nginx would hold the events back
  }
  if (request.method === 'HEAD') return new Response(null, { headers })
  const isCafes = visit.who.device !== null || visit.who.person !== null
  const stream = openStream(context, cafe.id, { ...input, isCafes })
  return stream === null
    ? replyRefusal(visit, 'busy', { 'retry-after': String(ASK_EVERY_MS / 1000) })
    : new Response(stream, { headers })
}

function openStream(
  { store, streams }: PageContext,
  cafeId: number,
  { waiter, isLate = false, concerns, mayStay, isCafes }: LiveInput & { isCafes: boolean },
): ReadableStream<Uint8Array> | null {
  const encoder = new TextEncoder()
  let say = (_text: string) => {}
  let finish = () => {}
  let isGone = false
  const close = () => finish()
  const sayChanged = () => say('event: changed\ndata:\n\n')
  const leave = streams.add(waiter, close, { isCafes })
  if (leave === null) return null
  const checkStay = () =>
    mayStay()
      .catch(() => true) // the database cannot be asked: nothing can be done through it either
      .then((may) => {
        if (may) return
        say('event: over\ndata:\n\n')
        finish()
      })
  const stopListening = store.changes.listen(cafeId, (change) => {
    if (touchesAdmission(change)) void checkStay()
    const isTheirs = 'isGap' in change || concerns(change)
    if (isTheirs === true) sayChanged()
    else if (isTheirs !== false)
      void isTheirs.catch(() => true).then((isSo) => (isSo ? sayChanged() : undefined))
  })
  const asking = setInterval(() => {
    say(':\n\n')
    void checkStay()
  }, ASK_EVERY_MS)
  asking.unref()
  return new ReadableStream<Uint8Array>({
    start(controller) {
      let isOpen = true
      say = (text) => {
        if (isOpen) controller.enqueue(encoder.encode(text))
      }
      finish = () => {
        if (!isOpen) return
        isOpen = false
        clearInterval(asking)
        stopListening()
        leave()
        if (!isGone) controller.close()
      }
      say(`retry: ${RETRY_MS}\n\n`)
      if (isLate) sayChanged()
    },
    cancel() {
      isGone = true // whoever listened has hung up, and what is closed already cannot be closed
      close()
    },
  })
}

function touchesAdmission(change: Change): boolean {
  return 'isGap' in change || ('topic' in change && (change.topic === 'devices' || change.topic === 'people'))
}
