import type { Command } from 'commander';

import { EXIT } from './exit-codes.ts';
import { policyDirectory, type Shell } from './shell.ts';

/** The commands that need files alone. */
export function addFileCommands(program: Command, shell: Shell): void {
  addAdjudicate(program, shell);
  addAuthorize(program, shell);
  addScenarios(program, shell);
}

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
    .option('--policy <directory>', 'the policy bundle (default: POLICY_DIR)', policyDirectory(shell))
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

type AuthorizeFlags = {
  readonly policy: string;
  readonly out?: string;
  readonly authorizations?: string;
};

function addAuthorize(program: Command, shell: Shell): void {
  program
    .command('authorize')
    .description('decide a file of requests for prior authorization, without a server; decisions as JSON lines')
    .argument('<file>', 'requests as JSON lines; - is standard input')
    .option('--policy <directory>', 'the policy bundle (default: POLICY_DIR)', policyDirectory(shell))
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
    .option('--policy <directory>', 'the policy bundle (default: POLICY_DIR)', policyDirectory(shell))
    .option('--json', 'print JSON lines', false)
    .action(async (paths: readonly string[], { policy, json }: { policy: string; json: boolean }) => {
      const { scenarios } = await import('./scenarios.ts');
      const { print } = shell;
      if (!(await scenarios({ paths, policyDirectory: policy, json, print }))) shell.exitWith(EXIT.data);
    });
}
