/** Ids: UUIDs in their usual text, made before what they name (version 7, so they are in the order of their making). */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Nothing has it, and in the order of ids it stands before all. */
export const NIL_ID = '00000000-0000-0000-0000-000000000000'

/** Whether text has the form of an id: anything else is never looked up. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
