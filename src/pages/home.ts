/** `/`: one café is gone to at once, several are listed. */
import { redirect } from '../http/response.ts'
import { routes } from '../routes.ts'
import { homePage } from './home-page.ts'
import { replyPage } from './reply.ts'
import { frameOf, type Person } from './visit.ts'

export async function showHome(person: Person): Promise<Response> {
  const cafes = await person.context.store.cafes.list()
  const [only] = cafes
  if (only !== undefined && cafes.length === 1) {
    const { status, headers } = redirect(routes.card.href({ cafe: only.slug }), 303)
    return new Response(null, { status, headers: { ...person.context.headers, ...headers } })
  }
  const shown = cafes.map(({ name, slug }) => ({ name, href: routes.card.href({ cafe: slug }) }))
  return replyPage(person, 200, homePage(await frameOf(person), shown))
}
