import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

/** An object of Kubernetes, of which the tests look at more than this says. */
export type Resource = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
};

/** A step of a JSON patch (RFC 6902): sets what is at the path, or takes it away where there is no value. */
export type Step = { readonly path: string; readonly value?: unknown };

const Patch = z.array(
  z.union([
    z.strictObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.unknown() }),
    z.strictObject({ op: z.literal('remove'), path: z.string() }),
  ]),
);

/** What of kustomize our files use. Anything else is refused, so that nothing is overlooked here that counts there. */
const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  images: z.array(z.strictObject({ name: z.string(), newTag: z.string() })).default([]),
  replicas: z.array(z.strictObject({ name: z.string(), count: z.int() })).default([]),
  generatorOptions: z.strictObject({ immutable: z.boolean() }).optional(),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        behavior: z.literal('merge').optional(),
        envs: z.array(z.string()).default([]),
        files: z.array(z.string()).default([]),
        literals: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  patches: z
    .array(z.strictObject({ target: z.strictObject({ kind: z.string(), name: z.string() }), patch: z.string() }))
    .default([]),
});
type Kustomization = z.output<typeof Kustomization>;

/** The objects that kustomize makes of a folder, but that names of ConfigMaps end without the digest of their content. */
export function built(folder: string): readonly Resource[] {
  const kustomization = Kustomization.parse(parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')));
  const own = kustomization.resources.flatMap((path) => resourcesOf(join(folder, path)));
  return withConfigMaps(own, folder, kustomization)
    .map((resource) => withPatches(resource, kustomization))
    .map((resource) => withImages(resource, kustomization))
    .map((resource) => withReplicas(resource, kustomization))
    .map((resource) => withNamespace(resource, kustomization));
}

const resourcesOf = (path: string): readonly Resource[] =>
  path.endsWith('.yaml')
    ? parseAllDocuments(readFileSync(path, 'utf8')).map((document) => document.toJS() as Resource)
    : built(path);

function withConfigMaps(
  resources: readonly Resource[],
  folder: string,
  { configMapGenerator, generatorOptions }: Kustomization,
): readonly Resource[] {
  return configMapGenerator.reduce((before, { name, behavior, ...sources }) => {
    const data = dataOf(folder, sources);
    const isMeant = ({ kind, metadata }: Resource): boolean => kind === 'ConfigMap' && metadata.name === name;
    if (before.some(isMeant) !== (behavior === 'merge'))
      throw new Error(`${name} is to be merged, or made, but not both`);
    if (behavior !== 'merge') {
      return [...before, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, ...generatorOptions, data }];
    }
    return before.map((each) =>
      isMeant(each) ? { ...each, data: { ...('data' in each ? (each.data as object) : {}), ...data } } : each,
    );
  }, resources);
}

type Sources = Pick<Kustomization['configMapGenerator'][number], 'envs' | 'files' | 'literals'>;

function dataOf(folder: string, { envs, files, literals }: Sources): Readonly<Record<string, string>> {
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
  const lines = [...envs.flatMap((path) => read(path).split('\n')), ...literals];
  const settings = lines.filter((line) => /^[^#]/.test(line)).map((line) => /^([^=]+)=(.*)$/.exec(line) ?? []);
  return Object.fromEntries([
    ...settings.map(([, name = '', value = '']) => [name, value] as const),
    ...files.map((path) => [basename(path), read(path)] as const),
  ]);
}

function withPatches(resource: Resource, { patches }: Kustomization): Resource {
  const { kind, metadata } = resource;
  const steps = patches
    .filter(({ target }) => target.kind === kind && target.name === metadata.name)
    .flatMap(({ patch }) => Patch.parse(parse(patch)));
  return patched(resource, steps);
}

/** A copy with those steps done. Throws where there is nothing to set a field of. */
export function patched<T>(resource: T, steps: readonly Step[]): T {
  const copy = structuredClone(resource);
  for (const { path, value } of steps) {
    const names = path
      .slice(1)
      .split('/')
      .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = names.pop() ?? '';
    const parent = names.reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], copy);
    if (typeof parent !== 'object' || parent === null) throw new Error(`there is nothing at ${path}`);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else Reflect.set(parent, last, value);
  }
  return copy;
}

const withNamespace = (resource: Resource, { namespace }: Kustomization): Resource =>
  namespace === undefined || resource.kind === 'Namespace'
    ? resource
    : { ...resource, metadata: { ...resource.metadata, namespace } };

const withReplicas = (resource: Resource, { replicas }: Kustomization): Resource =>
  patched(
    resource,
    replicas
      .filter(({ name }) => resource.kind === 'Deployment' && resource.metadata.name === name)
      .map(({ count }) => ({ path: '/spec/replicas', value: count })),
  );

/** Where an image is named: in the containers of the pods that we have. */
const IMAGE = '/spec/template/spec/containers/0/image';

function withImages(resource: Resource, { images }: Kustomization): Resource {
  if (!['Deployment', 'Job'].includes(resource.kind)) return resource;
  const { spec } = resource as unknown as {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { image: string }[] } } };
  };
  const [image] = spec.template.spec.containers.map((container) => container.image);
  const meant = images.filter(({ name }) => name === image);
  return patched(
    resource,
    meant.map(({ name, newTag }) => ({ path: IMAGE, value: `${name}:${newTag}` })),
  );
}
