/** What the owner and managers open, door by door. */
import type { Section } from '../door.ts'

export const ownerSection: Section = { doors: [] }
