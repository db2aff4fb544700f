import type { TopicsTable } from '../../adapters/files/topics-file.ts';
import type { Connections } from '../../adapters/kafka/connections.ts';
import { type GroupFacts, mayUseTransactionalId } from '../../adapters/kafka/group-facts.ts';
import type { Right } from '../../adapters/kafka/rights.ts';
import type { Config } from '../../config.ts';
import type { TopicReport } from '../topic-reports.ts';
import { failed, type Finding, ok } from './finding.ts';

export type Rights = {
  readonly config: Config;
  readonly table: TopicsTable;
  readonly reports: readonly TopicReport[];
  readonly group: GroupFacts;
};

/** What a worker may not do although it has to. */
export async function rightsFindings(connections: Connections, rights: Rights): Promise<readonly Finding[]> {
  const { config, group } = rights;
  const id = `${config.lanes.transactionalIdPrefix}.lane-0`;
  const lacking = [
    ...topicsLacking(rights),
    ...(group.rights.has('READ') ? [] : [['READ', `group ${config.group.id}`] as const]),
    ...((await mayUseTransactionalId(connections, id)) ? [] : [['WRITE', `transactional id ${id}`] as const]),
  ];
  if (lacking.length === 0) return [ok('rights', 'those that a worker needs')];
  return lacking.map(([right, what]) =>
    failed(
      'rights',
      `this client has not the right to ${right} on ${what}`,
      'allow it to the user of KAFKA_SASL_USERNAME, or of the certificate',
    ),
  );
}

function topicsLacking({ config, table, reports }: Rights): readonly (readonly [Right, string])[] {
  return table.topics.flatMap(({ name, readBy, writtenBy }) => {
    const topic = `${config.topics.prefix}${name}`;
    const facts = reports.find((report) => report.topic === topic)?.facts;
    // What is missing or hidden is told with the topics.
    if (!facts) return [];
    const needed = [
      ...(readBy.includes('workers') ? (['READ'] as const) : []),
      ...(writtenBy.includes('workers') ? (['WRITE'] as const) : []),
    ];
    return needed.filter((right) => !facts.rights.has(right)).map((right) => [right, `topic ${topic}`] as const);
  });
}
