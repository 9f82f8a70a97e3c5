/** A café's first day: its windows, who comes and goes behind the counter, which customers will come, and the book of what pages confirmed. */
import type { Browser } from 'playwright-core'
import { seededRandom } from '../../src/cli/seed/seeded-random.ts'
import type { Hand } from './barista.ts'
import type { NewCafe } from './new-cafe.ts'
import { Book, type By } from './queue-book.ts'
import { PHONE, SMALL_PHONE, TABLET, Window } from './window.ts'

export const OWNER = {
  name: '온기 커피',
  branch: '연남점',
  owner: '한지우',
  email: 'jiwoo@ongi.example',
  password: '비 오는 날엔 따뜻한 라떼 한 잔',
} as const
export const MINA: Hand = { name: '김미나', pin: '704816' }
export const DOYUN: Hand = { name: '박도윤', pin: '530962' }
export const SORA = '이소라' // works on her own phone
export const KIOSK_NAME = '문 앞 태블릿'
export const COUNTER_NAME = '계산대 태블릿'

const KIOSK_BY: By = { actor: 'kiosk', person: null, device: KIOSK_NAME }

export interface Day {
  readonly cafe: NewCafe
  readonly book: Book
  readonly random: ReturnType<typeof seededRandom>
  readonly who: Customers
  readonly owner: Window
  readonly kiosk: Window
  readonly counter: Window
  readonly sora: Window
  /** Customers' own phones, one for each of those who tried the café out on trial. */
  readonly phones: readonly [Window, Window, Window]
  readonly windows: readonly Window[]
}

/** Numbers by what becomes of them; each is its own customer. */
export interface Customers {
  /** Were stamped on their own phones before there was an owner. */
  readonly early: readonly [string, string, string]
  /** Come to the kiosk, and say nothing to anybody. */
  readonly atKiosk: readonly string[]
  /** Say their whole number at the counter. */
  readonly atCounter: readonly string[]
  /** Has the last four digits of the first of those. */
  readonly twin: string
  readonly atSora: readonly [string, string]
}

export async function openDay(browser: Browser, cafe: NewCafe, seed: number): Promise<Day> {
  const random = seededRandom(seed)
  const { origin } = cafe
  const open = (name: string, viewport: typeof TABLET, locale = 'ko-KR') =>
    Window.open(browser, { origin, name, viewport, locale })
  const [owner, kiosk, counter, sora] = await Promise.all([
    open('owner', { width: 1280, height: 800 }),
    open('kiosk', TABLET),
    open('counter', TABLET),
    open('sora', SMALL_PHONE),
  ])
  const phones = await Promise.all([
    open('phone-1', PHONE),
    open('phone-2', PHONE, 'en-GB'),
    open('phone-3', SMALL_PHONE, 'ja-JP'),
  ] as const)
  const windows = [owner, kiosk, counter, sora, ...phones]
  return {
    cafe,
    book: new Book(),
    random,
    who: customersOf(random),
    owner,
    kiosk,
    counter,
    sora,
    phones,
    windows,
  }
}

export function atKiosk(): By {
  return KIOSK_BY
}

export function atCounter({ name }: Hand): By {
  return { actor: 'staff', person: name, device: COUNTER_NAME }
}

export function onOwnPhone(name: string): By {
  return { actor: 'staff', person: name, device: null }
}

export function lastFourOf(number: string): string {
  return number.slice(-4)
}

function customersOf(random: Day['random']): Customers {
  const ends = new Set<string>()
  while (ends.size < 30) ends.add(String(random.whole(1000, 9999)))
  const [first, second, third, ...others] = [...ends].map((end) => `010-0000-${end}`) as [
    string,
    string,
    string,
    ...string[],
  ]
  const [fourth, fifth, ...rest] = others as [string, string, ...string[]]
  const atCounter = rest.slice(0, 9)
  return {
    early: [first, second, third],
    atSora: [fourth, fifth],
    atCounter,
    twin: `010-1111-${lastFourOf(atCounter[0] ?? '')}`,
    atKiosk: rest.slice(9, 23),
  }
}
