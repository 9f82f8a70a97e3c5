/** What the terminal shows once Dojang serves: where to open it, that it is on trial, where data and keys lie. */
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import { routes } from '../routes.ts'
import type { SetupLinks } from './owner-link.ts'

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
  /** What works without or with https as it is, and the way to more. */
  readonly https: string
  /** Where the first café on trial is set up, and the first few by slug; nothing where none is on trial. */
  readonly setupUrl?: string
  readonly setupUrls?: Readonly<Record<string, string>>
  /** How many cafés are on trial besides. */
  readonly moreOnTrial?: number
}

const ownUrl = /^https?:\/\/(localhost|127\.|\[::1\])/
const ownNetwork = /^https:\/\/([\d.]+|\[.*\]|[^.]+|.*\.(local|lan|home|internal|home\.arpa))(:\d+)?$/ // no certificate authority gives out these
const GUIDE = 'docs/https-in-the-shop.md'
const lanUrl = /^http:\/\/(?!127\.|\[::1\])[\d.[]/

export function startFacts(
  config: Config,
  { port, slugs, keyPlace }: Started,
  { links, more }: SetupLinks,
): StartFacts {
  const [only, ...others] = slugs
  const path =
    only !== undefined && others.length === 0 ? routes.card.href({ cafe: only }) : routes.home.href({})
  const origins = originsOf({ ...config, port })
  const [origin = ''] = origins
  const setupUrls = Object.fromEntries(links.map((link) => [link.slug, origin + link.path]))
  const [setupUrl] = Object.values(setupUrls)
  return {
    urls: origins.map((each) => each + path),
    dataFolder: config.dataFolder,
    keyPlace,
    https: httpsHint(origin, config),
    ...(setupUrl !== undefined && { setupUrl }),
    ...(slugs.length > 1 && setupUrl !== undefined && { setupUrls, moreOnTrial: more }),
  }
}

/** Which of the ways to https this is (docs/https-in-the-shop.md): camera and passkeys hang on it. */
function httpsHint(origin: string, { trustProxy }: Pick<Config, 'trustProxy'>): string {
  if (ownUrl.test(origin)) return `is not needed on this machine; for tablets and phones see ${GUIDE}`
  if (!origin.startsWith('https:'))
    return `no: staff type six letters instead of the camera, and there are no passkeys; see ${GUIDE}`
  if (ownNetwork.test(origin))
    return `by your own certificate: on tablets that have it, not on customers’ phones; see ${GUIDE}`
  return trustProxy.length > 0
    ? 'yes: camera and passkeys work'
    : 'yes; set TRUST_PROXY too (loopback, for a proxy here), or all visitors share one limit'
}

/** Where people open it, the most public first. */
export function originsOf({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>): string[] {
  return publicUrl === null ? hostsOf(host).map((each) => `http://${each}:${port}`) : [publicUrl.origin]
}

/** @param isTty a public address's QR is for a person with a phone, not for a log; a LAN's is how phones get there at all */
export function startScreen(facts: StartFacts, { isTty }: { readonly isTty: boolean }): string {
  const { urls, dataFolder, keyPlace, https } = facts
  const [first = ''] = urls
  const isForPhones = lanUrl.test(first) || (isTty && !ownUrl.test(first))
  return [
    '',
    '  도장 Dojang is serving.',
    '',
    ...urls.map((url, place) => `  ${place === 0 ? 'Open ' : '     '} ${url}`),
    ...(isForPhones ? ['', indent(renderUnicodeCompact(first))] : []),
    '',
    ...trialLines(facts),
    `  Data  ${dataFolder}`,
    `  Key   ${keyPlace}`,
    `  Https ${https}`,
    '  Stop  Ctrl-C',
    '',
  ].join('\n')
}

/** What a trial is, and the way out of it; nothing where every café has its owner. */
function trialLines({ setupUrl, setupUrls, moreOnTrial = 0 }: StartFacts): string[] {
  if (setupUrl === undefined) return []
  const links =
    setupUrls === undefined
      ? [setupUrl]
      : Object.entries(setupUrls).map(([slug, url]) => `${slug.padEnd(slugWidth(setupUrls))}  ${url}`)
  const more =
    moreOnTrial > 0 ? [`         and ${moreOnTrial} more: dojang owner add SLUG prints theirs.`] : []
  return [
    '  On trial: anyone may stamp themselves, without limits, until an owner has set the café up:',
    ...links.map((link, place) => `  ${place === 0 ? 'Set up' : '      '} ${link}`),
    ...more,
    '         Each link works once, for 30 minutes; dojang owner reset prints another.',
    '',
  ]
}

function slugWidth(bySlug: object): number {
  return Math.max(...Object.keys(bySlug).map(({ length }) => length))
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
