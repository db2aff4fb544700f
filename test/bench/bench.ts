/** `npm run bench [-- PART …] [--small]`: measures, prints, and rewrites the figures of docs/performance.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { measureCore } from './core.ts';
import { measureDrain } from './drain.ts';
import { measureLatency } from './latency.ts';
import type { Latency } from './latency.ts';
import { machine } from './machine.ts';
import { adjudicateMany } from './many-claims.ts';
import {
  coreText,
  drainText,
  latencyText,
  manyClaimsText,
  replaceFigures,
  restoreText,
  rollingText,
} from './report.ts';
import { measureRestore } from './restore.ts';
import { measureRolling } from './rolling.ts';

/** Sizes of a real measurement, and of a quick look at whether everything works, whose figures mean nothing. */
const FULL = {
  load: { members: 20_000, warmUpSeconds: 60, leadInSeconds: 10, seconds: 25 },
  drain: 300_000,
  restore: 200_000,
  core: 100_000,
  invariants: { claims: 1_000_000, members: 50_000 },
};
const SMALL = {
  load: { members: 1_000, warmUpSeconds: 2, leadInSeconds: 1, seconds: 3 },
  drain: 10_000,
  restore: 5_000,
  core: 5_000,
  invariants: { claims: 20_000, members: 1_000 },
};
const RATES = [200, 1_000, 2_000];
/** Two lanes for each worker are best; four show what more of them cost. */
const LANES = [2, 4];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { small: { type: 'boolean' } } });
const size = values.small ? SMALL : FULL;

const PARTS: Readonly<Record<string, () => Promise<string>>> = {
  core: async () => coreText(await measureCore(size.core)),
  latency: async () => {
    const measured: Latency[] = [];
    for (const lanes of LANES) measured.push(...(await measureLatency(lanes, { ...size.load, rates: RATES })));
    return latencyText(measured);
  },
  drain: async () => drainText(await measureDrain(size.drain)),
  invariants: () => Promise.resolve(manyClaimsText(adjudicateMany(size.invariants.claims, size.invariants.members))),
  restore: async () => restoreText(await measureRestore(size.restore)),
  rolling: async () => rollingText(await measureRolling(size.load)),
};

const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  process.exit(2);
}

const DOCUMENT = join(import.meta.dirname, '../../docs/performance.md');
for (const [name, measure] of Object.entries(PARTS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  console.error(`measuring ${name} …`);
  const figures = `${await measure()}\n\n${machine()}`;
  console.log(`\n${figures}\n`);
  if (!values.small) await writeFile(DOCUMENT, replaceFigures(await readFile(DOCUMENT, 'utf8'), name, figures));
}
