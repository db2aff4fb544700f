import { EXIT } from '../../src/commands/exit-codes.ts';
import { ConfigProblems, unknownVariables } from '../../src/config.ts';
import { VARIABLES } from '../../src/variables.ts';
import manifest from '../../package.json' with { type: 'json' };
import { KAFKA_USERS } from '../docs/strimzi-resources.ts';
import type { Deployment, Job } from './kinds.ts';
import { schemaFaults } from './known-fields.ts';
import { type ManifestRule, unless } from './manifest-rule.ts';
import type { System } from './system.ts';
import {
  configMapOf,
  configOf,
  containerOf,
  environmentOf,
  oneOf,
  secretFilesOf,
  workersOf,
  workloadsOf,
} from './system.ts';

/** Read by Node and not by us. */
const OF_NODE = ['NODE_EXTRA_CA_CERTS'];
const KNOWN = VARIABLES.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));

/** What a pod of ours is allowed, wherever else less is said. */
const NOBODY = {
  pod: {
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
};

const CONTAINER = '/spec/template/spec/containers/0';
const SETTINGS = { kind: 'ConfigMap', name: 'adjudicator-settings' } as const;

export const POD_RULES: readonly ManifestRule[] = [
  {
    rule: 'an object has the fields that Kubernetes knows, and takes its values',
    faults: ({ resources }) => resources.flatMap(schemaFaults),
    plants: [
      { kind: 'Deployment', path: '/spec/template/spec/terminationGracePeriodSecond', value: 60 },
      { kind: 'Deployment', path: '/spec/template/spec/containers/0/ports/0/containerPort', value: '9464' },
      { kind: 'Job', path: '/spec/template/spec/containers/0/readOnlyRootFilesystem', value: true },
      { kind: 'PodMonitor', path: '/spec/podMetricsEndpoints/0/portName', value: 'admin' },
      { kind: 'ScaledObject', path: '/spec/maxReplicas', value: 4 },
    ],
  },
  {
    rule: 'the image is that of this version',
    faults: (system) =>
      workloadsOf(system)
        .map((workload) => containerOf(workload).image)
        .filter((image) => image !== `balance-claims-adjudicator:${manifest.version}`),
    plants: [{ kind: 'Job', path: `${CONTAINER}/image`, value: 'balance-claims-adjudicator:latest' }],
  },
  {
    rule: 'the settings are variables of the code, and all that it needs',
    faults: (system) =>
      workloadsOf(system).flatMap((workload) => [
        ...Object.keys(environmentOf(system, workload)).filter((name) => ![...KNOWN, ...OF_NODE].includes(name)),
        ...unknownVariables(environmentOf(system, workload)),
        ...problemsOf(system, workload),
      ]),
    plants: [
      { ...SETTINGS, path: '/data/LANE', value: '4' },
      { ...SETTINGS, path: '/data/LANES', value: 'four' },
      { ...SETTINGS, path: '/data/REDIS_URL_FILE' },
      { kind: 'Job', path: `${CONTAINER}/env/0/name`, value: 'KAFKA_SASL_USER' },
    ],
  },
  {
    rule: 'a file that the settings name is mounted, with its secret in it or the policy',
    faults: (system) =>
      workloadsOf(system).flatMap((workload) => {
        const environment = Object.entries(environmentOf(system, workload));
        const files = environment.filter(([name]) => name.endsWith('_FILE') || OF_NODE.includes(name));
        return files.flatMap(([name, path]) => unless(secretFilesOf(workload).has(path), `${name} is not mounted`));
      }),
    plants: [
      { ...SETTINGS, path: '/data/REDIS_URL_FILE', value: '/run/secrets/redis-url' },
      {
        kind: 'Deployment',
        path: '/spec/template/spec/volumes/0/projected/sources/0/secret/items/1/path',
        value: 'redis',
      },
    ],
  },
  {
    rule: 'a pod is a user of Kafka that there is, and has the password of that user',
    faults: (system) =>
      workloadsOf(system).flatMap((workload) => {
        const { sasl } = configOf(system, workload).kafka;
        const file = environmentOf(system, workload)['KAFKA_SASL_PASSWORD_FILE'] ?? '';
        const user = sasl?.username ?? '';
        return unless(user in KAFKA_USERS && secretFilesOf(workload).get(file) === `${user}/password`, user);
      }),
    plants: [
      { ...SETTINGS, path: '/data/KAFKA_SASL_USERNAME', value: 'adjudicator' },
      { kind: 'Job', path: `${CONTAINER}/env` },
    ],
  },
  {
    rule: 'the policy that is mounted is the one that the settings name',
    faults: (system) => {
      const { volumes } = workersOf(system).spec.template.spec;
      const { name = '', configMap: map } = volumes.find((volume) => volume.configMap) ?? {};
      const mount = containerOf(workersOf(system)).volumeMounts.find((each) => each.name === name);
      return [
        ...unless(mount?.mountPath === configOf(system, workersOf(system)).policy.directory, 'it lies elsewhere'),
        ...unless('programmes.json' in configMapOf(system, map?.name ?? ''), 'there is none'),
      ];
    },
    plants: [
      { ...SETTINGS, path: '/data/POLICY_DIR', value: 'deploy/policy' },
      { kind: 'Deployment', path: '/spec/template/spec/volumes/1/configMap/name', value: 'policy' },
    ],
  },
  {
    rule: 'a pod has no right that it does not need',
    faults: (system) =>
      workloadsOf(system).flatMap((workload) => {
        const { securityContext, automountServiceAccountToken } = workload.spec.template.spec;
        const container = containerOf(workload);
        const rights = JSON.stringify([securityContext, container.securityContext]);
        return [
          ...unless(rights === JSON.stringify([NOBODY.pod, NOBODY.container]), rights),
          ...unless(automountServiceAccountToken === false, 'a token of the API server'),
          ...unless(
            container.volumeMounts.every(({ readOnly }) => readOnly === true),
            'files that it can write',
          ),
        ];
      }),
    plants: [
      { kind: 'Deployment', path: '/spec/template/spec/securityContext/runAsNonRoot', value: false },
      { kind: 'Deployment', path: '/spec/template/spec/automountServiceAccountToken' },
      { kind: 'Job', path: `${CONTAINER}/securityContext/capabilities/add`, value: ['NET_ADMIN'] },
      { kind: 'Job', path: `${CONTAINER}/volumeMounts/0/readOnly`, value: false },
    ],
  },
  {
    rule: 'a worker is asked what it answers: whether it lives, and whether it serves',
    faults: (system) => {
      const { startupProbe, livenessProbe, readinessProbe } = containerOf(workersOf(system));
      const asked = [startupProbe, livenessProbe, readinessProbe].map((probe) => probe?.httpGet.path);
      return unless(asked.join() === '/livez,/livez,/readyz', asked.join());
    },
    plants: [{ kind: 'Deployment', path: `${CONTAINER}/livenessProbe/httpGet/path`, value: '/readyz' }],
  },
  {
    rule: 'a worker has the time to finish: a transaction, and then to leave the group',
    faults: (system) => {
      const { lanes, group } = configOf(system, workersOf(system));
      const grace = workersOf(system).spec.template.spec.terminationGracePeriodSeconds ?? 30;
      return unless(grace * 1_000 > lanes.transactionTimeoutMs + group.sessionTimeoutMs, String(grace));
    },
    plants: [
      { kind: 'Deployment', path: '/spec/template/spec/terminationGracePeriodSeconds', value: 40 },
      { ...SETTINGS, path: '/data/TRANSACTION_TIMEOUT_MS', value: '50000' },
    ],
  },
  {
    rule: 'the job gives up at once on what a second try would not mend',
    faults: (system) => {
      const { spec } = oneOf(system, 'Job');
      const given = spec.podFailurePolicy?.rules.flatMap(({ onExitCodes }) => onExitCodes.values) ?? [];
      return unless(given.join() === [EXIT.usage, EXIT.internal].join(), given.join());
    },
    plants: [{ kind: 'Job', path: '/spec/podFailurePolicy/rules/0/onExitCodes/values', value: [2, 69] }],
  },
];

function problemsOf(system: System, workload: Deployment | Job): readonly string[] {
  try {
    configOf(system, workload);
  } catch (error) {
    if (error instanceof ConfigProblems) return error.problems;
    throw error;
  }
  return [];
}
