/** `dojang serve`: serves until it is told to stop, and finishes what is in hand. */
import type { Command } from './command.ts'
import { startFacts, startScreen } from './start-screen.ts'

export const serveCafes: Command = {
  name: 'serve',
  summary: 'Serves the cafés, until Ctrl-C or SIGTERM.',
  usage: '',
  details: ['PORT, HOST, DOJANG_URL and DOJANG_DATA say where; only one may serve from a data folder.'],
  options: {},
  positionalsMax: 0,
  async run({ config, terminal, options }) {
    const settings = config()
    const { serve } = await import('../main.ts') // late, so that the other commands start without the web
    const stopped = stopSignal()
    const served = await serve(settings)
    const facts = startFacts(settings, { ...served, port: served.address.port })
    terminal.say(
      options.json === true
        ? JSON.stringify({ ok: true, serving: true, ...facts })
        : startScreen(facts, { isTty: process.stdout.isTTY }),
    )
    const signal = await stopped
    await served.stop()
    return { ok: true, words: '  Stopped; everything is on the disk.', facts: { stopped: signal } }
  },
}

/** The first signal asks; a second one, while what is in hand is being finished, ends at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1))
        resolve(signal)
      })
    }
  })
}
