/** A card's number as anybody behind the counter may see it: its end. */
import { maskPhone } from '../../rules/phone.ts'
import type { Visit } from '../visit.ts'

/** @returns '' where the café has no such card */
export async function maskedNumberOf(
  { context, cafe }: Pick<Visit, 'context' | 'cafe'>,
  cardId: string,
): Promise<string> {
  const phone = await context.store.cards.phoneOf(cafe.id, cardId)
  return phone === null ? '' : maskPhone(phone)
}
