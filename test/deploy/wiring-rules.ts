import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { readTopicsFile } from '../../src/adapters/files/topics-file.ts';
import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { ROOT } from '../tidy/project-copy.ts';
import type { Deployment, Job, Labels, NetworkPolicy } from './kinds.ts';
import { type ManifestRule, unless } from './manifest-rule.ts';
import type { System } from './system.ts';
import { allOf, configMapOf, configOf, containerOf, oneOf, workersOf, workloadsOf } from './system.ts';

const { partitions } = readTopicsFile(join(ROOT, 'deploy/topics.yaml'));
const METRICS = await createMetrics({ version: '', policyVersion: '' }).text();
const POLICY_FILES = readdirSync(join(ROOT, 'deploy/policy')).filter((name) => name.endsWith('.json'));
/** The API server takes no ConfigMap that is larger; half of it leaves room to grow. */
const POLICY_BYTES_MAX = 1_048_576 / 2;

const selects = (selector: Labels, { spec }: Deployment | Job): boolean =>
  Object.entries(selector).every(([name, value]) => spec.template.metadata.labels[name] === value);

/** Every selector that means the workers, and them alone. */
function selectorsOf(system: System): readonly Labels[] {
  const { selector, template } = workersOf(system).spec;
  const others = [...allOf(system, 'PodDisruptionBudget'), ...allOf(system, 'PodMonitor')];
  return [
    selector.matchLabels,
    oneOf(system, 'Service').spec.selector,
    ...others.map(({ spec }) => spec.selector.matchLabels),
    ...(template.spec.topologySpreadConstraints ?? []).map(({ labelSelector }) => labelSelector.matchLabels),
  ];
}

/** `namespace:port` of what may be asked. A peer or a port that is left out means all of them. */
const allowedBy = ({ spec }: NetworkPolicy): readonly string[] =>
  spec.egress.flatMap(({ to, ports = [{ port: '*' }] }) =>
    (to ?? [{ namespaceSelector: { matchLabels: {} } }]).flatMap(({ namespaceSelector }) =>
      ports.map(({ port }) => `${namespaceSelector.matchLabels['kubernetes.io/metadata.name'] ?? '*'}:${String(port)}`),
    ),
  );

/** The same of the servers that the settings name: in a cluster a host is `service.namespace.svc`. */
function neededBy(system: System): readonly string[] {
  const { kafka, registry } = configOf(system, workersOf(system));
  const hosts = [...kafka.brokers, new URL(registry.url).host];
  return [...hosts.map((host) => host.replace(/^[^.]+\.([^.]+)\.svc:/, '$1:')), 'redis:6379', 'kube-system:53'];
}

