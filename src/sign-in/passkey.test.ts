import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { Authenticator, type Lapses } from '../../test/authenticator.ts'
import { systemRandom } from '../clock.ts'
import type { Passkey } from '../store/passkeys.ts'
import { askForPasskey, claimOf, offerPasskey, passkeySiteOf, takePasskey, verifyPasskey } from './passkey.ts'

const SITE = { rpId: 'stamps.example.com', origin: 'https://stamps.example.com' }

describe('a passkey', () => {
  const person = { id: randomUUID(), name: 'Mina', email: 'mina@ongi.example' }
  const offer = (has: readonly Passkey[] = []) =>
    offerPasskey(SITE, systemRandom, { cafeName: '온기 커피', person, has })

  async function make(phone = new Authenticator(SITE.origin), counter = 0): Promise<Passkey> {
    const options = await offer()
    const taken = await takePasskey(SITE, {
      answer: phone.create(options, { counter }),
      challenge: options.challenge,
    })
    assert.ok(taken)
    return { ...taken, personId: person.id, name: 'phone', createdAtMs: 1, usedAtMs: null }
  }

  it('is asked to be found by itself and to ask for the screen lock, and says nothing of the person to others', async () => {
    const passkey = await make()
    const options = await offer([passkey])
    assert.equal(options.authenticatorSelection?.residentKey, 'required')
    assert.equal(options.authenticatorSelection?.userVerification, 'required')
    assert.equal(options.attestation, 'none')
    assert.deepEqual(options.rp, { id: SITE.rpId, name: '온기 커피' })
    assert.deepEqual(
      options.excludeCredentials?.map(({ id }) => id),
      [passkey.id],
    )
    const asked = await askForPasskey(SITE, systemRandom)
    assert.deepEqual(
      [asked.userVerification, asked.rpId, asked.allowCredentials],
      ['required', SITE.rpId, []],
    )
    assert.notEqual(options.challenge, (await offer()).challenge)
    assert.equal(Buffer.from(asked.challenge, 'base64url').length, 32)
  })

  it('is made once, and signs its person in', async () => {
    const phone = new Authenticator(SITE.origin)
    const passkey = await make(phone)
    assert.deepEqual([passkey.id, passkey.transports], [phone.id, ['internal', 'hybrid']])
    const { challenge, ...options } = await askForPasskey(SITE, systemRandom)
    const answer = phone.get({ challenge, ...options })
    assert.equal(claimOf(answer)?.id, passkey.id)
    assert.equal(await verifyPasskey(SITE, { answer, challenge, passkey }), 0)
  })

  it('is not made by a phone that was not unlocked, elsewhere, for another name, or for another question', async () => {
    const lapses: Lapses[] = [
      { unlocked: true },
      { origin: 'https://stamps.example.org' },
      { rpId: 'example.com' },
    ]
    for (const lapse of lapses) {
      const { challenge, ...options } = await offer()
      const answer = new Authenticator(SITE.origin).create({ challenge, ...options }, lapse)
      assert.equal(await takePasskey(SITE, { answer, challenge }), null, JSON.stringify(lapse))
    }
    const answer = new Authenticator(SITE.origin).create(await offer())
    assert.equal(await takePasskey(SITE, { answer, challenge: (await offer()).challenge }), null)
  })

  it('signs nobody in from elsewhere, locked, for another question, or with another key', async () => {
    const phone = new Authenticator(SITE.origin)
    const passkey = await make(phone)
    const ask = () => askForPasskey(SITE, systemRandom)
    const lapses: Lapses[] = [
      { unlocked: true },
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
    ]
    for (const lapse of lapses) {
      const options = await ask()
      const answer = phone.get(options, lapse)
      assert.equal(
        await verifyPasskey(SITE, { answer, challenge: options.challenge, passkey }),
        null,
        JSON.stringify(lapse),
      )
    }
    const options = await ask()
    const { challenge } = options
    const earlier = phone.get(await ask())
    assert.equal(await verifyPasskey(SITE, { answer: earlier, challenge, passkey }), null)
    const stranger = new Authenticator(SITE.origin)
    await make(stranger)
    const forged = JSON.stringify({ ...JSON.parse(stranger.get(options)), id: passkey.id, rawId: passkey.id })
    assert.equal(await verifyPasskey(SITE, { answer: forged, challenge, passkey }), null)
    const another = { ...passkey, personId: randomUUID() } // a row that was moved to another person
    assert.equal(await verifyPasskey(SITE, { answer: phone.get(options), challenge, passkey: another }), null)
  })

  it('that counts is refused once a copy of it has counted on', async () => {
    const phone = new Authenticator(SITE.origin)
    const passkey = await make(phone, 4)
    const options = await askForPasskey(SITE, systemRandom)
    const use = (counter: number) =>
      verifyPasskey(SITE, { answer: phone.get(options, { counter }), challenge: options.challenge, passkey })
    assert.deepEqual([await use(5), await use(4), await use(0)], [5, null, null])
  })

  it('is refused without a stumble when the answer is rubbish', async () => {
    const phone = new Authenticator(SITE.origin)
    const passkey = await make(phone)
    const { challenge } = await askForPasskey(SITE, systemRandom)
    const good = JSON.parse(phone.get({ challenge, rpId: SITE.rpId }))
    const rubbish = ['', 'null', '[]', '{}', '{"id":1}', JSON.stringify({ ...good, response: {} })]
    const broken = Object.keys(good.response).flatMap((name) =>
      ['', 'AAAA', '!', 'x'.repeat(20_000), 7].map((value) =>
        JSON.stringify({ ...good, response: { ...good.response, [name]: value } }),
      ),
    )
    for (const answer of [...rubbish, ...broken]) {
      assert.equal(await verifyPasskey(SITE, { answer, challenge, passkey }), null, answer.slice(0, 200))
      assert.equal(await takePasskey(SITE, { answer, challenge }), null)
    }
    for (const answer of rubbish) assert.equal(claimOf(answer), null)
  })

  it('needs a name and https, or this machine', () => {
    const site = (url: string) => passkeySiteOf(null, url)
    assert.deepEqual(
      passkeySiteOf(new URL('https://stamps.example.com'), 'http://127.0.0.1:8000/cafe/'),
      SITE,
    )
    assert.deepEqual(site('http://localhost:8000/cafe/'), {
      rpId: 'localhost',
      origin: 'http://localhost:8000',
    })
    for (const url of [
      'http://192.168.0.9:8000/',
      'http://[::1]:8000/',
      'https://192.168.0.9/',
      'http://dojang.local/',
    ])
      assert.equal(site(url), null, url)
  })
})
