import { readConfig } from '../../src/config.ts';
import { start } from '../../src/commands/start.ts';
import type { Step, Telemetry } from '../../src/stream/ports.ts';

/**
 * A worker as `adjudicator start` runs it, which sends itself a signal when it has done a step for the nth time:
 * `node worker-process.ts [STEP NTH SIGNAL]`. Nothing in the program knows of it.
 */
const [step, nth = '1', signal = 'SIGKILL'] = process.argv.slice(2) as [Step?, string?, NodeJS.Signals?];
let seen = 0;

const observe = (telemetry: Telemetry): Telemetry => ({
  ...telemetry,
  stepDone: (event) => {
    telemetry.stepDone(event);
    if (event.step !== step) return;
    seen += 1;
    if (seen === Number(nth)) process.kill(process.pid, signal);
  },
});

const stop = new AbortController();
process.once('SIGTERM', () => {
  stop.abort();
});
await start({ config: readConfig(process.env), signal: stop.signal, observe });
// As in main.ts: what a library holds on to must not hold the process.
setTimeout(() => process.exit(), 2_000).unref();
