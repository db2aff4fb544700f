import type { Decode, Decoded } from '../wire/decoder.ts';
import type { MemberKeys } from '../wire/member-key.ts';
import { readClaim } from '../wire/read-claim.ts';
import type { Parsed } from '../wire/read-claim.ts';
import type { ClaimRecord, PriorAuthorizationRequestRecord } from '../wire/records.ts';
import type { Batch } from './batch.ts';
import type { LaneParts } from './lane-parts.ts';
import type { DeadLetterReason, LogRecord } from './ports.ts';

/** The fates of a record: it is decided, or it is set aside where somebody can look at it. */
type Opened<Content> = { readonly partition: number; readonly record: LogRecord } & (
  ({ readonly memberKey: string } & Content) | { readonly kind: 'dead-letter'; readonly reason: DeadLetterReason }
);
type Claim = { readonly kind: 'claim'; readonly claim: ClaimRecord; readonly parsed: Parsed };
type Request = { readonly kind: 'request'; readonly request: PriorAuthorizationRequestRecord };

export type OpenedClaim = Opened<Claim>;
export type OpenedRequest = Opened<Request>;

type Openers = Pick<LaneParts, 'codec' | 'keys'>;

/** The records of a batch with what lies in them, partition by partition in the order of the log. A claim with wrong fields is a claim: it gets its answer. */
export const openClaims = ({ codec, keys }: Openers, records: Batch['records']): Promise<readonly OpenedClaim[]> =>
  openRecords(records, {
    decode: codec.decode.claims,
    keyOf: keys.ofClaim,
    content: (claim): Claim => ({ kind: 'claim', claim, parsed: readClaim(claim) }),
  });

/** The same of requests for prior authorization. */
export const openRequests = ({ codec, keys }: Openers, records: Batch['records']): Promise<readonly OpenedRequest[]> =>
  openRecords(records, {
    decode: codec.decode.authorizationRequests,
    keyOf: keys.ofRequest,
    content: (request): Request => ({ kind: 'request', request }),
  });

type Opening<Sent, Content> = {
  readonly decode: Decode<Sent>;
  readonly keyOf: (sent: Sent) => ReturnType<MemberKeys['ofClaim']>;
  readonly content: (sent: Sent) => Content;
};

async function openRecords<Sent, Content>(
  batch: Batch['records'],
  opening: Opening<Sent, Content>,
): Promise<readonly Opened<Content>[]> {
  const records = [...batch].flatMap(([partition, list]) => list.map((record) => ({ partition, record })));
  const decoded = await opening.decode(records.map(({ record }) => record.value ?? NOTHING));
  return records.map((at, index) => ({ ...at, ...openRecord(opening, at.record, decoded[index]) }));
}

const NOTHING = Buffer.alloc(0);

function openRecord<Sent, Content>(
  { keyOf, content }: Opening<Sent, Content>,
  { key, value }: LogRecord,
  decoded: Decoded<Sent> | undefined,
) {
  if (value === null || !decoded) return { kind: 'dead-letter', reason: 'NO_VALUE' } as const;
  if (decoded.kind === 'undecodable') return { kind: 'dead-letter', reason: decoded.reason } as const;
  const memberKey = key?.toString() ?? '';
  const expected = keyOf(decoded.record);
  // Without a cardholder id nobody but the sender can tell the key; its shape is all there is to check.
  const right = expected === null ? /^[0-9a-f]{32}$/.test(memberKey) : memberKey === expected;
  if (!right) return { kind: 'dead-letter', reason: 'KEY_MISMATCH' } as const;
  return { memberKey, ...content(decoded.record) };
}
