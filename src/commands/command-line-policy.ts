import type { Command } from 'commander';

import { addWhatIf } from './command-line-what-if.ts';
import { EXIT } from './exit-codes.ts';
import { policyDirectory, type Shell } from './shell.ts';

/** The commands for whoever writes policy. */
export function addPolicyCommands(program: Command, shell: Shell): void {
  const policy = program.command('policy').description('check and compare policy bundles');
  addCheck(policy, shell);
  addDiff(policy, shell);
  addWhatIf(program, shell);
}

const CHECK_EXAMPLES = `Examples:
  adjudicator policy check                      the policy that the workers would read
  adjudicator policy check drafts/2027          a draft
  adjudicator policy check drafts/2027 --json | jq '.problems[]'
`;

function addCheck(policy: Command, shell: Shell): void {
  policy
    .command('check')
    .description('tell everything that is wrong with a policy bundle at once, and what is in a good one')
    .addHelpText('before', CHECK_EXAMPLES)
    .addHelpText(
      'after',
      '\nWith an error a worker refuses to start. A warning is about something that is probably not meant.\n' +
        'Exit codes: 0 the bundle can be used, 1 it cannot, 2 there is no such directory.',
    )
    .argument('[directory]', 'the policy bundle; POLICY_DIR sets the default', policyDirectory(shell))
    .option('--json', 'print the result as JSON', false)
    .action(async (directory: string, { json }: { json: boolean }) => {
      const { policyCheck } = await import('./policy-check.ts');
      if (!(await policyCheck({ directory, json, print: shell.print }))) shell.exitWith(EXIT.data);
    });
}

const DIFF_EXAMPLES = `Examples:
  adjudicator policy diff deploy/policy drafts/2027
  adjudicator policy diff deploy/policy drafts/2027 --notes
  adjudicator policy diff deploy/policy drafts/2027 --json | jq '.changes[].path'
`;

function addDiff(policy: Command, shell: Shell): void {
  policy
    .command('diff')
    .description('say what changes from one policy bundle to another')
    .addHelpText('before', DIFF_EXAMPLES)
    .addHelpText(
      'after',
      '\nLayout and order do not count. Exit codes: 0 they say the same, 1 they differ, 2 one of them cannot be used.',
    )
    .argument('<before>', 'a policy bundle')
    .argument('<after>', 'the other one')
    .option('--notes', 'notes and sources count too', false)
    .option('--json', 'print the changes as JSON', false)
    .action(async (before: string, after: string, options: { notes: boolean; json: boolean }) => {
      const { policyDiff } = await import('./policy-diff.ts');
      if (!(await policyDiff({ before, after, ...options, print: shell.print }))) shell.exitWith(EXIT.data);
    });
}
