/** Links for owners: through setup while a café is on trial, back in afterwards. Said once, and kept nowhere. */
import { type Clock, type Random, systemClock, systemRandom } from '../clock.ts'
import { makeInvitation, newInvitation, OWNER_LINK_MS } from '../commands/make-invitation.ts'
import { routes } from '../routes.ts'
import { operatorLine } from '../rules/audit.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Store } from '../store/store.ts'

export interface SetupLinks {
  /** Path and query, for the first few cafés that are on trial. */
  readonly links: readonly { readonly slug: string; readonly path: string }[]
  /** How many more are on trial. */
  readonly more: number
}

const LINKS_MAX = 3 // what a start screen can hold; dojang owner add prints the link of any other

/** A start's: for cafés that nobody owns yet. */
export async function makeSetupLinks(store: Store): Promise<SetupLinks> {
  const onTrial = (await store.cafes.list()).filter(({ setUpAtMs }) => setUpAtMs === null)
  const links: { slug: string; path: string }[] = []
  for (const cafe of onTrial.slice(0, LINKS_MAX))
    links.push({ slug: cafe.slug, path: await makeOwnerLink(store, cafe, null) })
  return { links, more: onTrial.length - links.length }
}

/** @param ownerId whom it lets back in; null for setup. @returns path and query, to go behind an origin */
export async function makeOwnerLink(
  store: Store,
  cafe: Pick<Cafe, 'id'>,
  ownerId: string | null,
  { clock, random }: { clock: Clock; random: Random } = { clock: systemClock, random: systemRandom },
): Promise<string> {
  const purpose = ownerId === null ? 'setup' : 'reset'
  const atMs = clock()
  const link = { cafeId: cafe.id, purpose, personId: ownerId, atMs, lastsMs: OWNER_LINK_MS } as const
  const invitation = newInvitation(random, link)
  const act = ownerId === null ? 'invitation-made' : 'reset-link-made'
  await store.transaction(cafe.id, (tx) => makeInvitation(tx, invitation, operatorLine(act, atMs, ownerId)))
  return `${routes.setup.href({})}?token=${invitation.token}`
}
