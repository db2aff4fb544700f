import type { Context } from '../adjudication/context.ts';
import type { Codec } from '../stream/codec.ts';
import type { Fetched, LogRecord } from '../stream/ports.ts';
import { readCoverage } from '../wire/coverage.ts';
import type { Decode } from '../wire/decoder.ts';
import { readParticipation } from '../wire/participation.ts';
import { readPriorAuthorizations } from '../wire/prior-authorizations.ts';

/** What is known of a member and of the parties, by the keys of the compacted topics. */
export type TopicReference = {
  /** Takes what was fetched of one of these topics. Answers how many of its records nobody can read; they change nothing. */
  learn(fetched: Fetched): Promise<number>;
  knownOf(memberKey: string): Omit<Context, 'policy'>;
};

export function topicReference({ decode }: Codec): TopicReference {
  const coverage = new Map<string, Context['coverage']>();
  const priorAuthorizations = new Map<string, Context['priorAuthorizations']>();
  const participation = new Map<string, ReturnType<typeof readParticipation>>();
  return {
    learn: ({ source, records }) => {
      switch (source) {
        case 'coverage':
          return keepLast(coverage, records, { decode: decode.coverage, read: readCoverage });
        case 'priorAuthorizations':
          return keepLast(priorAuthorizations, records, {
            decode: decode.priorAuthorizations,
            read: readPriorAuthorizations,
          });
        case 'participation':
          return keepLast(participation, records, { decode: decode.participation, read: readParticipation });
        case 'claims':
        case 'authorizationRequests':
        case 'accounts':
          return Promise.resolve(0);
      }
    },
    knownOf: (memberKey) => ({
      coverage: coverage.get(memberKey) ?? null,
      priorAuthorizations: priorAuthorizations.get(memberKey) ?? [],
      participation,
    }),
  };
}

type Reading<Wire, Value> = { readonly decode: Decode<Wire>; readonly read: (record: Wire) => Value };

/** The last record of a key counts, and one without a value takes away what was there. */
async function keepLast<Wire, Value>(
  kept: Map<string, Value>,
  records: readonly LogRecord[],
  { decode, read }: Reading<Wire, Value>,
): Promise<number> {
  const decoded = await decode(records.map(({ value }) => value ?? NOTHING));
  let unread = 0;
  for (const [index, { key, value }] of records.entries()) {
    const result = decoded[index];
    if (key !== null && value === null) kept.delete(String(key));
    else if (key !== null && result?.kind === 'record') kept.set(String(key), read(result.record));
    else unread += 1;
  }
  return unread;
}

const NOTHING = Buffer.alloc(0);
