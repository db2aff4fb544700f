import type { Command } from 'commander';

import { readConfig, unknownVariables, VARIABLES } from '../config.ts';
import type { Config } from '../config.ts';
import type { CalendarDate } from '../values/calendar-date.ts';
import { day, share, wholeNumber } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { addExplain } from './explain-command.ts';

/** What the commands have of the process around them. */
export type Shell = {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Data: one line of standard output. */
  readonly print: (line: string) => void;
  /** Messages: one line of standard error. */
  readonly complain: (line: string) => void;
  readonly exitWith: (code: number) => void;
  /** Aborted when the process is asked to end. */
  readonly untilStopped: () => AbortSignal;
};

/** Every command with its options. A command is loaded when it is asked for: `adjudicate` needs no Kafka, and answers at once. */
export function addCommands(program: Command, shell: Shell): void {
  addStart(program, shell);
  addProvision(program, shell);
  addProduce(program, shell);
  addAdjudicate(program, shell);
  addAuthorize(program, shell);
  addExplain(program, shell);
  addScenarios(program, shell);
  addDemo(program, shell);
}

function configuration({ env, complain }: Shell): Config {
  const config = readConfig(env);
  for (const name of unknownVariables(env)) complain(`${name} is not a variable of the adjudicator`);
  return config;
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
        provisionTopics: (plans, dryRun) =>
          provisionTopics(
            kafkaClient(config.kafka, () => () => undefined),
            plans,
            dryRun,
          ),
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

const POLICY_DIRECTORY = VARIABLES.find(({ name }) => name === 'POLICY_DIR')?.default;

type AdjudicateFlags = {
  readonly reference?: string;
  readonly policy: string;
  readonly out?: string;
  readonly events?: string;
  readonly accounts?: string;
};

function addAdjudicate(program: Command, shell: Shell): void {
  program
    .command('adjudicate')
    .description('adjudicate a file of claims in its order, without a server; answers as JSON lines')
    .argument('<file>', 'claims as JSON lines; - is standard input')
    .option(
      '--reference <file>',
      'JSON lines {"topic", "cardholderId", "value"}: coverage, prior authorizations, participation, accounts',
    )
    .option(
      '--policy <directory>',
      'the policy bundle (default: POLICY_DIR)',
      shell.env['POLICY_DIR'] ?? POLICY_DIRECTORY,
    )
    .option('--out <file>', 'answers (default: standard output)')
    .option('--events <file>', 'rebate events')
    .option('--accounts <file>', 'the accounts afterwards; a later run takes them as reference')
    .action(async (claims: string, { policy, ...flags }: AdjudicateFlags) => {
      const { adjudicate } = await import('./adjudicate.ts');
      const { reference = null, out = null, events = null, accounts = null } = flags;
      const { complain } = shell;
      const good = await adjudicate({ claims, reference, policyDirectory: policy, out, events, accounts, complain });
      if (!good) shell.exitWith(EXIT.data);
    });
}

type AuthorizeFlags = { readonly policy: string; readonly out?: string; readonly authorizations?: string };

function addAuthorize(program: Command, shell: Shell): void {
  program
    .command('authorize')
    .description('decide a file of requests for prior authorization, without a server; decisions as JSON lines')
    .argument('<file>', 'requests as JSON lines; - is standard input')
    .option(
      '--policy <directory>',
      'the policy bundle (default: POLICY_DIR)',
      shell.env['POLICY_DIR'] ?? POLICY_DIRECTORY,
    )
    .option('--out <file>', 'decisions (default: standard output)')
    .option('--authorizations <file>', 'what is on file afterwards; `adjudicate` takes it as reference')
    .action(async (requests: string, { policy, ...flags }: AuthorizeFlags) => {
      const { authorize } = await import('./authorize.ts');
      const { out = null, authorizations = null } = flags;
      const { complain } = shell;
      const good = await authorize({ requests, policyDirectory: policy, out, authorizations, complain });
      if (!good) shell.exitWith(EXIT.data);
    });
}

function addScenarios(program: Command, shell: Shell): void {
  program
    .command('scenarios')
    .description('run acceptance cases against the policy')
    .argument('[paths...]', 'files, and folders of files', ['test/scenarios'])
    .option(
      '--policy <directory>',
      'the policy bundle (default: POLICY_DIR)',
      shell.env['POLICY_DIR'] ?? POLICY_DIRECTORY,
    )
    .option('--json', 'print JSON lines', false)
    .action(async (paths: readonly string[], { policy, json }: { policy: string; json: boolean }) => {
      const { scenarios } = await import('./scenarios.ts');
      const { print } = shell;
      if (!(await scenarios({ paths, policyDirectory: policy, json, print }))) shell.exitWith(EXIT.data);
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
