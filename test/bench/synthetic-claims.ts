import type { KeyedRecord } from '../../src/adapters/kafka/claim-producer.ts';
import type { Codecs } from '../../src/adapters/registry/registry-codec.ts';
import { generate } from '../../src/commands/synthetic/generate.ts';
import type { Synthetic } from '../../src/commands/synthetic/generate.ts';
import type { Config } from '../../src/config.ts';
import { CalendarDate } from '../../src/values/calendar-date.ts';
import { memberKeys } from '../../src/wire/member-key.ts';
import { topicNames } from '../../src/wire/topics.ts';

/** As `produce` makes them when it is told nothing but the members. */
export const synthetic = (members: number): Synthetic =>
  generate({
    seed: 1,
    members,
    startDate: CalendarDate.of('2026-08-03'),
    mix: { rejects: 0.1, resends: 0.03, reversals: 0.03 },
  });

export type SyntheticClaimsOptions = { readonly members: number; readonly config: Config; readonly codecs: Codecs };

/** Claims as they go to the topic, without end. */
export function* syntheticClaims({ members, config, codecs }: SyntheticClaimsOptions): Generator<KeyedRecord, never> {
  const keys = memberKeys(config.members.keySecret);
  const topic = topicNames(config.topics.prefix).claims;
  const encode = codecs.encoderOf('Claim');
  const { claims } = synthetic(members);
  for (;;) {
    const { record } = claims.next().value;
    yield { topic, key: keys.ofClaim(record) ?? '', value: encode(record) };
  }
}
