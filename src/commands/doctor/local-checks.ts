import manifest from '../../../package.json' with { type: 'json' };
import { loadPolicyBundle, PolicyProblems } from '../../adapters/files/policy-bundle.ts';
import { type Config, ConfigProblems, readConfig, unknownVariables } from '../../config.ts';
import { VERSION } from '../version.ts';
import { failed, type Finding, looked, ok, warning } from './finding.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export function programFinding(node = process.versions.node): Finding {
  const wanted = manifest.devDependencies.node;
  const found = `adjudicator ${VERSION} on Node ${node}`;
  return node.split('.')[0] === wanted.split('.')[0]
    ? ok('program', found)
    : warning('program', found, `run it with Node ${wanted}, which it is tested with`);
}

/** The settings, where they can be used. */
export function configurationFindings(env: Environment): {
  readonly config: Config | null;
  readonly findings: readonly Finding[];
} {
  try {
    const config = readConfig(env);
    const unknown = unknownVariables(env).map((name) =>
      warning(
        'configuration',
        `${name} is not a variable of the adjudicator`,
        'take it away, or spell it as in docs/configuration.md',
      ),
    );
    return { config, findings: [ok('configuration', 'complete: --print-config prints it'), ...unknown] };
  } catch (error) {
    if (!(error instanceof ConfigProblems)) throw error;
    const findings = error.problems.map((problem) =>
      failed('configuration', problem, 'set it as docs/configuration.md says'),
    );
    return { config: null, findings };
  }
}

export async function policyFindings(directory: string): Promise<readonly Finding[]> {
  const next = `mend it; adjudicator policy check ${directory} says what a good one holds`;
  return looked({ check: 'policy', next }, async () => {
    try {
      const { version } = await loadPolicyBundle(directory);
      return [ok('policy', `${directory}, version ${version}`)];
    } catch (error) {
      if (!(error instanceof PolicyProblems)) throw error;
      return error.problems.map((problem) => failed('policy', problem, next));
    }
  });
}
