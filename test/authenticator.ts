// A passkey's other half for tests: a phone that makes keys and signs with them, as WebAuthn has it, with no phone and no browser.
import { generateKeyPairSync, hash, type KeyObject, randomBytes, sign } from 'node:crypto'

/** How the phone misbehaves; a good one is as it is asked to be. */
export interface Lapses {
  /** The screen lock was not asked for. */
  readonly unlocked?: boolean
  /** The page is somebody else's. */
  readonly origin?: string
  /** Signed for another name. */
  readonly rpId?: string
  /** It counts how often it was used; a synchronised passkey always says 0. */
  readonly counter?: number
}

interface CreationOptions {
  readonly challenge: string
  readonly rp: { readonly id?: string }
  readonly user: { readonly id: string }
}

interface RequestOptions {
  readonly challenge: string
  readonly rpId?: string
}

const UP = 0x01
const UV = 0x04
const ATTESTED = 0x40

export class Authenticator {
  readonly id = randomBytes(16).toString('base64url')
  readonly #origin: string
  readonly #keys: { publicKey: KeyObject; privateKey: KeyObject } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
  })
  #userHandle = ''

  constructor(origin: string) {
    this.#origin = origin
  }

  /** `navigator.credentials.create` and `toJSON`, as the text that a form would carry. */
  create(options: CreationOptions, lapses: Lapses = {}): string {
    this.#userHandle = options.user.id
    const credentialId = Buffer.from(this.id, 'base64url')
    const attested = Buffer.concat([
      Buffer.alloc(16),
      uint16(credentialId.length),
      credentialId,
      this.#coseKey(),
    ])
    const authData = Buffer.concat([this.#head(options.rp.id, ATTESTED, lapses), attested])
    const attestationObject = Buffer.concat([
      Buffer.from([0xa3]),
      cborText('fmt'),
      cborText('none'),
      cborText('attStmt'),
      Buffer.from([0xa0]),
      cborText('authData'),
      cborBytes(authData),
    ])
    return this.#answer({
      clientDataJSON: this.#clientData('webauthn.create', options.challenge, lapses).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal', 'hybrid'],
    })
  }

  /** `navigator.credentials.get` and `toJSON`, as the text that a form would carry. */
  get(options: RequestOptions, lapses: Lapses = {}): string {
    const authData = this.#head(options.rpId, 0, lapses)
    const clientData = this.#clientData('webauthn.get', options.challenge, lapses)
    const signed = Buffer.concat([authData, hash('sha256', clientData, 'buffer')])
    return this.#answer({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
      userHandle: this.#userHandle,
    })
  }

  #answer(response: object): string {
    const { id } = this
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }

  #clientData(type: string, challenge: string, { origin = this.#origin }: Lapses): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  #head(rpId: string | undefined, flags: number, lapses: Lapses): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lapses.counter ?? 0)
    const all = flags | UP | (lapses.unlocked ? 0 : UV)
    return Buffer.concat([hash('sha256', lapses.rpId ?? rpId ?? '', 'buffer'), Buffer.from([all]), counter])
  }

  /** ES256 (RFC 9053 2.1): {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const [first, second] = [x, y].map((text) => cborBytes(Buffer.from(text, 'base64url'))) as [
      Buffer,
      Buffer,
    ]
    return Buffer.concat([
      Buffer.from([0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21]),
      first,
      Buffer.from([0x22]),
      second,
    ])
  }
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function cborBytes(bytes: Buffer): Buffer {
  const length = bytes.length < 256 ? [0x58, bytes.length] : [0x59, ...uint16(bytes.length)]
  return Buffer.concat([Buffer.from(length), bytes])
}

function uint16(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(number)
  return bytes
}
