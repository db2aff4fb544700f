import { existsSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program, StackFolder } from './guarded.ts';
import { JAVA, KAFKA_JARS } from './installed.ts';
import { brokersKnownTo } from './kafka-metadata.ts';
import { brokerProperties } from './kafka-settings.ts';
import { LOOPBACK } from './ports.ts';
import { Server } from './server.ts';

export type KafkaOptions = {
  /** Settings of the broker that are added to those in `kafka-settings.ts`, or replace them. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A second listener, where clients say who they are (SASL without TLS); without it they are all nobody in particular. */
  readonly saslPort?: number;
};

/** A broker in KRaft mode is its own controller, which listens on a port of its own. */
type KafkaPlace = { readonly controllerPort: number };

/** Sixteen bytes in base64, as the broker wants them. They need not differ: no two stacks ever meet. */
const CLUSTER_ID = 'BalanceLocalStackAAAAA';
const BROKER = ['-Xms256m', '-Xmx768m', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20'];
const TOOL = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

export class KafkaServer extends Server {
  readonly name = 'kafka';
  /** As Kafka clients take them. */
  readonly brokers: string[];
  protected readonly program: Program;
  readonly #home: string;
  readonly #settingsFile: string;
  readonly #properties: string;

  constructor(
    folder: StackFolder,
    port: number,
    { controllerPort, saslPort, settings = {} }: KafkaPlace & KafkaOptions,
  ) {
    super(folder, port);
    this.brokers = [`${LOOPBACK}:${String(port)}`];
    this.#home = join(folder.path, 'kafka');
    mkdirSync(this.#home);
    this.#settingsFile = join(this.#home, 'server.properties');
    this.#properties = brokerProperties({ port, controllerPort, saslPort, home: this.#home }, settings);
    this.program = this.#java(BROKER, ['kafka.Kafka', this.#settingsFile]);
  }

  /** A broker starts on a formatted folder only; what was written there before a restart stays. */
  protected override async prepare(): Promise<void> {
    if (existsSync(join(this.#home, 'data', 'meta.properties'))) return;
    await writeFile(this.#settingsFile, this.#properties);
    const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', this.#settingsFile, '--standalone'];
    const formatting = await this.folder.run(this.#java(TOOL, format));
    if ((await formatting.ended) !== 0) throw await this.failure('could not format its folder');
  }

  protected async answers(): Promise<boolean> {
    // It answers before it has joined its own cluster, and has no partitions to offer until then.
    return (await brokersKnownTo(this.port)) > 0;
  }

  #java(options: readonly string[], mainClass: readonly string[]): Program {
    return {
      log: join(this.folder.path, 'kafka.log'),
      command: JAVA,
      arguments: [
        ...options,
        ...['-XX:-UsePerfData', `-Djava.io.tmpdir=${this.#home}`],
        ...['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true'],
        ...['-cp', join(KAFKA_JARS, '*')],
        ...mainClass,
      ],
      workingFolder: this.#home,
    };
  }
}
