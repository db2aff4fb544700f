import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';

import type { Resource } from './kustomization.ts';

type Model = new (resource: never) => { validate(): void };

const MODELS: readonly (Model & { readonly apiVersion: string; readonly kind: string })[] = [
  ...[ConfigMap, Deployment, Job, Namespace, NetworkPolicy, PodDisruptionBudget, Service, ServiceAccount],
  ...[PodMonitor, ScaledObject],
];

/** What the API server would not take: values that its schema refuses, and fields that it does not know. */
export function schemaFaults(resource: Resource): readonly string[] {
  const refused = refusal(resource);
  if (refused !== undefined) return [`${resource.kind} ${refused}`];
  return pathsOf(resource)
    .filter((path) => refusal(withImpostor(resource, path)) === undefined)
    .map((path) => `${resource.kind} has an unknown field ${path.join('.')}`);
}

function refusal(resource: unknown): string | undefined {
  const { apiVersion, kind } = resource as Resource;
  const known = MODELS.find((model) => model.apiVersion === apiVersion && model.kind === kind);
  if (!known) return 'is of no kind that is known';
  try {
    new known(resource as never).validate();
    return undefined;
  } catch (error) {
    return String(error);
  }
}

/** The schemas of Kubernetes let a field pass that they do not know. One that they know cannot hold this, whatever its type. */
const IMPOSTOR = (): void => undefined;

function withImpostor(value: unknown, [head, ...rest]: readonly (number | string)[]): unknown {
  if (head === undefined) return IMPOSTOR;
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === head ? withImpostor(item, rest) : item));
  const fields = value as Readonly<Record<string, unknown>>;
  return { ...fields, [head]: withImpostor(fields[head], rest) };
}

/** Of all that is inside of a value, in depth. What says the kind of a resource is not asked. */
function pathsOf(value: unknown): readonly (readonly (number | string)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner: readonly (readonly [number | string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, at) => [at, item] as const)
    : Object.entries(value).filter(([name]) => !['apiVersion', 'kind'].includes(name));
  return inner.flatMap(([at, item]) => [[at], ...pathsOf(item).map((path) => [at, ...path])]);
}
