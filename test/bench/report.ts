import type { Percentiles } from '../../src/commands/demo/answer-times.ts';
import type { Core } from './core.ts';
import type { Drain } from './drain.ts';
import type { Latency } from './latency.ts';
import type { ManyClaims } from './many-claims.ts';
import type { Restore } from './restore.ts';
import type { Rolling } from './rolling.ts';

const grouped = (number: number): string => Math.round(number).toLocaleString('en').replaceAll(',', ' ');
const decimals = (number: number, digits = 1): string => number.toFixed(digits);

/** A table in Markdown; all cells but those of the first column are numbers. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 4));
  const padded = (cell: string, column: number): string =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const line = (cells: readonly string[]): string => `| ${cells.map(padded).join(' | ')} |`;
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}

export const latencyText = (rows: readonly Latency[]): string =>
  table(
    ['claims a second', 'lanes', ...PERCENTILES],
    rows.map(({ perSecond, lanes, ...percentiles }) => [grouped(perSecond), String(lanes), ...cellsOf(percentiles)]),
  );

const PERCENTILES = ['p50 ms', 'p99 ms', 'p99.9 ms', 'slowest ms', 'claims'];
const cellsOf = ({ p50, p99, p999, most, count }: Percentiles): readonly string[] => [
  ...[p50, p99, p999, most].map((milliseconds) => decimals(milliseconds)),
  grouped(count),
];

export const rollingText = ({ perSecond, lanes, staying, replaced, seconds }: Rolling): string =>
  table(
    [`${grouped(perSecond)} claims a second, ${String(lanes)} lanes`, ...PERCENTILES],
    [
      ['two workers that stay', ...cellsOf(staying)],
      [`two workers that are replaced, in ${decimals(seconds)} s`, ...cellsOf(replaced)],
    ],
  );

export const drainText = (drain: Drain): string =>
  table(
    ['queued claims, one worker', 'measured'],
    [
      ['claims', grouped(drain.claims)],
      ['claims a second, first answer to last', grouped(drain.claimsPerSecond)],
      ['claims a second, over all', grouped(drain.claims / drain.secondsOverAll)],
      ['seconds from its start to its first answer', decimals(drain.secondsToFirstAnswer)],
      ["worker's processor time for a claim, µs", decimals(drain.cpuMicrosecondsPerClaim)],
    ],
  );

export const restoreText = ({ members, records, seconds }: Restore): string =>
  table(
    ['Redis emptied under a worker that serves', 'measured'],
    [
      ['members in the journal', grouped(members)],
      ['records read again', grouped(records)],
      ['seconds until all lanes answer again', decimals(seconds)],
    ],
  );

export const coreText = ({ claims, cpuMicrosecondsPerClaim }: Core): string =>
  table(
    ['the core alone, one thread', 'measured'],
    [
      ['claims', grouped(claims)],
      ['processor time for a claim, µs', decimals(cpuMicrosecondsPerClaim)],
    ],
  );

const ANSWERS = [
  { name: 'paid', statuses: ['P'] },
  { name: 'reversals accepted', statuses: ['A'] },
  { name: 'repeated, as they were sent again', statuses: ['D', 'S'] },
  { name: 'rejected', statuses: ['R'] },
] as const;

export function manyClaimsText({ members, answers, rebateEvents, cpuSeconds, peakMegabytes }: ManyClaims): string {
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, each) => total + each, 0);
  return table(
    ['claims of several programmes, one thread', 'counted'],
    [
      ['members', grouped(members)],
      ['claims, each with one answer', grouped(sum(answers.values()))],
      ...ANSWERS.map(({ name, statuses }) => [name, grouped(sum(statuses.map((each) => answers.get(each) ?? 0)))]),
      ['rebate events', grouped(rebateEvents)],
      ['what does not hold', '0'],
      ['processor time of the process, s', decimals(cpuSeconds)],
      ['memory of the process at most, MB', grouped(peakMegabytes)],
    ],
  );
}

/** The document with other figures between the markers of a part; whatever stands around them is kept. */
export function replaceFigures(document: string, part: string, figures: string): string {
  const [begin, end] = [`<!-- ${part} -->`, `<!-- end of ${part} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no place for ${part}`);
  return `${document.slice(0, from + begin.length)}\n\n${figures}\n\n${document.slice(to)}`;
}
