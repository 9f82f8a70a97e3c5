// The stamps of a card, drawn as a café presses them: each a little turned, each inked a little unevenly.
import { html, raw } from 'hono/html'
import type { Html } from './frame.ts'

export type Seals = {
  /** How many places are pressed. */
  stamps: number
  /** How many places there are, 1 to 100. */
  goal: number
  /** How many of the pressed ones are new, and are pressed before the customer's eyes. */
  justStamped: number
  label: string
  /** What stands in the last place until it is pressed. */
  rewardLabel: string
}

const pitch = 70
const perRow = 5
const perRowWhenMany = 10
const many = 20 // from here on, small seals: two tall rows of ten read better than a wall of large ones

/** Drawn once around 0,0 with a radius of 29; the four seals differ in how the ring took the ink. */
const shapes = raw(
  '<defs>' +
    '<g id="ring"><circle r="27.5" class="faint"/><circle r="27.5" class="ink" stroke-dasharray="31 .6 9 .9 22 .5 14 1.2 27 .4 5 .8 19 1 40 .7"/></g>' +
    '<g id="cup"><path class="ink" d="M-12.5-4.5H7.5L6 7.5Q5.3 12 1 12H-6Q-10.3 12-11 7.5ZM7-1h2.5q4.5 0 4.5 4t-4.5 4H6.3M-7-16q-2.5 2.2-.4 4.4t-.2 3.8M1-16q-2.5 2.2-.4 4.4t-.2 3.8"/></g>' +
    '<path id="gaps" d="M-9 2h0M2 8.5h0M11 5.5h0M-23 15.3h0M26-9h0M-5-27h0M3-3.8h0M16 22h0M-27.5-4h0M22 17h0"/>' +
    '<g id="s0"><use href="#ring"/><use href="#cup"/><use href="#gaps"/></g>' +
    '<g id="s1" opacity=".82"><use href="#ring" transform="rotate(97)"/><use href="#cup"/><use href="#gaps" transform="rotate(64)"/></g>' +
    '<g id="s2"><use href="#ring" transform="rotate(201)"/><use href="#cup"/><use href="#gaps" transform="rotate(160)"/></g>' +
    '<g id="s3" opacity=".9"><use href="#ring" transform="rotate(290)"/><use href="#cup"/><use href="#gaps" transform="rotate(255)"/></g>' +
    '<circle id="place" r="29"/>' +
    '</defs>',
)

export function sealGrid(seals: Seals): Html {
  const size = seals.goal > many ? 0.5 : 1
  const columns = seals.goal > many ? perRowWhenMany : perRow
  const height = Math.ceil(seals.goal / columns) * pitch * size
  const places = Array.from({ length: seals.goal }, (_, index) => {
    const x = ((index % columns) + 0.5) * pitch * size
    const y = (Math.floor(index / columns) + 0.5) * pitch * size
    return place(seals, { index, x, y, size })
  })
  return html`<svg class="seals${size === 1 ? '' : ' many'}" viewBox="0 0 ${columns * pitch * size} ${height}" role="img" aria-label="${seals.label}">${shapes}${places}</svg>`
}

type Spot = { index: number; x: number; y: number; size: number }

function place(seals: Seals, spot: Spot): Html {
  const { index, x, y, size } = spot
  const scale = size === 1 ? '' : `scale(${size})`
  if (index < seals.stamps) {
    const isNew = index >= seals.stamps - seals.justStamped
    const stamp = `<use href="#s${inkOf(index)}"${isNew ? ' class="new"' : ''}/>`
    return raw(`<g transform="translate(${x} ${y})rotate(${turnOf(index)})${scale}">${stamp}</g>`)
  }
  const isReward = index === seals.goal - 1
  return html`<g transform="translate(${x} ${y})${scale}"${isReward ? raw(' class="prize"') : null}><use href="#place"/><text>${isReward ? seals.rewardLabel : index + 1}</text></g>`
}

/** −8° to 11°, and never the same as the neighbour's: no hand presses straight. */
function turnOf(index: number): number {
  return ((index * 7 + Math.floor(index / perRow) * 3) % 20) - 8
}

function inkOf(index: number): number {
  return (index * 3 + Math.floor(index / 4)) % 4
}
