import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { RawPolicy } from '../../src/adapters/files/policy-bundle.ts';

/** Writes a policy into a new folder; a document that is text is written as it is, and one that is undefined is not there. */
export function policyFolder(raw: RawPolicy): string {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  for (const [name, document] of Object.entries(raw).filter(([, each]) => each !== undefined)) {
    writeFileSync(join(folder, name), typeof document === 'string' ? document : JSON.stringify(document, null, 2));
  }
  return folder;
}
