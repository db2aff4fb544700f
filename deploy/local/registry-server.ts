import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program, StackFolder } from './guarded.ts';
import { JAVA, REGISTRY_JAR } from './installed.ts';
import { LOOPBACK } from './ports.ts';
import { Server } from './server.ts';

export class RegistryServer extends Server {
  readonly name = 'registry';
  /** Of the interface that is compatible with Confluent's registry. */
  readonly url: string;
  protected readonly program: Program;

  constructor(folder: StackFolder, port: number) {
    super(folder, port);
    this.url = `http://${LOOPBACK}:${String(port)}/apis/ccompat/v7`;
    const data = join(folder.path, 'registry');
    mkdirSync(data);
    this.program = {
      log: join(folder.path, 'registry.log'),
      command: JAVA,
      arguments: [
        // It starts often and serves little: the quick compiler and the simple collector suit it.
        ...['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
        ...['-XX:-UsePerfData', `-Djava.io.tmpdir=${data}`],
        ...[`-Dquarkus.http.host=${LOOPBACK}`, `-Dquarkus.http.port=${String(port)}`],
        // In a file, written at once: if the ids were dealt anew after a restart, records would be read with wrong schemas.
        `-Dapicurio.datasource.url=jdbc:h2:file:${join(data, 'schemas')};WRITE_DELAY=0`,
        ...['-jar', REGISTRY_JAR],
      ],
      workingFolder: data,
    };
  }

  protected async answers(): Promise<boolean> {
    const health = await fetch(`http://${LOOPBACK}:${String(this.port)}/health/ready`);
    return health.ok;
  }
}
