/** A café in a process of its own: way 3 lives in its memory, and dies with it. Started by restartable.ts. */

import type { Visit } from './way.ts'
import { stamps, variable } from './ways/3-variable.ts'

process.on('message', ({ id, visit }: { id: number; visit: Visit | null }) => {
  const answer = visit === null ? null : variable(visit)
  process.send?.({ id, answer, kept: { process: process.pid, stamps } })
})
process.on('disconnect', () => process.exit()) // the lesson has ended
