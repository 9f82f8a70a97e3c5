/** What the next page says once: stamps pressed just now, at the kiosk too, that the browser has forgotten, or what staff or the owner have done. */
import { z } from 'zod'

const Notice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stamped'), stamps: z.int().min(1).max(99) }),
  z.object({ kind: z.literal('forgotten') }),
  z.object({
    kind: z.literal('staff'),
    done: z.enum(['redeemed', 'undone', 'moved', 'nodded', 'allowed', 'refused']),
  }),
  z.object({
    kind: z.literal('owner'),
    done: z.enum([
      'saved',
      'person-added',
      'person-ready',
      'pin-set',
      'link-shown',
      'person-ended',
      'person-back',
      'branch-added',
      'device-added',
      'code-made',
      'device-revoked',
      'pins-cleared',
      'password-set',
      'session-ended',
      'sessions-ended',
      'factor-added',
      'factor-removed',
    ]),
  }),
  z.object({ kind: z.literal('claimed') }),
  z.object({ kind: z.literal('kiosk-stamped'), entryId: z.uuid(), claimToken: z.string().max(64) }),
])

export type Notice = z.infer<typeof Notice>

export function readNotice(value: unknown): Notice | null {
  return Notice.safeParse(value).data ?? null
}
