/** `/`: one café is gone to at once, several are listed. */
import { routes } from '../routes.ts'
import { homePage } from './home-page.ts'
import { replyPage, replySeeOther } from './reply.ts'
import { frameOf, type Person } from './visit.ts'

export async function showHome(person: Person): Promise<Response> {
  const cafes = await person.context.store.cafes.list()
  const [only] = cafes
  if (only !== undefined && cafes.length === 1) {
    return replySeeOther(person, routes.card.href({ cafe: only.slug }))
  }
  const shown = cafes.map(({ name, slug }) => ({ name, href: routes.card.href({ cafe: slug }) }))
  return replyPage(person, 200, homePage(frameOf(person), shown))
}
