/** What staff open at the counter, door by door. */
import type { Section } from '../door.ts'

export const staffSection: Section = { doors: [] }
