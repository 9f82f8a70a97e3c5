/** What a kiosk opens, door by door. */
import type { Section } from '../door.ts'

export const kioskSection: Section = { doors: [] }
