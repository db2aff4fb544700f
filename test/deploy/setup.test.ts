import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const LOCAL = join(import.meta.dirname, '../../deploy/local');
/** What the script may call of the system besides what it looks for: so apt-get is not there, on any machine. */
const SYSTEM_TOOLS = 'cat chmod cksum cmp cp dirname find grep head id ln mkdir mv paste rm sed sh tail tr'.split(' ');

const FETCHING = 'setup: fetching the jars of Kafka and of the schema registry';
const INSTALLING = 'setup: installing the npm packages (npm ci)';

/** Programs that do just enough of what the real ones do, and write down that they were called. */
const FAKES = {
  npm: `echo npm >>"$CALLS"; mkdir -p node_modules/.bin; printf '#!/bin/sh\\necho v24.1.0\\n' >node_modules/.bin/node; chmod 755 node_modules/.bin/node`,
  mvn: `echo mvn >>"$CALLS"; for each; do case $each in -Dservers.folder=*) mkdir -p "\${each#*=}/kafka" "\${each#*=}/registry" ;; esac; done`,
  java: `echo 'openjdk version "17.0.15" 2025-04-15' >&2`,
  'redis-server': `echo 'Redis server v=7.0.15 sha=00000000:0 malloc=libc bits=64'`,
};

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'setup-test-'));
  mkdirSync(join(project, 'bin'));
  mkdirSync(join(project, 'deploy/local'), { recursive: true });
  for (const file of ['setup.sh', 'pom.xml']) cpSync(join(LOCAL, file), join(project, 'deploy/local', file));
  writeFileSync(join(project, 'package-lock.json'), '{}');
  for (const tool of SYSTEM_TOOLS) symlinkSync(pathOf(tool), join(project, 'bin', tool));
  for (const [name, body] of Object.entries(FAKES)) fake(name, body);
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const pathOf = (tool: string): string => execFileSync('sh', ['-c', `command -v ${tool}`], { encoding: 'utf8' }).trim();

function fake(name: string, body: string): void {
  const path = join(project, 'bin', name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

/** One run: its exit code, what it said, and which programs it called. */
function setUp(): { code: number | null; said: string; called: string[] } {
  const calls = join(project, 'calls');
  writeFileSync(calls, '');
  const { status, stdout, stderr } = spawnSync('sh', ['deploy/local/setup.sh'], {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: join(project, 'bin'), JAVA_HOME: project, CALLS: calls },
  });
  return { code: status, said: stdout + stderr, called: readFileSync(calls, 'utf8').split('\n').filter(Boolean) };
}

describe('the set-up script', () => {
  test('installs what is missing and says one line for each, then has nothing to do or say', () => {
    const first = setUp();
    expect(first).toMatchObject({ code: 0, called: ['npm', 'mvn'] });
    expect(first.said.trimEnd().split('\n')).toEqual([INSTALLING, expect.stringContaining(FETCHING)]);
    expect(setUp()).toEqual({ code: 0, said: '', called: [] });
  });

  test.each([
    ['the npm packages when the lock file is another', 'package-lock.json', 'npm'],
    ['the jars when their versions are others', 'deploy/local/pom.xml', 'mvn'],
  ])('installs anew %s', (_what, file, tool) => {
    setUp();
    appendFileSync(join(project, file), '\n');
    expect(setUp()).toMatchObject({ code: 0, called: [tool] });
  });

  test('leaves npm packages alone that were installed by hand', () => {
    setUp();
    appendFileSync(join(project, 'package-lock.json'), '\n');
    writeFileSync(join(project, 'node_modules/.package-lock.json'), '{}');
    expect(setUp()).toEqual({ code: 0, said: '', called: [] });
  });

  test('says why the jars did not come, and fetches them the next time', () => {
    fake('mvn', `${FAKES.mvn}; echo '[ERROR] no connection'; exit 1`);
    expect(setUp()).toMatchObject({ code: 1, said: expect.stringContaining('[ERROR] no connection') as string });
    fake('mvn', FAKES.mvn);
    expect(setUp()).toMatchObject({ code: 0, called: ['mvn'] });
  });

  test('removes what an interrupted run has half fetched', () => {
    const half = join(project, '.servers/fetched/kafka/half.jar');
    fake('mvn', `${FAKES.mvn}; echo half >${half}; kill -KILL $PPID`);
    expect(setUp().code).toBeNull();
    expect(existsSync(half)).toBe(true);
    fake('mvn', FAKES.mvn);
    expect(setUp()).toMatchObject({ code: 0, called: ['mvn'] });
    expect(existsSync(join(project, '.servers/kafka'))).toBe(true);
    expect(existsSync(join(project, '.servers/kafka/half.jar'))).toBe(false);
  });

  test('names all that is missing in one message, with the commands that install it', () => {
    for (const name of ['npm', 'mvn']) rmSync(join(project, 'bin', name));
    fake('redis-server', `echo 'Redis server v=6.0.16 sha=00000000:0 malloc=libc bits=64'`);
    const { code, said } = setUp();
    expect(code).toBe(1);
    expect(said).toContain('redis-server 7 or newer, or valkey-server, Maven (mvn), Node.js with npm.');
    expect(said).toContain('sudo apt-get install openjdk-17-jre-headless redis-server maven');
  });

  test('takes Valkey for Redis', () => {
    fake('valkey-server', `echo 'Valkey server v=8.1.4 sha=00000000:0 malloc=libc bits=64'`);
    rmSync(join(project, 'bin/redis-server'));
    expect(setUp().code).toBe(0);
    expect(execFileSync(join(project, '.servers/bin/redis-server'), { encoding: 'utf8' })).toContain('Valkey');
  });

  test('does not go on when npm was not allowed to install the Node of the project', () => {
    fake('npm', `${FAKES.npm}; printf '#!/bin/sh\\necho v20.20.2\\n' >node_modules/.bin/node`);
    expect(setUp()).toMatchObject({ code: 1, said: expect.stringContaining('ignore-scripts=false') as string });
  });
});
