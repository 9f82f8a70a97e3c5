/** Which PINs are good enough: six digits that are no pattern, no date, and not what people take most. */

export type PinFault = 'pin-malformed' | 'pin-trivial'

const DIGITS = 6 // NIST SP 800-63B-4 3.1.1.2; at five tries a wait, a million are enough

/** Those that leaked lists of passwords have most often and no rule below names: shapes on the keypad, words by its letters, films. */
const POPULAR = new Set(
  `000069 013579 014789 088011 120000 123258 123369 123412 123450 123451 123454 123455 123457 123458 123459 123465
  123567 123654 123698 123789 123890 123987 124038 124356 124578 124816 128500 131415 132435 132456 132465 134679
  135246 135790 135799 141516 141627 142536 142857 145236 145632 147258 147369 147852 147896 147963 153624 153759
  159263 159357 159632 159753 159852 162534 172839 192837 212223 214365 232425 235689 235711 246810 253634 258000
  258369 258456 258963 271828 314159 315475 315920 321456 321654 321678 333221 357159 357951 362436 362514 369852
  415263 420000 420247 427900 456123 456258 456321 456852 456987 515000 515051 515253 524645 615243 622521 635241
  651550 654123 655321 741258 747400 748596 753159 753951 784512 787898 789123 789456 789654 789852 794613 823762
  837519 852456 875421 895623 902100 906090 918273 951357 951753 963258 963852 968574 986532 987123 987321 987456`.split(
    /\s+/,
  ),
)

/** @returns what is wrong with a PIN that somebody wants to take, or null */
export function judgePin(pin: string): PinFault | null {
  if (pin.length !== DIGITS || !/^[0-9]+$/.test(pin)) return 'pin-malformed'
  return isPattern(pin) || isDate(pin) || POPULAR.has(pin) ? 'pin-trivial' : null
}

function isPattern(pin: string): boolean {
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, place) => (digit - (digits[place] ?? 0) + 10) % 10)
  const isEvenRun = new Set(steps).size === 1 // 000000, 123456, 987654, 135791
  const isRepeated = pin === pin.slice(0, 2).repeat(3) || pin === pin.slice(0, 3).repeat(2) // 121212, 123123
  const isMirrored = pin === [...pin].reverse().join('') // 123321
  const isPairs = /^(\d)\1(\d)\2(\d)\3$/.test(pin) // 112233
  const isTriples = /^(\d)\1\1(\d)\2\2$/.test(pin) // 111222
  return isEvenRun || isRepeated || isMirrored || isPairs || isTriples || new Set(digits).size < 3
}

/**
 * Birthdays and years: what people take first, and what those who know them try first. YYMMDD, as Koreans and Japanese write it, MMDDYY and
 * DDMMYY; and a year that people were born or married in, with anything beside it. With years
 * at either end that is a tenth of all PINs, and what half the people would take.
 */
function isDate(pin: string): boolean {
  const [first, second, third] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4)].map(Number) as [
    number,
    number,
    number,
  ]
  const year = first * 100 + second
  const isYear = (number: number) => number >= 1940 && number <= 2029
  const isDayOf = (month: number, day: number) => month >= 1 && month <= 12 && day >= 1 && day <= 31
  return (
    isYear(year) ||
    isYear(second * 100 + third) ||
    isDayOf(second, third) ||
    isDayOf(first, second) ||
    isDayOf(second, first)
  )
}
