import type { Resource } from './kustomization.ts';

/** Of the objects of Kubernetes, what the rules look at. That the rest is as it has to be is for known-fields.ts to say. */
export type Labels = Readonly<Record<string, string>>;
export type Selector = { readonly matchLabels: Labels };
type Named = { readonly name: string };
type Probe = { readonly httpGet: { readonly path: string; readonly port: string } };
type Secret = Named & { readonly items: readonly { readonly key: string; readonly path: string }[] };

export type Container = {
  readonly image: string;
  readonly envFrom: readonly { readonly configMapRef: Named }[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly securityContext?: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
};

type Pod = {
  readonly metadata: { readonly labels: Labels };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly automountServiceAccountToken?: boolean;
    readonly terminationGracePeriodSeconds?: number;
    readonly securityContext?: object;
    readonly topologySpreadConstraints?: readonly { readonly labelSelector: Selector }[];
    readonly containers: readonly [Container];
    readonly volumes: readonly {
      readonly name: string;
      readonly configMap?: Named;
      readonly projected?: { readonly sources: readonly { readonly secret: Secret }[] };
    }[];
  };
};

type Of<Spec> = Resource & { readonly spec: Spec };
type Selecting = { readonly selector: Selector };

export type Deployment = Of<Selecting & { readonly replicas?: number; readonly template: Pod }>;
export type Job = Of<{
  readonly template: Pod;
  readonly podFailurePolicy?: {
    readonly rules: readonly { readonly onExitCodes: { readonly values: readonly number[] } }[];
  };
}>;
export type NetworkPolicy = Of<{
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress: readonly { readonly ports: readonly { readonly port: string }[] }[];
  readonly egress: readonly {
    readonly to?: readonly { readonly namespaceSelector: Selector }[];
    readonly ports?: readonly { readonly port: number }[];
  }[];
}>;

export type Kinds = {
  readonly ConfigMap: Resource & { readonly data: Readonly<Record<string, string>> };
  readonly Deployment: Deployment;
  readonly Job: Job;
  readonly NetworkPolicy: NetworkPolicy;
  readonly PodDisruptionBudget: Of<Selecting>;
  readonly PodMonitor: Of<Selecting & { readonly podMetricsEndpoints: readonly { readonly port: string }[] }>;
  readonly ScaledObject: Of<{
    readonly scaleTargetRef: Named;
    readonly minReplicaCount: number;
    readonly maxReplicaCount: number;
    readonly triggers: readonly { readonly metadata: { readonly query: string } }[];
  }>;
  readonly Service: Of<{
    readonly selector: Labels;
    readonly ports: readonly { readonly port: number; readonly targetPort: string }[];
  }>;
  readonly ServiceAccount: Resource;
};
