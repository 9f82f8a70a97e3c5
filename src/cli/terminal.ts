/** Where a command speaks: answers on the output, everything beside them, progress included, on the error output. */
import type { WriteStream } from 'node:tty'

export interface Terminal {
  say(text: string): void
  complain(text: string): void
  /** A bar for work that takes a while; on anything but a terminal it shows nothing. */
  progress(title: string): Progress
}

export interface Progress {
  /** @param share done, 0 to 1 */
  show(share: number): void
  /** Leaves the line as it was found. */
  end(): void
}

const BAR_WIDTH = 30
const REDRAW_MS = 80 // more often only costs

export function terminalOn(
  out: NodeJS.WritableStream,
  beside: NodeJS.WritableStream,
  clock: () => number,
): Terminal {
  return {
    say: (text) => out.write(`${text}\n`),
    complain: (text) => beside.write(`${text}\n`),
    progress: (title) =>
      (beside as WriteStream).isTTY === true ? barOn(beside, title, clock) : { show() {}, end() {} },
  }
}

function barOn(beside: NodeJS.WritableStream, title: string, clock: () => number): Progress {
  let drawnAtMs = Number.NEGATIVE_INFINITY
  return {
    show(share) {
      if (clock() - drawnAtMs < REDRAW_MS && share < 1) return
      drawnAtMs = clock()
      const full = Math.round(Math.max(0, Math.min(1, share)) * BAR_WIDTH)
      const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full)
      beside.write(`\r${title} ${bar} ${String(Math.floor(share * 100)).padStart(3)} %`)
    },
    end: () => beside.write('\r\x1b[K'),
  }
}
