import type { Decoded } from '../wire/decoder.ts';
import type { MemberKeys } from '../wire/member-key.ts';
import { readClaim } from '../wire/read-claim.ts';
import type { Parsed } from '../wire/read-claim.ts';
import type { ClaimRecord } from '../wire/records.ts';
import type { Batch } from './batch.ts';
import type { LaneParts } from './lane-parts.ts';
import type { DeadLetterReason, LogRecord } from './ports.ts';

/** The fates of a record: it is decided, or it is set aside where somebody can look at it. */
export type Opened = { readonly partition: number; readonly record: LogRecord } & (
  | { readonly kind: 'claim'; readonly memberKey: string; readonly claim: ClaimRecord; readonly parsed: Parsed }
  | { readonly kind: 'dead-letter'; readonly reason: DeadLetterReason }
);

/** The records of a batch with what lies in them, partition by partition in the order of the log. */
export async function openRecords(
  { codec, keys }: Pick<LaneParts, 'codec' | 'keys'>,
  { claims }: Pick<Batch, 'claims'>,
): Promise<readonly Opened[]> {
  const records = [...claims].flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
  const decoded = await codec.decode.claims(records.map(({ record }) => record.value ?? NOTHING));
  return records.map((at, index) => ({ ...at, ...openRecord(keys, at.record, decoded[index]) }));
}

const NOTHING = Buffer.alloc(0);

/** A claim with wrong fields is a claim: it gets its answer. */
function openRecord(keys: MemberKeys, { key, value }: LogRecord, decoded: Decoded<ClaimRecord> | undefined) {
  if (value === null || !decoded) return { kind: 'dead-letter', reason: 'NO_VALUE' } as const;
  if (decoded.kind === 'undecodable') return { kind: 'dead-letter', reason: decoded.reason } as const;
  const memberKey = key?.toString() ?? '';
  const expected = keys.ofClaim(decoded.record);
  // Without a cardholder id nobody but the sender can tell the key; its shape is all there is to check.
  const right = expected === null ? /^[0-9a-f]{32}$/.test(memberKey) : memberKey === expected;
  if (!right) return { kind: 'dead-letter', reason: 'KEY_MISMATCH' } as const;
  return { kind: 'claim', memberKey, claim: decoded.record, parsed: readClaim(decoded.record) } as const;
}
