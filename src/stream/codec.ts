import type { Decode } from '../wire/decoder.ts';
import type { Records } from '../wire/records.ts';

/** Avro in Confluent's framing: a decoder for each topic that is read, an encoder for each that is written. */
export type Codec = {
  readonly decode: {
    readonly claims: Decode<Records['Claim']>;
    readonly authorizationRequests: Decode<Records['PriorAuthorizationRequest']>;
    readonly accounts: Decode<Records['MemberAccounts']>;
    readonly coverage: Decode<Records['Coverage']>;
    readonly priorAuthorizations: Decode<Records['PriorAuthorization']>;
    readonly participation: Decode<Records['Participation']>;
  };
  readonly encode: {
    readonly responses: (record: Records['ClaimResponse']) => Buffer;
    readonly rebateEvents: (record: Records['RebateEvent']) => Buffer;
    readonly accounts: (record: Records['MemberAccounts']) => Buffer;
    readonly priorAuthorizations: (record: Records['PriorAuthorization']) => Buffer;
  };
};
