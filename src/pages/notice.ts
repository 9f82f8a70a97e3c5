/** What the next page says once: stamps pressed just now, or that the browser has forgotten. */
import { z } from 'zod'

const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stamped'), stamps: z.int().min(1).max(99) }),
  z.object({ kind: z.literal('forgotten') }),
])

export type Notice = z.infer<typeof Notice>

export function readNotice(value: unknown): Notice | null {
  return Notice.safeParse(value).data ?? null
}
