/** Whose request it is, by address: the socket's own, or what a proxy of ours says of whom it speaks for. */
import { BlockList, isIP, isIPv4, isIPv6, SocketAddress } from 'node:net'

/** What is known of a client whose connection has gone before it was asked: one place for all of them. */
const NOWHERE = '0.0.0.0'

const LOOPBACK = ['127.0.0.0/8', '::1']

/** Whether text names proxies to trust: an address, a range such as `10.0.0.0/8`, or the word `loopback`. */
export function isProxyRange(text: string): boolean {
  return text === 'loopback' || rangeOf(text) !== null
}

/**
 * Makes the reader of clients' addresses. Each proxy adds whom it was asked by at the end of `X-Forwarded-For`, so the right-most
 * address that is no proxy of ours is the last one that somebody trusted has seen; what stands left of it anyone may have written.
 *
 * @param trusted proxies of ours, as `isProxyRange` takes them; from anyone else the header says nothing
 * @example addressReader(['loopback'])('127.0.0.1', '203.0.113.7') // '203.0.113.7'
 */
export function addressReader(
  trusted: readonly string[],
): (peer: string | undefined, forwardedFor: string | null) => string {
  const proxies = proxyList(trusted)
  const isProxy = (address: string) => proxies.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
  return (peer, forwardedFor) => {
    let address = plainAddress(peer ?? '') ?? NOWHERE
    for (const text of (forwardedFor ?? '').split(',').reverse()) {
      if (!isProxy(address)) return address
      const next = plainAddress(text.trim())
      if (next === null) return address // rubbish: the proxy that passed it on is all that is known
      address = next
    }
    return address
  }
}

/** What one customer of a network has to themselves: an IPv4 address, or the 64 bits before an IPv6 host (RFC 6177). */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}

/** One spelling for each address: no port, no brackets, no zone, IPv4 as itself. @returns null for anything else */
export function plainAddress(text: string): string | null {
  const bare = /^\[([^\]]+)\](:\d{1,5})?$/.exec(text)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(text)?.[1] ?? text
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return null
  const { address } = new SocketAddress({ address: bare.replace(/%.*$/, ''), family: 'ipv6' })
  return /^::ffff:([\d.]+)$/.exec(address)?.[1] ?? address
}

function proxyList(trusted: readonly string[]): BlockList {
  const list = new BlockList()
  for (const text of trusted.flatMap((one) => (one === 'loopback' ? LOOPBACK : [one]))) {
    const range = rangeOf(text)
    if (range === null) throw new TypeError(`"${text}" is no address and no range`)
    list.addSubnet(range.net, range.prefix, range.family)
  }
  return list
}

function rangeOf(text: string): { net: string; prefix: number; family: 'ipv4' | 'ipv6' } | null {
  const [, net = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const bits = { 4: 32, 6: 128 }[isIP(net)]
  if (bits === undefined || net.includes('%')) return null
  const prefix = digits === undefined ? bits : Number(digits)
  return prefix > bits ? null : { net, prefix, family: bits === 32 ? 'ipv4' : 'ipv6' }
}