export const WIRING_RULES: readonly ManifestRule[] = [
  {
    rule: 'whatever selects workers selects all of them, and no other pod',
    faults: (system) => {
      const [ours, theirs] = [workersOf(system), oneOf(system, 'Job')];
      return selectorsOf(system)
        .filter((labels) => !selects(labels, ours) || selects(labels, theirs))
        .map((labels) => JSON.stringify(labels));
    },
    plants: [
      { kind: 'Deployment', path: '/spec/template/metadata/labels/app.kubernetes.io~1component', value: 'consumer' },
      { kind: 'Service', path: '/spec/selector/app.kubernetes.io~1component' },
      { kind: 'PodDisruptionBudget', path: '/spec/selector/matchLabels/app.kubernetes.io~1name', value: 'claims' },
      { kind: 'PodMonitor', path: '/spec/selector/matchLabels/app', value: 'adjudicator' },
    ],
  },
  {
    rule: 'what is named is there',
    faults: (system) => {
      const accounts = allOf(system, 'ServiceAccount').map(({ metadata }) => metadata.name);
      const used = workloadsOf(system).map(({ spec }) => spec.template.spec.serviceAccountName ?? 'default');
      const scaled = allOf(system, 'ScaledObject').map(({ spec }) => spec.scaleTargetRef.name);
      return [
        ...used.filter((name) => !accounts.includes(name)),
        ...scaled.filter((name) => name !== workersOf(system).metadata.name),
      ];
    },
    plants: [
      { kind: 'Job', path: '/spec/template/spec/serviceAccountName' },
      { kind: 'ScaledObject', path: '/spec/scaleTargetRef/name', value: 'worker' },
    ],
  },
  {
    rule: 'everything is in one namespace',
    faults: ({ resources }) =>
      resources.flatMap(({ kind, metadata }) =>
        unless(kind === 'Namespace' || metadata.namespace === 'adjudicator', kind),
      ),
    plants: [{ kind: 'NetworkPolicy', path: '/metadata/namespace', value: 'default' }],
  },
  {
    rule: 'the admin port is that of the code, and has one name wherever it is asked for',
    faults: (system) => {
      const container = containerOf(workersOf(system));
      const [{ name, containerPort } = { name: '', containerPort: 0 }] = container.ports ?? [];
      const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
      const [service] = oneOf(system, 'Service').spec.ports;
      const names = [
        ...probes.map((probe) => probe?.httpGet.port),
        service?.targetPort,
        ...allOf(system, 'PodMonitor').flatMap(({ spec }) => spec.podMetricsEndpoints.map(({ port }) => port)),
        ...oneOf(system, 'NetworkPolicy').spec.ingress.flatMap(({ ports }) => ports.map(({ port }) => port)),
      ];
      const { port } = configOf(system, workersOf(system)).admin;
      return [
        ...names.filter((each) => each !== name).map(String),
        ...unless(containerPort === port && service?.port === port, String(port)),
      ];
    },
    plants: [
      { kind: 'ConfigMap', name: 'adjudicator-settings', path: '/data/ADMIN_PORT', value: '9465' },
      { kind: 'PodMonitor', path: '/spec/podMetricsEndpoints/0/port', value: 'metrics' },
      { kind: 'Deployment', path: '/spec/template/spec/containers/0/readinessProbe/httpGet/port', value: 'http' },
      { kind: 'NetworkPolicy', path: '/spec/ingress/0/ports/0/port', value: 'http' },
      { kind: 'Service', path: '/spec/ports/0/port', value: 80 },
    ],
  },
  {
    rule: 'the servers of the settings may be asked, and nothing else',
    faults: (system) => {
      const policy = oneOf(system, 'NetworkPolicy');
      const [needed, allowed] = [new Set(neededBy(system)), new Set(allowedBy(policy))];
      return [
        ...needed.symmetricDifference(allowed),
        ...unless(policy.spec.policyTypes.join() === 'Ingress,Egress', 'one way only'),
        ...workloadsOf(system)
          .filter((workload) => !selects(policy.spec.podSelector.matchLabels, workload))
          .map(({ kind }) => kind),
      ];
    },
    plants: [
      { kind: 'NetworkPolicy', path: '/spec/egress/1/ports/0/port', value: 9092 },
      { kind: 'NetworkPolicy', path: '/spec/egress/2/to' },
      { kind: 'NetworkPolicy', path: '/spec/egress/3/ports' },
      { kind: 'NetworkPolicy', path: '/spec/policyTypes', value: ['Ingress'] },
      { kind: 'NetworkPolicy', path: '/spec/podSelector/matchLabels/app.kubernetes.io~1component', value: 'worker' },
      {
        kind: 'ConfigMap',
        name: 'adjudicator-settings',
        path: '/data/KAFKA_BROKERS',
        value: 'kafka.messaging.svc:9093',
      },
    ],
  },
  {
    rule: 'no worker is without a lane, and no lane without a partition',
    faults: (system) => {
      const { lanes } = configOf(system, workersOf(system));
      const scalers = allOf(system, 'ScaledObject').map(({ spec }) => spec);
      const most = Math.max(
        workersOf(system).spec.replicas ?? 1,
        ...scalers.map(({ maxReplicaCount }) => maxReplicaCount),
      );
      return [
        ...unless(most <= lanes.count, `${String(most)} workers`),
        ...unless(lanes.count <= partitions, `${String(lanes.count)} lanes`),
      ];
    },
    plants: [
      { kind: 'ScaledObject', path: '/spec/maxReplicaCount', value: 5 },
      { kind: 'Deployment', path: '/spec/replicas', value: 5 },
      { kind: 'ConfigMap', name: 'adjudicator-settings', path: '/data/LANES', value: '3' },
      { kind: 'ConfigMap', name: 'adjudicator-settings', path: '/data/LANES', value: '9' },
    ],
  },
  {
    rule: 'one alone says how many workers there are, and never fewer than two',
    faults: (system) => {
      const { replicas } = workersOf(system).spec;
      const least = allOf(system, 'ScaledObject').map(({ spec }) => spec.minReplicaCount);
      const said = replicas === undefined ? least : [replicas, ...least];
      return unless(said.length === 1 && said.every((count) => count >= 2), said.join());
    },
    plants: [
      { kind: 'Deployment', path: '/spec/replicas', value: 2 },
      { kind: 'ScaledObject', path: '/spec/minReplicaCount', value: 1 },
    ],
  },
  {
    rule: 'what is scaled by is measured',
    faults: (system) =>
      allOf(system, 'ScaledObject')
        .flatMap(({ spec }) =>
          spec.triggers.flatMap(({ metadata }) => metadata.query.match(/\badjudicator_\w+/g) ?? ['']),
        )
        .filter((metric) => !METRICS.includes(`# TYPE ${metric} `)),
    plants: [
      { kind: 'ScaledObject', path: '/spec/triggers/0/metadata/query', value: 'sum(adjudicator_lag)' },
      { kind: 'ScaledObject', path: '/spec/triggers/1/metadata/query', value: 'vector(1)' },
    ],
  },
  {
    rule: 'the policy is all of deploy/policy, and a ConfigMap has room for it',
    faults: (system) => {
      const policy = configMapOf(system, 'adjudicator-policy');
      const size = Buffer.byteLength(JSON.stringify(policy));
      return [
        ...new Set(POLICY_FILES).symmetricDifference(new Set(Object.keys(policy))),
        ...unless(size < POLICY_BYTES_MAX, `${String(size)} bytes`),
      ];
    },
    plants: [
      { kind: 'ConfigMap', name: 'adjudicator-policy', path: '/data/prices.json' },
      { kind: 'ConfigMap', name: 'adjudicator-policy', path: '/data/prices.json', value: ' '.repeat(POLICY_BYTES_MAX) },
    ],
  },
];
