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

/**
 * Drawn once around 0,0 with a radius of 29. `bite` is paper showing through: along the edges where the rubber was
 * worn, `pale` where it was pressed less. The four seals turn the ring and its wear, and took more or less ink.
 */
const shapes = raw(
  '<defs>' +
    '<path id="cup" d="M-9.5-5H8L7.5 4Q7 12-.7 12T-9 4ZM8.2-3h1.6q4.2 0 4.2 3.7T9.8 4.5H7.8M-4.2-17.5q-1.6 2.1 0 4.2t0 4.2M3.2-17.5q-1.6 2.1 0 4.2t0 4.2"/>' +
    '<g id="ring"><circle r="27.2"/>' +
    '<circle r="27.2" class="pale"/>' +
    '<circle r="29" class="bite" stroke-dasharray="0 5 .8 9 0 3 1.6 13 0 7 .5 3 0 11 2.2 6"/>' +
    '<circle r="25.4" class="bite" stroke-dasharray="0 9 1.2 4 0 14 .6 6 1.8 11 0 3"/></g>' +
    '<g id="worn"><path class="bite" d="M-26.5 8h0M18.5-20.5h0M5 27.5h0M-12-24.5h0M26.3 9.5h0"/></g>' +
    seal(0, { turn: 0, opacity: 1 }) +
    seal(1, { turn: 97, opacity: 0.8 }) +
    seal(2, { turn: 201, opacity: 0.95 }) +
    seal(3, { turn: 290, opacity: 0.87 }) +
    '<circle id="place" r="28.5"/><circle id="prize" r="28.5"/>' +
    '</defs>',
)

function seal(ink: number, { turn, opacity }: { turn: number; opacity: number }): string {
  const worn = `<use href="#cup" class="bite" x="${ink % 2 === 0 ? 1.5 : -1.4}" y="${ink < 2 ? 0.9 : -1.1}"/>`
  return `<g id="s${ink}" opacity="${opacity}"><g transform="rotate(${turn})"><use href="#ring"/><use href="#worn"/></g><use href="#cup"/>${worn}</g>`
}

export function sealGrid(seals: Seals): Html {
  const size = seals.goal > many ? 0.5 : 1
  const columns = seals.goal > many ? perRowWhenMany : perRow
  const height = Math.ceil(seals.goal / columns) * pitch * size
  const edge = 5 * size // the outermost seals end where the text above them does
  const places = Array.from({ length: seals.goal }, (_, index) => {
    const x = ((index % columns) + 0.5) * pitch * size
    const y = (Math.floor(index / columns) + 0.5) * pitch * size
    return place(seals, { index, x, y, size })
  })
  return html`<svg class="seals${size === 1 ? '' : ' many'}" viewBox="${edge} ${edge} ${columns * pitch * size - 2 * edge} ${height - 2 * edge}" role="img" aria-label="${seals.label}">${shapes}${places}</svg>`
}

type Spot = { index: number; x: number; y: number; size: number }

function place(seals: Seals, spot: Spot): Html {
  const { index, x, y, size } = spot
  const scale = size === 1 ? '' : `scale(${size})`
  if (index < seals.stamps) {
    const ink = `href="#s${inkOf(index)}"`
    const transform = `transform="translate(${x} ${y})rotate(${turnOf(index)})${scale}"`
    const isNew = index >= seals.stamps - seals.justStamped
    return raw(isNew ? `<g ${transform}><use ${ink} class="new"/></g>` : `<use ${ink} ${transform}/>`)
  }
  const isReward = index === seals.goal - 1
  const inside = isReward
    ? html`<use href="#prize"/><text class="prize">${seals.rewardLabel}</text>`
    : html`<use href="#place"/><text>${index + 1}</text>`
  return html`<g transform="translate(${x} ${y})${scale}">${inside}</g>`
}

/** −8° to 11°, and never the same as the neighbour's: no hand presses straight. */
function turnOf(index: number): number {
  return ((index * 7 + Math.floor(index / perRow) * 3) % 20) - 8
}

function inkOf(index: number): number {
  return (index * 3 + Math.floor(index / 4)) % 4
}
