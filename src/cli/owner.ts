/** `dojang owner add` and `owner reset`: the link by which an owner gets in. */
import { systemClock } from '../clock.ts'
import { dropSecondFactors } from '../commands/drop-second-factors.ts'
import { FIRST_SLUG } from '../commands/open-first-cafe.ts'
import type { Cafe } from '../store/cafes.ts'
import type { Person } from '../store/people.ts'
import type { Store } from '../store/store.ts'
import { noSuchCafe } from './cafe.ts'
import { type Call, type Command, done, type Reply, refused, textOf } from './command.ts'
import { makeOwnerLink } from './owner-link.ts'
import { originsOf } from './start-screen.ts'
import { withStore } from './with-store.ts'

const SLUG_WORDS = `SLUG, --slug SLUG  which café; ${FIRST_SLUG} if left out`
const LINK_WORDS = 'The link works once, for 30 minutes, and ends the ones before it.'

export const addOwner: Command = {
  name: 'owner add',
  summary: 'Prints the link that sets a café on trial up, with its owner.',
  usage: '[SLUG]',
  details: [SLUG_WORDS, LINK_WORDS],
  options: { slug: { type: 'string' } },
  positionalsMax: 1,
  firstWordIs: 'slug',
  run: (call) =>
    withCafe(call, async (store, cafe) =>
      cafe.setUpAtMs === null
        ? setupLink(call, store, cafe)
        : refused(
            'owner-there',
            `The café "${cafe.slug}" has its owner: dojang owner reset ${cafe.slug} lets them back in.`,
          ),
    ),
}

export const resetOwner: Command = {
  name: 'owner reset',
  summary: 'Prints a link by which an owner who is locked out gets back in.',
  usage: '[SLUG] [--second-factor]',
  details: [
    SLUG_WORDS,
    '--second-factor    also takes away their authenticator app and passkeys, for one who has lost them',
    'They choose a new password; whoever is signed in as them is signed out then. On trial it is the link to set the café up.',
    LINK_WORDS,
  ],
  options: { slug: { type: 'string' }, 'second-factor': { type: 'boolean' } },
  positionalsMax: 1,
  firstWordIs: 'slug',
  run: (call) =>
    withCafe(call, async (store, cafe) => {
      if (cafe.setUpAtMs === null) return setupLink(call, store, cafe)
      const people = await store.people.list(cafe.id)
      const owner = people.find(({ role, disabledAtMs }) => role === 'owner' && disabledAtMs === null)
      if (owner === undefined)
        return refused('no-owner', `Nobody owns the café "${cafe.slug}": bring back a backup.`)
      return resetLink(call, store, cafe, owner)
    }),
}

function withCafe(call: Call, work: (store: Store, cafe: Cafe) => Promise<Reply>): Promise<Reply> {
  const slug = textOf(call, 'slug') ?? FIRST_SLUG
  return withStore(call, async ({ store }) => {
    const cafe = await store.cafes.findBySlug(slug)
    return cafe === null ? noSuchCafe(slug) : work(store, cafe)
  })
}

async function setupLink(call: Call, store: Store, cafe: Cafe): Promise<Reply> {
  const url = urlOf(call, await makeOwnerLink(store, cafe, null))
  return done(`Open this to set up ${cafe.name}, within 30 minutes; it works once.\n${url}`, {
    slug: cafe.slug,
    setupUrl: url,
  })
}

async function resetLink(call: Call, store: Store, cafe: Cafe, owner: Person): Promise<Reply> {
  const isSecondFactorDropped = call.options['second-factor'] === true
  if (isSecondFactorDropped) {
    const input = { cafeId: cafe.id, personId: owner.id, atMs: systemClock() }
    await store.transaction(cafe.id, (tx) => dropSecondFactors(tx, input))
  }
  const url = urlOf(call, await makeOwnerLink(store, cafe, owner.id))
  const dropped = isSecondFactorDropped ? ' Their authenticator app and passkeys are taken away.' : ''
  return done(
    `Open this to choose a new password for ${owner.name}, within 30 minutes; it works once.${dropped}\n${url}`,
    { slug: cafe.slug, resetUrl: url, isSecondFactorDropped },
  )
}

function urlOf(call: Call, path: string): string {
  const [origin = ''] = originsOf(call.config())
  return origin + path
}
