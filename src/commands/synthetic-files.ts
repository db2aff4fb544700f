import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { writeJsonLines } from '../adapters/files/json-lines.ts';
import { toJson } from '../wire/json.ts';
import type { Json } from '../wire/json.ts';
import type { ParticipationRecord } from '../wire/records.ts';
import { TOPICS } from '../wire/topics.ts';
import { generate } from './synthetic/generate.ts';
import type { SyntheticOptions } from './synthetic/generate.ts';
import type { MemberFile } from './synthetic/members.ts';

export type SyntheticFiles = { readonly claims: string; readonly reference: string };

/** The synthetic claims and what has to be on file for them, as `adjudicate` reads them: no server needed. */
export async function writeSyntheticFiles(
  options: SyntheticOptions & { readonly count: number },
  directory: string,
): Promise<SyntheticFiles> {
  await mkdir(directory, { recursive: true });
  const paths = { claims: join(directory, 'claims.jsonl'), reference: join(directory, 'reference.jsonl') };
  const { reference, claims } = generate(options);

  const lines = writeJsonLines(paths.reference);
  for (const record of reference.participation) await lines.write(participationLine(record));
  for (const file of reference.files) for (const line of memberLines(file)) await lines.write(line);
  await lines.close();

  const claimLines = writeJsonLines(paths.claims);
  for (let sent = 0; sent < options.count; sent += 1)
    await claimLines.write(toJson('Claim', claims.next().value.record));
  await claimLines.close();
  return paths;
}

/** Reference data as lines that `adjudicate` takes. */
export const participationLine = (record: ParticipationRecord): Json => ({
  topic: TOPICS.participation.name,
  value: toJson('Participation', record),
});

/** The same of what is on file about a member. */
export const memberLines = ({ cardholderId, coverage, priorAuthorization }: MemberFile): readonly Json[] => [
  { topic: TOPICS.coverage.name, value: toJson('Coverage', coverage) },
  ...(priorAuthorization
    ? [
        {
          topic: TOPICS.priorAuthorizations.name,
          cardholderId,
          value: toJson('PriorAuthorization', priorAuthorization),
        },
      ]
    : []),
];
