/** The entry of the command line, brought in by bin/dojang.js. */
import { systemClock } from '../clock.ts'
import { EXIT_REFUSED } from './command.ts'
import { runCommand } from './run-command.ts'
import { terminalOn } from './terminal.ts'

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => process.exit(EXIT_REFUSED)) // the reader has gone, as in `dojang verify | head`
}
process.exitCode = await runCommand(
  process.argv.slice(2),
  terminalOn(process.stdout, process.stderr, systemClock),
)
