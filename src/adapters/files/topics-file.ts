import { readFileSync } from 'node:fs';

import { parse } from 'yaml';
import { z } from 'zod';

import { TOPICS } from '../../wire/topics.ts';

const setting = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** Who writes or reads a topic; `workers` are ours. */
const parties = z.array(z.string()).min(1);

const Table = z.object({
  partitions: z.int().min(1),
  topics: z.array(
    z.object({
      name: z.string(),
      /** In words: how its records are keyed. */
      key: z.string(),
      record: z.string().optional(),
      writtenBy: parties,
      readBy: parties,
      /** The topic of the answers to its records. */
      answeredOn: z.string().optional(),
      /** The topic of those that nobody can read. */
      setAsideOn: z.string().optional(),
      settings: z.record(z.string(), setting),
    }),
  ),
});

/** The topics of a deployment without their prefix, as `deploy/topics.yaml` lists them. */
export type TopicsTable = z.output<typeof Table>;

/** Throws when the file is no such table, or names other topics or records than the code does. */
export function readTopicsFile(path: string): TopicsTable {
  const read = Table.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new TopicsFileProblem(`${path}:\n${z.prettifyError(read.error)}`);
  const inFile = read.data.topics.map(({ name, record }) => describe(name, record ?? null)).sort();
  const inCode = Object.values(TOPICS)
    .map(({ name, record }) => describe(name, record))
    .sort();
  if (inFile.join() !== inCode.join()) {
    throw new TopicsFileProblem(`${path}: this version works with exactly these topics: ${inCode.join(', ')}`);
  }
  return read.data;
}

const describe = (name: string, record: string | null): string => (record === null ? name : `${name} of ${record}`);

/** The file needs mending; the message says where. */
export class TopicsFileProblem extends Error {
  override readonly name = 'TopicsFileProblem';
}
