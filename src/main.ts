#!/usr/bin/env node
import { Command, CommanderError } from 'commander';

import { addCommands } from './commands/command-line.ts';
import { EXIT } from './commands/exit-codes.ts';
import { VERSION } from './commands/version.ts';
import { printableConfig } from './config.ts';

const EXAMPLES = `Try it without a server:
  adjudicator produce --files demo --count 100
  adjudicator adjudicate demo/claims.jsonl --reference demo/reference.jsonl

See what a change of policy would do:
  adjudicator policy check drafts/2027
  adjudicator policy diff deploy/policy drafts/2027
  adjudicator what-if --policy drafts/2027 --file demo/claims.jsonl --reference demo/reference.jsonl

Run it on the servers that the environment names:
  adjudicator provision
  adjudicator start
`;

const CONVENTIONS = `
Answers go to standard output, messages to standard error. Exit codes:
  0 all went well, 1 the data is wrong, a check has failed or policies differ, 2 bad usage or configuration,
  69 a server is away or not what the command needs, 70 a bug of this program.`;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** The second signal finds no listener any more, and ends the process at once. */
function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      stopping.abort();
    });
  }
  return stopping.signal;
}

const program = new Command('adjudicator')
  .description('Adjudicates pharmacy claims of the CMS GLP-1 programmes: on a Kafka stream, or from a file.')
  .version(VERSION)
  .option('--print-config', 'print the settings in force, without their secrets')
  .addHelpText('before', EXAMPLES)
  .addHelpText('after', CONVENTIONS)
  .exitOverride()
  .on('option:print-config', () => {
    print(JSON.stringify(printableConfig(process.env), null, 2));
    process.exit();
  });

addCommands(program, {
  env: process.env,
  print,
  complain,
  exitWith: (code) => {
    process.exitCode = code;
  },
  untilStopped,
});

// A reader that has seen enough, such as `head`, closes the pipe: then there is nobody left to answer.
process.stdout.on('error', () => process.exit());

/** For a connection that a library holds on to: by now nobody waits for its answer. */
const LINGER_MS = 2_000;

try {
  await program.parseAsync();
  setTimeout(() => process.exit(), LINGER_MS).unref();
} catch (error) {
  // Commander has already told what was wrong with the command line.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : EXIT.usage);
  const { failureOf } = await import('./commands/failure.ts');
  const { exitCode, message } = failureOf(error);
  complain(`adjudicator: ${message}`);
  process.exit(exitCode);
}
