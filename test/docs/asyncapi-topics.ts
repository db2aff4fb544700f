import { join } from 'node:path';

import { readTopicsFile, type TopicsTable } from '../../src/adapters/files/topics-file.ts';
import { invariant } from '../../src/values/invariant.ts';
import type { RecordName } from '../../src/wire/schema-files.ts';
import { TOPICS } from '../../src/wire/topics.ts';
import { ROOT } from '../tidy/project-copy.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A topic as deploy/topics.yaml has it, with what the code calls it. */
export type Topic = Omit<TopicsTable['topics'][number], 'record'> & {
  readonly role: string;
  readonly record: RecordName | null;
};

const table = readTopicsFile(join(ROOT, 'deploy/topics.yaml'));

export const PARTITIONS = table.partitions;

export const TOPIC_LIST: readonly Topic[] = table.topics.map((topic) => {
  const known = Object.entries(TOPICS).find(([, { name }]) => name === topic.name);
  invariant(known !== undefined, 'the table has the topics of the code');
  const [role, { record }] = known;
  return { ...topic, role, record };
});

/** The topic whose records are answered, or set aside, on this one. */
export const causeOf = ({ name }: Topic): Topic | undefined =>
  TOPIC_LIST.find(({ answeredOn, setAsideOn }) => [answeredOn, setAsideOn].includes(name));

export const isWorkers = (party: string): boolean => party === 'workers';
