/** The chain: the eight ways in their order, each with what the server remembers for it. */

import { askProcess, endProcess, keptByProcess } from './restartable.ts'
import { emptyStore, rowsOf } from './session-rows.ts'
import type { Way } from './way.ts'
import { plainCookie } from './ways/1-plain-cookie.ts'
import { signedCookie } from './ways/2-signed-cookie.ts'
import { perAddress, stampsByAddress } from './ways/4-per-address.ts'
import { stampsByPhone as stampsByTypedPhone, typedPhone } from './ways/5-typed-phone.ts'
import { phoneCookie, stampsByPhone as stampsByCookiePhone } from './ways/6-phone-cookie.ts'
import { session, stampsByPhone as stampsBySessionPhone, store } from './ways/7-session.ts'
import { browsers, dojang, ledger } from './ways/8-dojang.ts'

const LINES_SHOWN = 12 // of the ledger, the latest

const nothing = () => null
const nothingToForget = () => {}

export const chain: readonly Way[] = [
  { number: 1, file: '1-plain-cookie.ts', answer: plainCookie, kept: nothing, startOver: nothingToForget },
  { number: 2, file: '2-signed-cookie.ts', answer: signedCookie, kept: nothing, startOver: nothingToForget },
  { number: 3, file: '3-variable.ts', answer: askProcess, kept: keptByProcess, startOver: endProcess },
  {
    number: 4,
    file: '4-per-address.ts',
    answer: perAddress,
    kept: () => ({ stampsByAddress }),
    startOver: () => stampsByAddress.clear(),
  },
  {
    number: 5,
    file: '5-typed-phone.ts',
    answer: typedPhone,
    kept: () => ({ stampsByPhone: stampsByTypedPhone }),
    startOver: () => stampsByTypedPhone.clear(),
  },
  {
    number: 6,
    file: '6-phone-cookie.ts',
    answer: phoneCookie,
    kept: () => ({ stampsByPhone: stampsByCookiePhone }),
    startOver: () => stampsByCookiePhone.clear(),
  },
  {
    number: 7,
    file: '7-session.ts',
    answer: session,
    kept: async () => ({ sessions: await rowsOf(store), stampsByPhone: stampsBySessionPhone }),
    startOver() {
      stampsBySessionPhone.clear()
      return emptyStore(store)
    },
  },
  {
    number: 8,
    file: '8-dojang.ts',
    answer: dojang,
    kept: () => ({ browsers: short([...browsers]), ledger: short(ledger.slice(-LINES_SHOWN)) }),
    startOver() {
      browsers.clear()
      ledger.length = 0
    },
  },
]

/** @throws RangeError for a number that is no way's. */
export function wayOf(number: number): Way {
  const way = chain[number - 1]
  if (way === undefined) throw new RangeError(`There is no way ${number}`)
  return way
}

/** With ids cut to their beginning, so that a line of the ledger is a line on the screen. */
function short(rows: unknown): unknown {
  return JSON.parse(JSON.stringify(rows).replace(/("[0-9a-f]{8})-[0-9a-f-]{27}"/g, '$1…"'))
}
