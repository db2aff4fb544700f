import type { DeploymentLog } from '../../adapters/kafka/deployment-log.ts';
import type { Decode } from '../../wire/decoder.ts';
import type { MemberKeys } from '../../wire/member-key.ts';
import type { CoverageRecord } from '../../wire/records.ts';
import { failed, type Finding, ok } from './finding.ts';
import { firstRecords } from './first-records.ts';

type Parts = {
  readonly log: DeploymentLog['log'];
  readonly partitions: number;
  readonly decode: Decode<CoverageRecord>;
  readonly keys: MemberKeys;
};

/** Whether coverage has been published under the keys that this secret makes: with another one, no claim finds its member. */
export async function memberKeysFinding({ log, partitions, decode, keys }: Parts): Promise<Finding> {
  const all = new Set(Array.from({ length: partitions }, (_, partition) => partition));
  const records = (await firstRecords(log, 'coverage', all)).filter(({ value }) => value !== null);
  const decoded = await decode(records.map(({ value }) => value ?? Buffer.alloc(0)));
  const matches = decoded.flatMap((result, index) =>
    result.kind === 'record' ? [String(records[index]?.key) === keys.ofCardholder(result.record.cardholderId)] : [],
  );
  if (matches.length === 0) return ok('member keys', 'there is no coverage to compare with');
  // Not all: coverage that an E1 finds by a search has the key of that search.
  return matches.some(Boolean)
    ? ok('member keys', 'coverage is keyed with MEMBER_KEY_SECRET')
    : failed(
        'member keys',
        'coverage is keyed with another secret than MEMBER_KEY_SECRET',
        'take the secret of the gateway and of whoever publishes coverage',
      );
}
