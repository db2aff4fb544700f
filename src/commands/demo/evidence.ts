import type { TopicRecord } from '../../adapters/kafka/topic-tail.ts';
import type { Codecs } from '../../adapters/registry/registry-codec.ts';
import type { PolicyBundle } from '../../policy/policy-bundle.ts';
import { invariant } from '../../values/invariant.ts';
import { toJson } from '../../wire/json.ts';
import type { ClaimResponseRecord, RebateEventRecord, Records } from '../../wire/records.ts';
import type { RecordName } from '../../wire/schema-files.ts';
import { fileDesk } from '../file-desk.ts';
import type { Evidence } from './proof.ts';
import type { Journal } from './stream-claims.ts';
import type { World } from './world.ts';

/** What the stream has answered to one claim. */
export type Answered = { readonly response: ClaimResponseRecord; readonly rebateEvents: readonly RebateEventRecord[] };

export type EvidenceInput = {
  readonly journal: Journal;
  readonly world: World;
  readonly policy: PolicyBundle;
  readonly codecs: Codecs;
};

/** Decodes what was read from the topics, and adjudicates the same claims in the same order in memory. */
export async function evidenceOf({
  journal,
  world,
  policy,
  codecs,
}: EvidenceInput): Promise<{ readonly evidence: Evidence; readonly answered: readonly Answered[] }> {
  const read = <Name extends RecordName>(name: Name, records: readonly TopicRecord[]) => decoded(codecs, name, records);
  const answers = await read('ClaimResponse', journal.responses);
  const rebateEvents = await read('RebateEvent', journal.rebateEvents);

  const desk = fileDesk(policy);
  for (const line of world.reference) desk.learn(line);
  const claims = journal.claims.map(({ partition, offset }) => `${String(partition)}/${String(offset)}`);
  const expected = new Map<string, readonly string[]>();
  for (const [index, record] of (await read('Claim', journal.claims)).entries()) {
    const { response, rebateEvents: events } = desk.adjudicate(record);
    expected.set(claims[index] ?? '', [responseJson(response), ...events.map(eventJson)]);
  }

  const eventsAt = Map.groupBy(rebateEvents.entries(), ([index]) => sourceOf(journal.rebateEvents[index]));
  return {
    evidence: {
      sent: world.claims.length,
      claims,
      answers: answers.map((record, index) => ({
        at: sourceOf(journal.responses[index]),
        json: responseJson(record),
      })),
      rebateEvents: rebateEvents.map((record, index) => ({
        at: sourceOf(journal.rebateEvents[index]),
        json: eventJson(record),
        amounts: record.entries.map(({ amountMinorUnits }) => amountMinorUnits),
      })),
      deadLetters: journal.deadLetters.length,
      expected,
    },
    answered: answers.map((response, index) => ({
      response,
      rebateEvents: (eventsAt.get(sourceOf(journal.responses[index])) ?? []).map(([, event]) => event),
    })),
  };
}

const responseJson = (record: ClaimResponseRecord): string => JSON.stringify(toJson('ClaimResponse', record));
const eventJson = (record: RebateEventRecord): string => JSON.stringify(toJson('RebateEvent', record));

/** Every output names the claim that caused it. */
const sourceOf = (record: TopicRecord | undefined): string =>
  `${String(record?.headers['rx.source.partition'])}/${String(record?.headers['rx.source.offset'])}`;

async function decoded<Name extends RecordName>(
  codecs: Codecs,
  name: Name,
  records: readonly TopicRecord[],
): Promise<readonly Records[Name][]> {
  const results = await codecs.decoderOf(name)(records.flatMap(({ value }) => value ?? []));
  return results.map((result) => {
    invariant(result.kind === 'record', 'what is on the topics of the demo can be read');
    return result.record;
  });
}
