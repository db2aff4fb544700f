import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { writeJsonLines } from '../adapters/files/json-lines.ts';
import { toJson } from '../wire/json.ts';
import { TOPICS } from '../wire/topics.ts';
import { generate } from './synthetic/generate.ts';
import type { SyntheticOptions } from './synthetic/generate.ts';

export type SyntheticFiles = { readonly claims: string; readonly reference: string };

/** The synthetic claims and what has to be on file for them, as `adjudicate` reads them: no server needed. */
export async function writeSyntheticFiles(
  options: SyntheticOptions & { readonly count: number },
  directory: string,
): Promise<SyntheticFiles> {
  await mkdir(directory, { recursive: true });
  const paths = { claims: join(directory, 'claims.jsonl'), reference: join(directory, 'reference.jsonl') };
  const { reference, claims } = generate(options);

  const referenceLines = writeJsonLines(paths.reference);
  for (const record of reference.participation) {
    await referenceLines.write({ topic: TOPICS.participation.name, value: toJson('Participation', record) });
  }
  for (const { cardholderId, coverage, priorAuthorization } of reference.files) {
    await referenceLines.write({ topic: TOPICS.coverage.name, value: toJson('Coverage', coverage) });
    if (!priorAuthorization) continue;
    const value = toJson('PriorAuthorization', priorAuthorization);
    await referenceLines.write({ topic: TOPICS.priorAuthorizations.name, cardholderId, value });
  }
  await referenceLines.close();

  const claimLines = writeJsonLines(paths.claims);
  for (let sent = 0; sent < options.count; sent += 1)
    await claimLines.write(toJson('Claim', claims.next().value.record));
  await claimLines.close();
  return paths;
}
