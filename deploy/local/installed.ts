import { accessSync } from 'node:fs';
import { join } from 'node:path';

/** Where `setup.sh` puts the servers. */
const SERVERS = join(import.meta.dirname, '..', '..', '.servers');

export const JAVA = join(SERVERS, 'bin', 'java');
export const REDIS_SERVER = join(SERVERS, 'bin', 'redis-server');
export const KAFKA_JARS = join(SERVERS, 'kafka');
export const REGISTRY_JAR = join(SERVERS, 'registry', 'apicurio-registry-app-3.0.9-runner.jar');

export function assertInstalled(): void {
  try {
    for (const path of [join(SERVERS, 'stamp'), JAVA, REDIS_SERVER, REGISTRY_JAR]) accessSync(path);
  } catch (error) {
    throw new Error('the local servers are not installed: run "sh deploy/local/setup.sh" first', { cause: error });
  }
}
