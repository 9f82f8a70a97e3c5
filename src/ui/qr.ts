// A QR code as a drawing inside the page: dark on light in either theme, as cameras want it.
import { html, raw } from 'hono/html'
import { encode } from 'uqr'
import type { Html } from './frame.ts'

/** @param label what a screen reader says in its place */
export function qrCode(text: string, label: string): Html {
  const { size, data } = encode(text, { border: 3, ecc: 'M' })
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${raw(path)}" fill="#221c17"/></svg>`
}
