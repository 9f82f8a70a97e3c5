// Guessing what is short: PINs, pairing codes and one-time codes, as fast as an attacker can send. What counts is how many guesses are compared at
// all: never more than the limits add up to (safety.md F7). Passwords: sign-in/admission.test.ts. Links hold 128 bits.
import { strict as assert } from 'node:assert'
import { describe, it } from 'node:test'
import { systemRandom } from '../../src/clock.ts'
import { admitPin } from '../../src/commands/switch-person.ts'
import { routes } from '../../src/routes.ts'
import { createLimiters } from '../../src/sign-in/limits.ts'
import { newTotpSecret } from '../../src/sign-in/totp.ts'
import { tryTotp } from '../../src/sign-in/try-totp.ts'
import { pairedDevice, setUpShop } from '../counter-people.ts'
import { openShop, type Shop } from '../shop.ts'
import { busyShop } from './busy-shop.ts'
import { freshForm } from './every-post.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const PINS_IN_TEN_MINUTES = 5 + 5 // five, and one after 30 s, 1, 2, 4 and (nearly) 8 minutes each
const PINS_IN_A_DAY = 5 + 7 + 23 // then one an hour

describe('an attacker who guesses', () => {
  it('PINs at a tablet, for one person or for all, at one tablet or at many, has ten in ten minutes', () =>
    inShop(async (shop) => {
      const { cafe, staff, manager } = await setUpShop(shop)
      const tablets = [await pairedDevice(shop, 'counter'), await pairedDevice(shop, 'counter')]
      const people = [manager, ...staff]
      const tried = async (deviceId: string, personId: string) => {
        const attempt = { cafeId: cafe.id, deviceId, personId, atMs: shop.clock.nowMs }
        return (await shop.store.transaction(cafe.id, (tx) => admitPin(tx, attempt))).ok
      }
      const places = [
        (place: number) => [tablets[0]?.id, people[place % people.length]?.id],
        (place: number) => [tablets[place % tablets.length]?.id, manager.id],
      ]
      for (const placeOf of places) {
        let compared = 0
        for (let second = 0; second < 600; second++) {
          const [device, person] = [0, 1].map((at) => placeOf(second)[at] ?? '')
          const at = Array.from({ length: 4 }, () => tried(device ?? '', person ?? ''))
          compared += (await Promise.all(at)).filter(Boolean).length
          shop.clock.nowMs += SECOND_MS
        }
        assert.ok(compared <= PINS_IN_TEN_MINUTES && compared >= 5, `${compared} were compared`)
        shop.clock.nowMs += 2 * DAY_MS
      }
    }))

  it('PINs all day has a few dozen, of a million', () =>
    inShop(async (shop) => {
      const { cafe, manager } = await setUpShop(shop)
      const { id: deviceId } = await pairedDevice(shop, 'counter')
      let compared = 0
      for (let at = 0; at < DAY_MS; at += 20 * SECOND_MS) {
        const attempt = { cafeId: cafe.id, deviceId, personId: manager.id, atMs: shop.clock.nowMs }
        if ((await shop.store.transaction(cafe.id, (tx) => admitPin(tx, attempt))).ok) compared += 1
        shop.clock.nowMs += 20 * SECOND_MS
      }
      assert.ok(compared <= PINS_IN_A_DAY && compared >= 20, `${compared} were compared`)
    }))

  it('the six digits that pair a tablet, from a hundred addresses, has twenty while they count', () =>
    inShop(async (shop) => {
      const busy = await busyShop(shop)
      const { code } = await busy.pairing('kiosk')
      const path = routes.kiosk.pairing.href({ cafe: 'cafe' })
      const refusals: (string | null)[] = []
      for (let address = 0; address < 100; address++) {
        const stranger = shop.visitor()
        stranger.address = `203.0.113.${address}`
        const wrong = String((Number(code) + 1 + address) % 1_000_000).padStart(6, '0')
        for (const digits of [wrong, wrong])
          refusals.push(
            (await stranger.postFields(path, { code: digits, ...(await freshForm(stranger)) })).refusal,
          )
      }
      assert.equal(refusals.filter((one) => one === 'pairing-wrong').length, 20)
      assert.equal(refusals.filter((one) => one === 'too-many-tries').length, 180)
    }))

  it('one-time codes with the password in hand has a hundred in a month', () =>
    inShop(async (shop) => {
      const { cafe, owner } = await setUpShop(shop)
      const secret = newTotpSecret(systemRandom)
      await shop.store.transaction(cafe.id, (tx) => tx.people.setTotp(cafe.id, owner.id, secret))
      const clock = () => shop.clock.nowMs
      const parts = { store: shop.store, clock, limiters: createLimiters(shop.store, clock) }
      let compared = 0
      const untilMs = shop.clock.nowMs + 29 * DAY_MS
      while (shop.clock.nowMs < untilMs) {
        for (const code of ['000000', 'x', '000000', '000001', '000002', '000003']) {
          const outcome = await tryTotp(parts, { cafeId: cafe.id, personId: owner.id, code })
          if (!outcome.ok && outcome.reason === 'wrong-second-factor') compared += 1
        }
        shop.clock.nowMs += (compared < 100 ? 16 : 240) * MINUTE_MS
      }
      assert.equal(compared, 100)
    }))
})

async function inShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const shop = await openShop()
  try {
    await work(shop)
  } finally {
    shop.app.close()
    await shop.close()
  }
}
