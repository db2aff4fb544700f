import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { REGISTRY_JAR } from '../../deploy/local/installed.ts';
import { readConfig, unknownVariables } from '../../src/config.ts';
import { VARIABLES } from '../../src/variables.ts';
import manifest from '../../package.json' with { type: 'json' };

type Service = {
  readonly image: string;
  readonly command?: readonly string[];
  readonly profiles?: readonly string[];
  readonly build?: { readonly dockerfile: string };
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
};

type Compose = {
  readonly services: Readonly<
    Record<'adjudicator' | 'grafana' | 'kafka' | 'load' | 'prometheus' | 'provision' | 'redis' | 'registry', Service>
  >;
  readonly secrets: { readonly member_key_secret: { readonly file: string } };
};

type Prometheus = { readonly scrape_configs: readonly { readonly dns_sd_configs?: readonly unknown[] }[] };

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const dockerfile = read('deploy/Dockerfile');
const { adjudicator, kafka, load, provision, registry, redis } = compose.services;
const services = Object.entries<Service>(compose.services);
/** Commands that do their work and end. */
const END = ['provision', 'produce'];
const ofOthers = services.filter(([, { build }]) => !build);
const versionInPom = (name: string): string | undefined =>
  new RegExp(`<${name}.version>(.*)</${name}.version>`).exec(read('deploy/local/pom.xml'))?.[1];
const secretFile = compose.secrets.member_key_secret.file.replace(/^\$\{MEMBER_KEY_SECRET_FILE:-(.*)\}$/, '$1');

describe('in the compose file', () => {
  test.each([
    ['the system', undefined, ['provision', 'adjudicator', 'kafka', 'registry', 'redis']],
    ['what watches it', 'observability', ['prometheus', 'grafana']],
    ['what gives it something to do', 'demo', ['load']],
  ])('there is %s, under the profile %s', (_what, profile, expected) => {
    const inProfile = services.filter(([, { profiles = [undefined] }]) => profiles.join() === [profile].join());
    expect(inProfile.map(([name]) => name).sort()).toEqual(expected.sort());
  });

  test.each(ofOthers)('the image of %s has a version that does not move', (_name, { image }) => {
    expect(image).toMatch(/^[a-z]+\/[a-z-]+:v?\d+\.\d+\.\d+$/);
  });

  test.each(services)('%s runs as somebody else than root, on files that it cannot change', (_name, service) => {
    expect(service.user).toMatch(/^(node|[1-9]\d*:\d+)$/);
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  test.each(services.filter(([, { command }]) => !END.includes(command?.[0] ?? '')))(
    '%s is asked whether it is well',
    (_name, service) => {
      const [how, program, ...rest] = service.healthcheck?.test ?? [];
      expect([how, typeof program, ...rest.map((part) => typeof part)]).toEqual([
        'CMD',
        'string',
        ...rest.map(() => 'string'),
      ]);
    },
  );

  test.each(
    services.flatMap(([name, { depends_on = {} }]) =>
      Object.entries(depends_on).map(([on, how]) => [name, on, how] as const),
    ),
  )('%s waits until %s is of use', (_name, on, { condition }) => {
    expect(condition).toBe(on === 'provision' ? 'service_completed_successfully' : 'service_healthy');
    expect(Object.keys(compose.services)).toContain(on);
  });

  test.each(services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port] as const)))(
    '%s is published as %s, to this machine alone',
    (_name, port) => {
      expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    },
  );

  test.each(
    services.flatMap(([name, { volumes = [] }]) =>
      volumes.filter((volume) => volume.startsWith('./')).map((volume) => [name, volume.split(':')] as const),
    ),
  )('%s cannot write to the folder that it is lent', (_name, [path = '', , mode]) => {
    expect(existsSync(join(ROOT, path))).toBe(true);
    expect(mode).toBe('ro');
  });

  test.each([
    ['adjudicator', adjudicator],
    ['provision', provision],
    ['load', load],
  ])('%s is given variables that the code knows, and all that it needs', (_name, { environment = {} }) => {
    const known = VARIABLES.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name]));
    expect(known).toEqual(expect.arrayContaining(Object.keys(environment)));
    expect(unknownVariables(environment)).toEqual([]);
    const config = readConfig({ ...environment, MEMBER_KEY_SECRET_FILE: join(ROOT, secretFile) });
    expect(config.members.keySecret).toMatch(/demonstrations only/);
  });

  test('the adjudicator has the addresses of the other services', () => {
    expect(adjudicator.environment).toMatchObject({
      KAFKA_BROKERS: 'kafka:29092',
      SCHEMA_REGISTRY_URL: 'http://registry:8080/apis/ccompat/v7',
      REDIS_URL: 'redis://redis:6379',
    });
    expect(kafka.environment?.['KAFKA_ADVERTISED_LISTENERS']).toContain('INSIDE://kafka:29092,');
    expect(registry.environment?.['APICURIO_KAFKASQL_BOOTSTRAP_SERVERS']).toBe('kafka:29092');
    expect([registry.ports, redis.ports]).toEqual([['127.0.0.1:8081:8080'], ['127.0.0.1:6379:6379']]);
  });

  test('the policy is that of this folder, where it can be edited without a new image', () => {
    expect(adjudicator.volumes).toEqual([`./deploy/policy:/app/${adjudicator.environment?.['POLICY_DIR'] ?? ''}:ro`]);
  });

  test('the admin port is that of the code, of the image, of the health check and of Prometheus', () => {
    const port = VARIABLES.find(({ name }) => name === 'ADMIN_PORT')?.default;
    expect(adjudicator.environment).toMatchObject({ ADMIN_PORT: port, ADMIN_HOST: '0.0.0.0' });
    expect(dockerfile).toContain(`\nEXPOSE ${port ?? ''}\n`);
    expect(adjudicator.healthcheck?.test.join(' ')).toContain(`http://127.0.0.1:${port ?? ''}/readyz`);
    const { scrape_configs } = parse(read('deploy/prometheus/prometheus.yml')) as Prometheus;
    expect(scrape_configs[0]?.dns_sd_configs).toMatchObject([
      { names: ['adjudicator'], type: 'A', port: Number(port) },
    ]);
  });

  test('Kafka and the registry are those of the local stack', () => {
    expect(kafka.image).toBe(`apache/kafka:${versionInPom('kafka') ?? ''}`);
    expect(registry.image).toBe(`apicurio/apicurio-registry:${versionInPom('apicurio') ?? ''}`);
    expect(REGISTRY_JAR).toContain(`/apicurio-registry-app-${versionInPom('apicurio') ?? ''}-runner.jar`);
  });
});

describe('the image of the adjudicator', () => {
  test('has the Node that the project is pinned to', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    const node = `node:${manifest.devDependencies.node}-bookworm-slim`;
    expect(bases).toEqual([node, node]);
  });

  test('is made of files that are there, and that Docker is given', () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
      files.split(' '),
    );
    expect(copied).toEqual(expect.arrayContaining(['src', 'schemas', 'deploy/policy', 'deploy/topics.yaml']));
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['*', ...copied.map((path) => `!${path}`)]),
    );
  });

  test('runs the sources as somebody else than root', () => {
    expect(dockerfile.split('\n')).toEqual(expect.arrayContaining(['USER node', 'ENTRYPOINT ["node", "src/main.ts"]']));
  });
});
