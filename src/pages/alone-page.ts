// A page of the owner's with one thing to do and no menu: nobody is in yet, or only almost.
import { html } from 'hono/html'
import type { Frame, Html } from '../ui/frame.ts'
import { footer, layout } from '../ui/layout.ts'

export function alonePage(
  frame: Frame,
  { title, body, script }: { title: string; body: Html; script?: string },
): string {
  const name = frame.cafe?.name ?? ''
  return layout(frame, {
    title: `${title} · ${name}`,
    body: html`<div class="alone">${body}</div>`,
    section: 'owner',
    header: html`<header class="alone"><a class="cafe" href="${frame.hrefs.card}">${name}</a></header>`,
    footer: html`<div class="alone">${footer({ ...frame, isTrial: false })}</div>`,
    ...(script !== undefined && { script }),
  })
}
