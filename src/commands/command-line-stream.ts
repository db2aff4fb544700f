import type { Command } from 'commander';

import type { CalendarDate } from '../values/calendar-date.ts';
import { day, share, wholeNumber } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { configuration, type Shell } from './shell.ts';

/** The commands that need servers, or start them. */
export function addStreamCommands(program: Command, shell: Shell): void {
  addStart(program, shell);
  addProvision(program, shell);
  addProduce(program, shell);
  addDemo(program, shell);
}

function addStart(program: Command, shell: Shell): void {
  program
    .command('start')
    .description('run a worker until it is told to stop (SIGTERM or SIGINT)')
    .action(async () => {
      const { start } = await import('./start.ts');
      await start({ config: configuration(shell), signal: shell.untilStopped() });
    });
}

function addProvision(program: Command, shell: Shell): void {
  program
    .command('provision')
    .description('make the topics of a deployment and register its schemas; what is there is left alone')
    .option('--topics <file>', 'the table of topics', 'deploy/topics.yaml')
    .option('--dry-run', 'say what would be done, and do nothing', false)
    .option('--json', 'print JSON lines', false)
    .action(async ({ topics, ...options }: { topics: string; dryRun: boolean; json: boolean }) => {
      const config = configuration(shell);
      const { readTopicsFile } = await import('../adapters/files/topics-file.ts');
      const { kafkaClient } = await import('../adapters/kafka/kafka-client.ts');
      const { provisionTopics } = await import('../adapters/kafka/provision-topics.ts');
      const { schemaRegistry } = await import('../adapters/registry/schema-registry.ts');
      const { provision } = await import('./provision.ts');
      await provision({
        table: readTopicsFile(topics),
        prefix: config.topics.prefix,
        provisionTopics: (plans, dryRun) => provisionTopics(kafkaClient(config.kafka), plans, dryRun),
        registry: schemaRegistry(config.registry),
        print: shell.print,
        ...options,
      });
    });
}

type ProduceFlags = {
  readonly count: number;
  readonly rate: number;
  readonly seed: number;
  readonly members?: number;
  readonly startDate: CalendarDate;
  readonly rejects: number;
  readonly resends: number;
  readonly reversals: number;
  readonly topic?: string;
  readonly reference: boolean;
  readonly files?: string;
  readonly json: boolean;
};

function addProduce(program: Command, shell: Shell): void {
  const command = program
    .command('produce')
    .description('send synthetic claims, and before them what has to be on file about their members')
    .option('--count <claims>', 'how many claims', wholeNumber(1), 10_000)
    .option('--rate <per second>', 'how many a second; 0 is as fast as the broker takes them', wholeNumber(0), 0)
    .option('--seed <number>', 'the same seed gives the same claims', wholeNumber(0), 1)
    .option('--members <number>', 'members whose fills are paid (default: one for ten claims)', wholeNumber(1))
    .option('--start-date <day>', 'date of service of the first claims', day, day('2026-08-03'))
    .option('--rejects <share>', 'share of claims that are refused, for one of many reasons', share, 0.1)
    .option('--resends <share>', 'share of claims that have been sent before', share, 0.03)
    .option('--reversals <share>', 'share of reversals, of which a quarter are rebills', share, 0.03)
    .option('--topic <name>', "instead of the deployment's topic of claims")
    .option('--no-reference', 'the reference data of these members is there already')
    .option('--files <directory>', 'send nothing: write claims.jsonl and reference.jsonl for `adjudicate`')
    .option('--json', 'print the summary as JSON', false)
    .action(async ({ members, topic, files, json, ...flags }: ProduceFlags) => {
      const { rejects, resends, reversals, count } = flags;
      if (rejects + resends + reversals >= 1) command.error('error: the shares leave no room for fills');
      const mix = { rejects, resends, reversals };
      const options = { ...flags, members: members ?? Math.ceil(count / 10), mix };
      if (files !== undefined) {
        const { writeSyntheticFiles } = await import('./synthetic-files.ts');
        const paths = await writeSyntheticFiles(options, files);
        shell.print(json ? JSON.stringify(paths) : `${paths.claims}\n${paths.reference}`);
        return;
      }
      const { produce, summaryOf } = await import('./produce.ts');
      const { progress } = await import('./progress.ts');
      const produced = await produce({
        ...options,
        topic: topic ?? null,
        config: configuration(shell),
        progress: progress('claims', count),
      });
      shell.print(json ? JSON.stringify(produced) : summaryOf(produced));
    });
}

type DemoFlags = {
  readonly claims: number;
  readonly rate: number;
  readonly seed: number;
  readonly keep: boolean;
  readonly json: boolean;
};

function addDemo(program: Command, shell: Shell): void {
  program
    .command('demo')
    .description('start real servers and two workers, kill one of them under load, and prove that nothing was lost')
    .option('--claims <number>', 'synthetic claims, besides the planted ones', wholeNumber(100), 4_000)
    .option('--rate <per second>', 'how many a second', wholeNumber(1), 1_000)
    .option('--seed <number>', 'the same seed gives the same claims', wholeNumber(0), 1)
    .option('--keep', 'leave everything running until Ctrl-C', false)
    .option('--json', 'print the result as JSON', false)
    .action(async (flags: DemoFlags) => {
      const { demo } = await import('./demo.ts');
      const { print, complain } = shell;
      if (!(await demo({ ...flags, print, complain, signal: shell.untilStopped() }))) shell.exitWith(EXIT.data);
    });
}
