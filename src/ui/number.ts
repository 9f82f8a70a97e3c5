// A phone number as it stands in a text, masked or whole.

/** It is not split between two lines. */
export function unbroken(number: string): string {
  return number.replaceAll('-', '\u2011')
}
