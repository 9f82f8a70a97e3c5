/** Who may work at this tablet, by name, and the field for the PIN of the one who was chosen. */
import type { Refused } from '../../ui/refusal.ts'
import type { Visit } from '../visit.ts'
import { peoplePage, pinPage } from './pin-page.ts'
import { staffFrameOf } from './staff-frame.ts'

/** @param personId who was chosen; null, or nobody with a PIN here, shows them all */
export async function renderPin(
  visit: Visit,
  { personId, refused }: { readonly personId: string | null; readonly refused: Refused | null },
): Promise<string> {
  const everybody = await visit.context.store.people.list(visit.cafe.id)
  const people = everybody.filter(({ hasPin, disabledAtMs }) => hasPin && disabledAtMs === null)
  const chosen = people.find(({ id }) => id === personId)
  const frame = { ...(await staffFrameOf(visit)), person: null }
  return chosen === undefined
    ? peoplePage(frame, { people, refused })
    : pinPage(frame, { person: chosen, refused })
}
