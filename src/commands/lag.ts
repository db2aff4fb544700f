import { lookingAt } from '../adapters/kafka/connections.ts';
import { groupLag, type PartitionLag } from '../adapters/kafka/group-lag.ts';
import type { Kafka } from '../adapters/kafka/kafkajs.ts';

export type LagOptions = {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** The topics whose records are answered. */
  readonly inputs: readonly string[];
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Prints how far the workers are behind, by partition: how many records wait, and for how long the first of them has. */
export async function lag({ kafka, groupId, inputs, json, print, now }: LagOptions): Promise<void> {
  const lags = await lookingAt(kafka, (connections) => groupLag(connections, { groupId, inputs }));
  const rows = lags.map((each) => rowOf(each, now()));
  if (json) for (const row of rows) print(JSON.stringify(row));
  else for (const line of table(rows)) print(line);
}

type Row = Omit<PartitionLag, 'waitingSince'> & { readonly seconds: number };

function rowOf({ waitingSince, ...lagging }: PartitionLag, now: number): Row {
  // The time of the append is the broker's, and its clock may be ahead of this one.
  return { ...lagging, seconds: waitingSince === null ? 0 : Math.max(0, now - waitingSince) / 1000 };
}

/** All partitions, and under them what the whole waits for. */
function table(rows: readonly Row[]): readonly string[] {
  const cells = [
    ['topic', 'partition', 'committed', 'end', 'records', 'seconds', 'lost'],
    ...rows.map((row) => [
      row.topic,
      String(row.partition),
      row.committed === null ? 'never' : String(row.committed),
      ...[row.end, row.records].map(String),
      row.seconds.toFixed(1),
      String(row.lost),
    ]),
    [
      'all',
      '',
      '',
      '',
      ...[sum(rows.map(({ records }) => records))].map(String),
      worst(rows),
      String(sum(rows.map(({ lost }) => lost))),
    ],
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map(([topic = '', ...numbers]) =>
    [topic.padEnd(widths[0] ?? 0), ...numbers.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))].join('  '),
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const worst = (rows: readonly Row[]): string => Math.max(0, ...rows.map(({ seconds }) => seconds)).toFixed(1);
