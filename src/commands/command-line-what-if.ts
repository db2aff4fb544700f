import { Option, type Command } from 'commander';

import { topicPlace, type TopicPlace } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import { configuration, policyDirectory, type Shell } from './shell.ts';
import type { WhatIfOptions } from './what-if.ts';

type Answer = WhatIfOptions['answer'];

const EXAMPLES = `Examples:
  adjudicator what-if --policy drafts/2027 --file claims.jsonl --reference reference.jsonl
  adjudicator what-if --policy drafts/2027 --topic
  adjudicator what-if --policy drafts/2027 --topic --from 2026-08-01T00:00:00Z --to 2026-09-01T00:00:00Z
`;

const EXPLANATION = `
Claims are adjudicated twice, with the policy of POLICY_DIR and with the other one, and each goes on from what it has paid
itself. Nothing is written anywhere. With --topic, reference data are those of now, and accounts start empty where the range
begins: only a range from the first claim on sees every refill, cap and reversal as the workers did. --from and --to are times
of arrival (ISO 8601 with a zone) or an offset of each partition; --to is the first that is not wanted any more.
Exit codes: 0 the report is whole, 1 some line of the files cannot be read and was left out, 2 a policy cannot be used.`;

type Flags = {
  readonly policy: string;
  readonly file?: string;
  readonly reference?: string;
  readonly topic: boolean;
  readonly from?: TopicPlace;
  readonly to?: TopicPlace;
  readonly json: boolean;
};

/** What another policy would change. */
export function addWhatIf(program: Command, shell: Shell): void {
  const command = program
    .command('what-if')
    .description('report what another policy would change of the answers to claims that there are')
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', EXPLANATION)
    .requiredOption('--policy <directory>', 'the other policy bundle')
    .option('--file <claims>', 'claims as JSON lines; - is standard input')
    .addOption(new Option('--reference <file>', 'what is on file, as for `adjudicate`').conflicts('topic'))
    .addOption(new Option('--topic', "the deployment's topic of claims").default(false).conflicts('file'))
    .addOption(new Option('--from <place>', 'where the range begins').argParser(topicPlace).conflicts('file'))
    .addOption(new Option('--to <place>', 'where it ends').argParser(topicPlace).conflicts('file'))
    .option('--json', 'print the report as JSON', false)
    .action(async ({ policy, json, file, topic, ...flags }: Flags) => {
      if (file === undefined && !topic) command.error('error: what-if needs --file or --topic');
      let complaints = 0;
      const complain = (line: string): void => {
        complaints += 1;
        shell.complain(line);
      };
      const answer =
        file === undefined ? await topicAnswers(flags, shell) : await fileAnswers({ ...flags, file, complain });
      const { whatIf } = await import('./what-if.ts');
      const { print } = shell;
      await whatIf({ presentDirectory: policyDirectory(shell), otherDirectory: policy, answer, json, print });
      if (complaints > 0) shell.exitWith(EXIT.data);
    });
}

type FileFlags = Pick<Flags, 'reference'> & { readonly file: string; readonly complain: (line: string) => void };

async function fileAnswers({ file, reference, complain }: FileFlags): Promise<Answer> {
  const { answersToFile } = await import('./what-if-file.ts');
  const { progress } = await import('./progress.ts');
  const files = { claims: file, reference: reference ?? null };
  return (policies) => answersToFile({ ...policies, ...files, complain, progress: progress('claims', null) });
}

async function topicAnswers({ from, to }: Pick<Flags, 'from' | 'to'>, shell: Shell): Promise<Answer> {
  const config = configuration(shell);
  const { answersToTopic } = await import('./what-if-topic.ts');
  const { progress } = await import('./progress.ts');
  const range = { from: from ?? null, to: to ?? null };
  return (policies) => answersToTopic({ ...policies, ...range, config, complain: shell.complain, progress });
}
