/** Way 3: the server keeps the count, in one variable of its process. */

import { type Answer, pay, type Visit } from '../way.ts'

export let stamps = 0 // one for all, for as long as the process runs

export function variable(visit: Visit): Answer {
  if (visit.wants === 'stamp') stamps += 1
  if (visit.wants !== 'coffee') return { stamps }

  const paid = pay(stamps)
  stamps = paid.stamps
  return paid
}
