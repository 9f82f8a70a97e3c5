/** Way 5: the server keeps a count for each phone number, which is typed each time. */

import { type Answer, pay, phoneIn, type Visit } from '../way.ts'

export const stampsByPhone = new Map<string, number>()

export function typedPhone(visit: Visit): Answer {
  const phone = phoneIn(visit) // only what was typed on this very page
  if (phone === null) {
    const asks: Answer = { stamps: null, asksPhone: true }
    return visit.wants === 'look' ? asks : { ...asks, refused: 'phone' }
  }
  const stamps = stampsByPhone.get(phone) ?? 0
  const answer = visit.wants === 'stamp' ? { stamps: stamps + 1 } : pay(stamps)
  stampsByPhone.set(phone, answer.stamps)
  return { ...answer, asksPhone: true } // the next page will not know it either
}
