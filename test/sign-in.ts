// Owners as they come in by the pages: the link of a start screen, setup, and signing in.

import { makeOwnerLink } from '../src/cli/owner-link.ts'
import { systemRandom } from '../src/clock.ts'
import { routes } from '../src/routes.ts'
import type { Shop } from './shop.ts'
import { formIn, type Shown, type Visitor } from './visitor.ts'

export const PASSWORD = 'mellow otter pudding'
export const EMAIL = 'owner@ongi.example'

export const SETUP_ANSWERS = {
  name: '온기 커피',
  language: 'ko',
  country: 'JP',
  branch: '성수점',
  reward: '',
  cost: '10',
  mode: 'counter',
  owner: '은경',
  email: EMAIL,
  password: PASSWORD,
}

/** What `dojang owner reset` prints, behind the origin. */
export async function ownerLink(shop: Shop, slug = 'cafe', ownerId: string | null = null): Promise<string> {
  const cafe = await shop.store.cafes.findBySlug(slug)
  if (cafe === null) throw new Error(`there is a café ${slug}`)
  return makeOwnerLink(shop.store, cafe, ownerId, { clock: () => shop.clock.nowMs, random: systemRandom })
}

export async function setUpByPage(
  shop: Shop,
  answers: Partial<typeof SETUP_ANSWERS & { stamps: string }> = {},
  slug = 'cafe',
): Promise<{ owner: Visitor; done: Shown }> {
  const setup = routes.setup.href({})
  const owner = shop.visitor()
  await owner.get(await ownerLink(shop, slug))
  const done = await owner.submit(setup, setup, { ...SETUP_ANSWERS, ...answers })
  return { owner, done }
}

export interface SignInTry {
  readonly email?: string
  readonly password?: string
  readonly next?: string
}

/** Opens the owner's page and signs in on what it shows. */
export async function signInByPage(visitor: Visitor, input: SignInTry = {}, slug = 'cafe'): Promise<Shown> {
  const action = routes.owner.signIn.href({ cafe: slug })
  const page = await visitor.get(routes.owner.home.href({ cafe: slug }))
  return visitor.postFields(action, {
    ...formIn(page.text, action),
    email: EMAIL,
    password: PASSWORD,
    ...input,
  })
}
