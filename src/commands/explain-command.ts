import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

import type { Trace } from '../adjudication/trace.ts';
import { wholeNumber } from './arguments.ts';
import { EXIT } from './exit-codes.ts';
import type { Position } from './explain/member-records.ts';
import { configuration, policyDirectory, type Shell } from './shell.ts';

type Flags = {
  readonly file?: string;
  readonly reference?: string;
  readonly claim?: number;
  readonly position?: Position;
  readonly authorization?: string;
  readonly requests?: string;
  readonly request?: number;
  readonly policy?: string;
  readonly json: boolean;
};

/** `explain`: why one claim got its answer, or one request for prior authorization its decision. */
export function addExplain(program: Command, shell: Shell): void {
  const command = program
    .command('explain')
    .description('why a claim got its answer: what each edit looked at, which policy decided, and where the money goes')
    .option('--file <file>', 'claims as JSON lines, adjudicated up to the one that is asked about; - is standard input')
    .option('--reference <file>', 'with --file: what is on file, as for `adjudicate`')
    .option('--claim <line>', 'with --file: the line of the claim (default: the last)', wholeNumber(1))
    .option('--position <partition/offset>', 'a claim of the topic, by its place there', position)
    .option(
      '--authorization <number>',
      'a claim of the file or of the topic, by the authorization number (503-F3) of its answer',
    )
    .option(
      '--requests <file>',
      'requests for prior authorization as JSON lines, as for `authorize`, instead of claims',
    )
    .option('--request <line>', 'with --requests: the line of the request (default: the last)', wholeNumber(1))
    .option('--policy <directory>', 'the policy bundle (default: POLICY_DIR)')
    .option('--json', 'print the trace as JSON', false)
    .action(async (flags: Flags) => {
      const problem = problemWith(flags);
      if (problem !== null) command.error(`error: ${problem}`);
      if (!(await explain(flags, shell))) shell.exitWith(EXIT.data);
    });
}

function position(text: string): Position {
  const match = /^(\d{1,6})\/(\d{1,15})$/.exec(text);
  if (!match) throw new InvalidArgumentError('It is a partition and an offset, such as 3/1742.');
  return { partition: Number(match[1]), offset: Number(match[2]) };
}

function explain(flags: Flags, shell: Shell): Promise<boolean> {
  if (flags.requests !== undefined) return ofRequests(flags.requests, flags, shell);
  return flags.file === undefined ? ofTopic(flags, shell) : ofFile(flags.file, flags, shell);
}

function problemWith(flags: Flags): string | null {
  if (flags.requests === undefined)
    return flags.request === undefined ? problemOfClaim(flags) : '--request goes with --requests';
  const { file, reference, claim, position: at, authorization } = flags;
  return [file, reference, claim, at, authorization].some((flag) => flag !== undefined)
    ? '--requests is a file of its own: claims are explained without it'
    : null;
}

function problemOfClaim({ file, reference, claim, position: at, authorization }: Flags): string | null {
  const names = [claim, at, authorization].filter((name) => name !== undefined).length;
  if (names > 1) return 'one way to name the claim is enough';
  if (file === undefined) {
    if (reference !== undefined || claim !== undefined) return '--reference and --claim go with --file';
    return names === 0 ? 'name a claim by --file, --position or --authorization, or a request by --requests' : null;
  }
  return at === undefined ? null : '--position is a place on the topic, not in a file';
}

async function ofFile(claims: string, flags: Flags, shell: Shell): Promise<boolean> {
  const { explainFile } = await import('./explain/explain-file.ts');
  const { reference = null, claim: line = null, authorization = null } = flags;
  const trace = await explainFile({
    claims,
    reference,
    policyDirectory: flags.policy ?? policyDirectory(shell),
    line,
    authorization,
    complain: shell.complain,
  });
  if (trace === null) {
    shell.complain('there is no such claim in the file');
    return false;
  }
  await print(trace, flags.json, shell);
  return true;
}

async function ofRequests(requests: string, flags: Flags, shell: Shell): Promise<boolean> {
  const { explainRequests } = await import('./explain/explain-requests.ts');
  const trace = await explainRequests({
    requests,
    policyDirectory: flags.policy ?? policyDirectory(shell),
    line: flags.request ?? null,
    complain: shell.complain,
  });
  if (trace === null) {
    shell.complain('there is no such request in the file');
    return false;
  }
  const { authorizationText } = await import('./explain/authorization-text.ts');
  shell.print(flags.json ? JSON.stringify(trace) : authorizationText(trace));
  return true;
}

async function ofTopic({ position: at, authorization = '', policy, json }: Flags, shell: Shell): Promise<boolean> {
  const config = configuration(shell);
  const { explainTopic } = await import('./explain/explain-topic.ts');
  const explained = await explainTopic({
    config,
    policyDirectory: policy ?? config.policy.directory,
    wanted: at ?? { authorization },
    complain: shell.complain,
  });
  if (explained === null) {
    shell.complain(
      'there is no answer to such a claim: it was not decided yet, is a dead letter, or is gone from the topic',
    );
    return false;
  }
  await print(explained.trace, json, shell);
  return explained.agrees;
}

async function print(trace: Trace, json: boolean, shell: Shell): Promise<void> {
  const { traceJson } = await import('./explain/trace-json.ts');
  const { traceText } = await import('./explain/trace-text.ts');
  shell.print(json ? JSON.stringify(traceJson(trace)) : traceText(trace));
}
