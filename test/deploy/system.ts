import { type Config, readConfig } from '../../src/config.ts';
import { VARIABLES } from '../../src/variables.ts';
import type { Container, Deployment, Job, Kinds } from './kinds.ts';
import type { Resource } from './kustomization.ts';

/** What an overlay deploys. */
export type System = { readonly resources: readonly Resource[] };
type Workload = Deployment | Job;

export const allOf = <Kind extends keyof Kinds>({ resources }: System, kind: Kind): readonly Kinds[Kind][] =>
  resources.filter((resource): resource is Kinds[Kind] => resource.kind === kind);

/** The only one of its kind. */
export function oneOf<Kind extends keyof Kinds>(system: System, kind: Kind): Kinds[Kind] {
  const [only, ...others] = allOf(system, kind);
  if (only === undefined || others.length > 0) throw new Error(`there is not one ${kind}`);
  return only;
}

export const workersOf = (system: System): Deployment => oneOf(system, 'Deployment');
export const workloadsOf = (system: System): readonly Workload[] => [workersOf(system), oneOf(system, 'Job')];
export const containerOf = ({ spec }: Workload): Container => spec.template.spec.containers[0];

export const configMapOf = (system: System, name: string): Readonly<Record<string, string>> =>
  allOf(system, 'ConfigMap').find(({ metadata }) => metadata.name === name)?.data ?? {};

export function environmentOf(system: System, workload: Workload): Readonly<Record<string, string>> {
  const { envFrom, env = [] } = containerOf(workload);
  return Object.fromEntries([
    ...envFrom.flatMap(({ configMapRef }) => Object.entries(configMapOf(system, configMapRef.name))),
    ...env.map(({ name, value }) => [name, value] as const),
  ]);
}

/** What the program makes of its environment. A secret that comes from a file is that of the variable's example. Throws ConfigProblems. */
export function configOf(system: System, workload: Workload): Config {
  const environment = environmentOf(system, workload);
  const secrets = VARIABLES.filter(({ name }) => `${name}_FILE` in environment);
  const files = new Set(secrets.map(({ name }) => `${name}_FILE`));
  return readConfig({
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !files.has(name))),
    ...Object.fromEntries(secrets.map(({ name, example }) => [name, example])),
  });
}

/** The paths of the files that hold its secrets, with the secret and the key that each is from. */
export function secretFilesOf(workload: Workload): ReadonlyMap<string, string> {
  const mountOf = new Map(containerOf(workload).volumeMounts.map(({ name, mountPath }) => [name, mountPath]));
  return new Map(
    workload.spec.template.spec.volumes.flatMap(({ name, projected }) =>
      (projected?.sources ?? []).flatMap(({ secret }) =>
        secret.items.map(({ key, path }) => [`${mountOf.get(name) ?? ''}/${path}`, `${secret.name}/${key}`] as const),
      ),
    ),
  );
}
