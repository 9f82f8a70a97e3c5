/** Way 4: the server keeps a count for each IP address. */

import { type Answer, pay, type Visit } from '../way.ts'

export const stampsByAddress = new Map<string, number>()

export function perAddress(visit: Visit): Answer {
  const stamps = stampsByAddress.get(visit.address) ?? 0

  if (visit.wants === 'look') return { stamps }
  const answer = visit.wants === 'stamp' ? { stamps: stamps + 1 } : pay(stamps)
  stampsByAddress.set(visit.address, answer.stamps)
  return answer
}
