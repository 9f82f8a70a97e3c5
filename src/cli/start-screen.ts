/** What the terminal shows once Dojang serves: where to open it, that it is on trial, where data and keys lie. */
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import { routes } from '../routes.ts'

export interface Started {
  readonly port: number
  readonly slugs: readonly string[]
  readonly keyPlace: string
}

export interface StartFacts {
  /** Where people open it, the most public first. */
  readonly urls: readonly string[]
  readonly dataFolder: string
  readonly keyPlace: string
}

const ownUrl = /^https?:\/\/(localhost|127\.|\[::1\])/
const lanUrl = /^http:\/\/(?!127\.|\[::1\])[\d.[]/

export function startFacts(config: Config, { port, slugs, keyPlace }: Started): StartFacts {
  const [only, ...others] = slugs
  const path =
    only !== undefined && others.length === 0 ? routes.card.href({ cafe: only }) : routes.home.href({})
  const origins =
    config.publicUrl === null
      ? hostsOf(config.host).map((host) => `http://${host}:${port}`)
      : [config.publicUrl.origin]
  return { urls: origins.map((origin) => origin + path), dataFolder: config.dataFolder, keyPlace }
}

/** @param isTty a public address's QR is for a person with a phone, not for a log; a LAN's is how phones get there at all */
export function startScreen(
  { urls, dataFolder, keyPlace }: StartFacts,
  { isTty }: { readonly isTty: boolean },
): string {
  const [first = ''] = urls
  const isForPhones = lanUrl.test(first) || (isTty && !ownUrl.test(first))
  return [
    '',
    '  도장 Dojang is serving.',
    '',
    ...urls.map((url, place) => `  ${place === 0 ? 'Open ' : '     '} ${url}`),
    ...(isForPhones ? ['', indent(renderUnicodeCompact(first))] : []),
    '',
    '  On trial: anyone may stamp themselves, without limits.',
    `  Data  ${dataFolder}`,
    `  Key   ${keyPlace}`,
    '  Stop  Ctrl-C',
    '',
  ].join('\n')
}

/** The names by which a listening address is opened; for "every address", those that others can reach first. */
function hostsOf(host: string): string[] {
  if (host === '127.0.0.1' || host === '::1' || host === 'localhost')
    return [host === '::1' ? '[::1]' : 'localhost']
  if (host !== '0.0.0.0' && host !== '::') return [isIP(host) === 6 ? `[${host}]` : host]
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return [...outside, 'localhost']
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ')
}
