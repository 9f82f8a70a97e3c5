/** The only reader of the environment: settings in, one frozen object out, every problem said together. */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { isProxyRange } from './http/address.ts'

export interface Config {
  readonly port: number
  readonly host: string
  /** The public address, or null: then localhost and IP literals count as ours. */
  readonly publicUrl: URL | null
  /** Proxies that may say for whom they ask: addresses, ranges, or `loopback`. */
  readonly trustProxy: readonly string[]
  readonly dataFolder: string
  /** A `postgres://` address, or null: then the database is a file in the data folder. */
  readonly databaseUrl: string | null
  /** A secret given by the operator, or null: then the key file in the data folder holds it. */
  readonly secret: string | null
  readonly secretFallbacks: readonly string[]
  readonly logLevel: LogLevel
}

export type LogLevel = (typeof LOG_LEVELS)[number]

export type Environment = Readonly<Record<string, string | undefined>>

export class ConfigError extends Error {}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const SECRET_BYTES_MIN = 32 // 256 bits, what HMAC-SHA-256 and AES-256 can use (ASVS 11.1.2)

/** Reads the settings. @throws ConfigError naming every wrong one, a line each. */
export function readConfig(environment: Environment = process.env): Config {
  const problems: string[] = []
  const config: Config = {
    port: readPort(environment.PORT, problems),
    host: readHost(environment.HOST, problems),
    publicUrl: readPublicUrl(environment.DOJANG_URL, problems),
    trustProxy: readTrustProxy(environment.TRUST_PROXY, problems),
    dataFolder: resolve(environment.DOJANG_DATA || 'data'),
    databaseUrl: readDatabaseUrl(environment.DATABASE_URL, problems),
    secret: readSecret('DOJANG_SECRET', environment.DOJANG_SECRET, problems),
    secretFallbacks: (environment.DOJANG_SECRET_FALLBACKS ?? '')
      .split(',')
      .map((text) => readSecret('DOJANG_SECRET_FALLBACKS', text.trim(), problems))
      .filter((secret) => secret !== null),
    logLevel: readLogLevel(environment.LOG_LEVEL, problems),
  }
  if (config.secret === null && config.secretFallbacks.length > 0) {
    problems.push('DOJANG_SECRET_FALLBACKS needs DOJANG_SECRET: set the key in use as well.')
  }
  if (config.secret !== null && config.secretFallbacks.includes(config.secret)) {
    problems.push('DOJANG_SECRET_FALLBACKS repeats DOJANG_SECRET: list only the keys from before.')
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'))
  return Object.freeze(config)
}

function readPort(text: string | undefined, problems: string[]): number {
  if (!text) return 8000
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  problems.push(`PORT is "${text}": give a number from 0 to 65535, for example PORT=8000.`)
  return 0
}

function readHost(text: string | undefined, problems: string[]): string {
  const host = text || '127.0.0.1'
  if (isIP(host) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host)) return host
  problems.push(`HOST is "${host}": give an address or a host name, for example HOST=0.0.0.0.`)
  return host
}

function readPublicUrl(text: string | undefined, problems: string[]): URL | null {
  if (!text) return null
  const url = URL.parse(text)
  const isPlain =
    url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash
  if (isPlain && !url.username && !url.password) return url
  problems.push(
    `DOJANG_URL is "${text}": give the public address alone, for example https://stamps.example.com.`,
  )
  return null
}

function readTrustProxy(text: string | undefined, problems: string[]): readonly string[] {
  const ranges = (text ?? '').split(',').map((one) => one.trim())
  const wrong = text ? ranges.filter((one) => !isProxyRange(one)) : []
  for (const one of wrong) {
    problems.push(
      `TRUST_PROXY has "${one}": give addresses or ranges, comma-separated, for example TRUST_PROXY=loopback,10.0.0.0/8.`,
    )
  }
  return text && wrong.length === 0 ? ranges : []
}

function readDatabaseUrl(text: string | undefined, problems: string[]): string | null {
  if (!text || /^postgres(ql)?:\/\/[^/?#]+/.test(text)) return text || null
  // Never said back: it holds a password.
  problems.push(
    'DATABASE_URL is no postgres:// address: give one such as postgres://dojang@localhost/dojang.',
  )
  return null
}

function readSecret(name: string, text: string | undefined, problems: string[]): string | null {
  if (!text) return null
  if (Buffer.byteLength(text) < SECRET_BYTES_MIN || new Set(text).size < 8) {
    problems.push(`${name} is too short or too simple: give at least ${SECRET_BYTES_MIN} random bytes.`)
    return null
  }
  return text
}

function readLogLevel(text: string | undefined, problems: string[]): LogLevel {
  const level = LOG_LEVELS.find((one) => one === (text || 'info'))
  if (level !== undefined) return level
  problems.push(`LOG_LEVEL is "${text}": give one of ${LOG_LEVELS.join(', ')}.`)
  return 'info'
}
