import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { z } from 'zod';

import {
  parsePolicyBundle,
  patchCriteria,
  patchVersions,
  PolicyProblems,
  readPolicy,
  type RawPolicy,
} from '../adapters/files/policy-bundle.ts';
import type { PolicyBundle } from '../policy/policy-bundle.ts';
import { runCase, type Failure } from './scenario-case.ts';
import { BadScenario, ScenarioBase, ScenarioFile, type ScenarioCase } from './scenario-format.ts';

export type ScenariosOptions = {
  /** Files, and folders of which every `*.json` is one; a `*.schema.json` is not. */
  readonly paths: readonly string[];
  readonly policyDirectory: string;
  readonly json: boolean;
  /** Takes one line of standard output. */
  readonly print: (line: string) => void;
};

/** Runs files of acceptance cases; answers whether all of them hold. Throws BadScenario for what it cannot run. */
export async function scenarios({ paths, policyDirectory, json, print }: ScenariosOptions): Promise<boolean> {
  const files = loadScenarios(paths);
  const policy = await readPolicy(policyDirectory);
  let [run, failed] = [0, 0];
  for (const { file, title, cases } of files) {
    if (!json) print(`${file}: ${title}`);
    for (const one of cases) {
      const { id, why } = one.scenario;
      const failures = runScenario(one, policy);
      print(json ? JSON.stringify({ file, id, why, failures }) : report({ id, why, failures }));
      run += 1;
      if (failures.length > 0) failed += 1;
    }
  }
  if (!json) print(`${String(run)} cases in ${String(files.length)} files, ${String(failed)} failed`);
  return failed === 0;
}

/** A case with all that it takes to run it. */
export type LoadedCase = { readonly scenario: ScenarioCase; readonly base: ScenarioBase; readonly file: string };
export type LoadedFile = { readonly file: string; readonly title: string; readonly cases: readonly LoadedCase[] };

/** Reads every file before the first case runs. Throws BadScenario. */
export const loadScenarios = (paths: readonly string[]): readonly LoadedFile[] => paths.flatMap(filesAt).map(loadFile);

/** What a case gets wrong under the policy as it changes it. Throws BadScenario. */
export function runScenario({ scenario, base, file }: LoadedCase, policy: RawPolicy): readonly Failure[] {
  try {
    return runCase(scenario, base, bundleOf(scenario, base, policy));
  } catch (error) {
    if (!(error instanceof BadScenario || error instanceof PolicyProblems)) throw error;
    throw new BadScenario(`${file}: ${scenario.id}: ${error.message}`, { cause: error });
  }
}

/** The policy with the changes of the case, on the programme that its claims are routed to. Throws PolicyProblems. */
function bundleOf(scenario: ScenarioCase, base: ScenarioBase, raw: RawPolicy): PolicyBundle {
  const { claim, policy, dates, criteria } = scenario;
  if (!policy && !dates && !criteria) return unchangedBundleOf(raw);
  const { binNumber, processorControlNumber } = { ...base.claim, ...claim };
  const routing = { binNumber, processorControlNumber };
  const patch = { ...dates, ...(policy && { rules: policy }) };
  return parsePolicyBundle(patchCriteria(patchVersions(raw, routing, patch), routing, criteria ?? {}));
}

/** Most cases change nothing in the policy, and to examine it takes longer than to run one. */
const unchangedBundles = new WeakMap<RawPolicy, PolicyBundle>();

function unchangedBundleOf(raw: RawPolicy): PolicyBundle {
  const bundle = unchangedBundles.get(raw) ?? parsePolicyBundle(raw);
  unchangedBundles.set(raw, bundle);
  return bundle;
}

/** An empty folder is an error: a run that looked at nothing must not be green. */
function filesAt(path: string): readonly string[] {
  const kind = statSync(path, { throwIfNoEntry: false });
  if (!kind) throw new BadScenario(`${path}: no such file or folder`);
  if (!kind.isDirectory()) return [path];
  const names = readdirSync(path).filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'));
  if (names.length === 0) throw new BadScenario(`${path}: no scenarios in this folder`);
  return names.sort().map((name) => join(path, name));
}

function loadFile(file: string): LoadedFile {
  const { title, base, cases } = valid(ScenarioFile, file);
  const shared = typeof base === 'string' ? valid(ScenarioBase, resolve(dirname(file), base)) : base;
  return { file, title, cases: cases.map((scenario) => ({ scenario, base: shared, file })) };
}

function valid<T>(schema: z.ZodType<T>, file: string): T {
  const read = schema.safeParse(readJson(file));
  if (!read.success)
    throw new BadScenario(`${file}:\n${z.prettifyError({ issues: read.error.issues.flatMap(meant) })}`);
  return read.data;
}

/** Of something that is neither a claim nor a request, what is wrong as the one that it resembles more. */
function meant(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [closest = []] = issue.errors.toSorted((one, other) => one.length - other.length);
  return closest.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    throw new BadScenario(`${file}: ${String(error)}`, { cause: error });
  }
}

const report = ({ id, why, failures }: { id: string; why: string; failures: readonly Failure[] }): string =>
  [
    `  ${failures.length === 0 ? 'ok  ' : 'FAIL'} ${id.padEnd(5)} ${why}`,
    ...failures.map(
      ({ step, at, expected, got }) =>
        `         step ${String(step)}, ${at}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got ?? null)}`,
    ),
  ].join('\n');
