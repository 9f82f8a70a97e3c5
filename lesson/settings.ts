/** The only reader of the lesson's environment: PORT and HOST, and nothing that leads off this machine. */

export interface Settings {
  readonly port: number
  readonly host: string
  /** True under `npm run`, which ends on a signal without telling the program it started. */
  readonly isUnderNpm: boolean
}

const LOOPBACKS = ['127.0.0.1', '::1', 'localhost'] // the cafés of the lesson have holes on purpose

/** Reads the settings. @throws RangeError with a sentence that says what to set instead. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const port = Number(environment.PORT || '8001')
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(
      `PORT is "${environment.PORT}": give a number from 0 to 65535, for example PORT=8001.`,
    )
  }
  const host = environment.HOST || '127.0.0.1'
  if (!LOOPBACKS.includes(host)) {
    throw new RangeError(
      `HOST is "${host}": the lesson can be attacked on purpose, so it serves this machine only. Leave HOST out.`,
    )
  }
  return { port, host, isUnderNpm: environment.npm_lifecycle_event !== undefined }
}
