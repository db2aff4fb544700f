import type { Command } from 'commander';

import { INPUT_SOURCES } from '../stream/ports.ts';
import { topicNames } from '../wire/topics.ts';
import { EXIT } from './exit-codes.ts';
import { configuration, type Shell } from './shell.ts';

/** The commands that look at a deployment and change nothing. */
export function addOperationsCommands(program: Command, shell: Shell): void {
  addTopics(program, shell);
  addLag(program, shell);
}

const TOPICS_EXAMPLES = `Examples:
  adjudicator topics
  adjudicator topics --json | jq 'select(.differences != [])'
`;

function addTopics(program: Command, shell: Shell): void {
  program
    .command('topics')
    .description('print the topics of the deployment and how they differ from their table')
    .addHelpText('before', TOPICS_EXAMPLES)
    .addHelpText('after', '\nExit codes: 0 all are as in the table, 1 some are not, 69 the brokers do not answer.')
    .option('--topics <file>', 'the table of topics', 'deploy/topics.yaml')
    .option('--json', 'print JSON lines', false)
    .action(async (flags: { topics: string; json: boolean }) => {
      const config = configuration(shell);
      const { readTopicsFile } = await import('../adapters/files/topics-file.ts');
      const { kafkaClient } = await import('../adapters/kafka/kafka-client.ts');
      const { topics } = await import('./topics.ts');
      const same = await topics({
        kafka: kafkaClient(config.kafka),
        table: readTopicsFile(flags.topics),
        prefix: config.topics.prefix,
        json: flags.json,
        print: shell.print,
      });
      if (!same) shell.exitWith(EXIT.data);
    });
}

const LAG_EXAMPLES = `Examples:
  adjudicator lag
  adjudicator lag --json | jq -s 'map(.seconds) | max'
`;

function addLag(program: Command, shell: Shell): void {
  program
    .command('lag')
    .description(
      'print how far the workers are behind: records that wait, and for how many seconds the first of them has',
    )
    .addHelpText('before', LAG_EXAMPLES)
    .addHelpText('after', '\nExit codes: 0 it is told, 69 the brokers do not answer.')
    .option('--json', 'print JSON lines', false)
    .action(async ({ json }: { json: boolean }) => {
      const config = configuration(shell);
      const topics = topicNames(config.topics.prefix);
      const { kafkaClient } = await import('../adapters/kafka/kafka-client.ts');
      const { lag } = await import('./lag.ts');
      await lag({
        kafka: kafkaClient(config.kafka),
        groupId: config.group.id,
        inputs: INPUT_SOURCES.map((source) => topics[source]),
        json,
        print: shell.print,
        now: () => Date.now(),
      });
    });
}
