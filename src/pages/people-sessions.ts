/** The sessions of the people of a café: owners and managers by their sign-in, staff on their own phone by an invitation. */
import { z } from 'zod'
import type { Clock, Random } from '../clock.ts'
import { createSessions, type Sessions } from '../http/session.ts'
import type { Cafe } from '../store/cafes.ts'
import { sessionStoreOf } from '../store/sessions.ts'
import type { Store } from '../store/store.ts'

const Facts = z.object({
  /** What the browser says it is, for the list of sessions. */
  agent: z.string().default(''),
  address: z.string().default(''),
  /** When they last proved who they are: asked again before what matters (safety.md S26). */
  provenAtMs: z.number().default(0),
  /** Whether a second factor was part of it. */
  isStrong: z.boolean().default(false),
  /** Whose password was right and when, and where they were going, while the second factor is still to come. */
  awaits: z.object({ personId: z.string(), atMs: z.number(), next: z.string() }).optional(),
})

type Kind = 'owner' | 'staff'

/** They lie in one table, so each says what it is: a session that an invitation began is none of the owner's pages, whatever its cookie is called. */
const FACTS = {
  owner: Facts.extend({ kind: z.literal('owner').default('owner') }),
  staff: Facts.extend({ kind: z.literal('staff').default('staff') }),
}

export type SessionFacts = z.infer<(typeof FACTS)[Kind]>

export interface PeopleSessions {
  readonly owner: Sessions<SessionFacts>
  readonly staff: Sessions<SessionFacts>
}

export type PeopleSessionsOf = (cafe: Pick<Cafe, 'id' | 'slug'>) => PeopleSessions

const HOUR_SECONDS = 60 * 60
const OWNER = { idleSeconds: HOUR_SECONDS, absoluteSeconds: 24 * HOUR_SECONDS } // NIST 800-63B AAL2; issue 5
const STAFF = { idleSeconds: 12 * HOUR_SECONDS, absoluteSeconds: 12 * HOUR_SECONDS } // a long shift

export function createPeopleSessions(input: {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly isHttps: boolean
}): PeopleSessionsOf {
  const known = new Map<number, PeopleSessions>()
  return ({ id, slug }) => {
    const made = known.get(id) ?? declare(id, slug, input)
    known.set(id, made)
    return made
  }
}

function declare(
  cafeId: number,
  slug: string,
  { store, clock, random, isHttps }: Parameters<typeof createPeopleSessions>[0],
): PeopleSessions {
  const shared = {
    store: sessionStoreOf(store, cafeId),
    secure: isHttps,
    clock,
    random: random.bytes,
  }
  const of = (kind: Kind) => ({
    name: `${kind}_${slug}`,
    parse: (stored: unknown) => FACTS[kind].safeParse(stored).data ?? null,
  })
  return {
    owner: createSessions({ ...shared, ...OWNER, ...of('owner') }),
    staff: createSessions({ ...shared, ...STAFF, ...of('staff') }),
  }
}
