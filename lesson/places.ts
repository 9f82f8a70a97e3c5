/** Which address is whose: all of them lead to this machine, and to a browser they are hosts and sites of their own. */

export type Customer = 'a' | 'b'
export type Stranger = 'evil' | 'blog'

export type Place =
  | { readonly kind: 'lesson' }
  | { readonly kind: 'customer'; readonly customer: Customer; readonly way: number }
  | { readonly kind: 'stranger'; readonly stranger: Stranger }
  | { readonly kind: 'jar' }
  | { readonly kind: 'porch' }

const LESSON = 'cafe.localhost'
const strangers: Readonly<Record<string, Stranger>> = {
  'evil.localhost': 'evil',
  'blog.cafe.localhost': 'blog',
}
const jars = ['x.jar.cafe.localhost', 'y.jar.cafe.localhost']
const porches = ['localhost', '127.0.0.1', '[::1]']

/** The names of all hosts that a page of the lesson may show in a frame or lead to. */
export const FRAMED_HOSTS = ['*.cafe.localhost', 'evil.localhost'] as const

/** Null for a host that is none of ours: it gets a 421. */
export function placeOf({ hostname }: URL): Place | null {
  if (hostname === LESSON) return { kind: 'lesson' }
  const customer = /^([ab])([1-8])\.cafe\.localhost$/.exec(hostname)
  if (customer !== null) {
    return { kind: 'customer', customer: customer[1] === 'a' ? 'a' : 'b', way: Number(customer[2]) }
  }
  const stranger = strangers[hostname]
  if (stranger !== undefined) return { kind: 'stranger', stranger }
  if (jars.includes(hostname)) return { kind: 'jar' }
  return porches.includes(hostname) ? { kind: 'porch' } : null
}

export const lessonHost = () => LESSON
export const customerHost = (customer: Customer, way: number) => `${customer}${way}.${LESSON}`
export const strangerHost = (stranger: Stranger) =>
  stranger === 'evil' ? 'evil.localhost' : `blog.${LESSON}`
export const jarHost = (jar: 'x' | 'y') => `${jar}.jar.${LESSON}`

/** `http://host:port` on the port that this request came to. */
export function originOf(host: string, { port }: URL): string {
  return `http://${host}${port === '' ? '' : `:${port}`}`
}
