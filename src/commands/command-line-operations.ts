import type { Command } from 'commander';

import { INPUT_SOURCES } from '../stream/ports.ts';
import { topicNames } from '../wire/topics.ts';
import { EXIT } from './exit-codes.ts';
import { configuration, policyDirectory, type Shell } from './shell.ts';

/** The commands that look at a deployment and change nothing. */
export function addOperationsCommands(program: Command, shell: Shell): void {
  addDoctor(program, shell);
  addTopics(program, shell);
  addLag(program, shell);
}

const DOCTOR_EXAMPLES = `Examples:
  adjudicator doctor
  adjudicator doctor --json | jq 'select(.verdict != "ok")'
`;

const DOCTOR_EXPLANATION = `
A finding to a line: what was looked at, what there is, and what to do about it. It joins no group, writes nothing and takes no
lane, so it may run beside workers. Exit codes: 0 a worker could work, 1 something has failed.`;

function addDoctor(program: Command, shell: Shell): void {
  program
    .command('doctor')
    .description('look at all that a worker needs: settings, policy, servers, topics, schemas, rights, clocks')
    .addHelpText('before', DOCTOR_EXAMPLES)
    .addHelpText('after', DOCTOR_EXPLANATION)
    .option('--topics <file>', 'the table of topics', 'deploy/topics.yaml')
    .option('--json', 'print JSON lines', false)
    .action(async ({ topics, json }: { topics: string; json: boolean }) => {
      const { readTopicsFile } = await import('../adapters/files/topics-file.ts');
      const { doctor } = await import('./doctor.ts');
      const { env, print } = shell;
      const table = readTopicsFile(topics);
      const well = await doctor({
        env,
        policyDirectory: policyDirectory(shell),
        table,
        json,
        print,
        now: () => Date.now(),
      });
      if (!well) shell.exitWith(EXIT.data);
    });
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
