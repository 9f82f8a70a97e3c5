/** The whole document around a page of the lesson or of a frame. */

import { html, raw } from 'hono/html'
import type { Look } from '../look.ts'
import { scripts, stylesheet } from './assets.ts'

export type Html = ReturnType<typeof html>

const icon = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="-32 -32 64 64"><circle r="30" fill="#c7362c"/><text y="12" font-size="34" text-anchor="middle" fill="#fff">8</text></svg>')}`

export function documentOf(input: {
  look: Look
  title: string
  body: Html
  script: keyof typeof scripts
  attributes?: Readonly<Record<string, string>>
}): string {
  const attributes = Object.entries(input.attributes ?? {}).map(([name, value]) => html` ${name}="${value}"`)
  return html`<!doctype html>
<html lang="${input.look.language}" data-theme="${input.look.theme}">
<head>
<meta charset="utf-8">
<title>${input.title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${icon}">
<style>${raw(stylesheet)}</style>
</head>
<body${attributes}>
${input.body}
<script type="module">${raw(scripts[input.script])}</script>
</body>
</html>
`.toString()
}
