import { openClaimProducer } from '../../adapters/kafka/claim-producer.ts';
import { kafkaClient } from '../../adapters/kafka/kafka-client.ts';
import { claimRecord, referenceRecord } from './keyed-records.ts';
import type { Encoding } from './keyed-records.ts';
import type { LocalDeployment } from './local-deployment.ts';
import { streamClaims } from './stream-claims.ts';
import type { Streamed } from './stream-claims.ts';
import type { LogLine } from './worker-process.ts';
import type { World } from './world.ts';

export type StreamThroughKillOptions = {
  readonly deployment: LocalDeployment;
  readonly world: World;
  readonly encoding: Encoding;
  /** Claims a second. */
  readonly rate: number;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
};

/** Streams all claims through two workers and kills one of them, with SIGKILL, in the middle. */
export async function streamThroughKill(options: StreamThroughKillOptions): Promise<Streamed> {
  const { deployment, world, encoding, rate, say, signal } = options;
  const kafka = kafkaClient(deployment.config.kafka);
  const producer = await openClaimProducer(kafka);
  try {
    await producer.send(world.reference.map((line) => referenceRecord(line, encoding)));
    const { doomed, killed } = await startTwoWorkers(options);
    say(`sending ${String(world.claims.length)} claims, ${String(rate)} a second`);
    return await streamClaims({
      kafka,
      topics: encoding.topics,
      producer,
      claims: world.claims.map((record) => claimRecord(record, encoding)),
      perSecond: rate,
      midway: () => {
        say(`kill -9 of ${doomed.name}, in the middle of its work`);
        killed();
      },
      say,
      signal,
    });
  } finally {
    await producer.close();
  }
}

async function startTwoWorkers({ deployment, say }: StreamThroughKillOptions) {
  let killedAt = Infinity;
  const onLog = ({ msg, lane }: LogLine): void => {
    if (msg !== 'lane serving' || killedAt === Infinity) return;
    const seconds = (performance.now() - killedAt) / 1000;
    say(`worker-2 has taken over lane ${String(lane)}, ${seconds.toFixed(1)} s after the kill`);
  };
  say('starting two workers');
  const [doomed] = await Promise.all([
    deployment.startWorker({ name: 'worker-1' }),
    deployment.startWorker({ name: 'worker-2', onLog }),
  ]);
  return {
    doomed,
    killed: () => {
      killedAt = performance.now();
      void doomed.end('SIGKILL');
    },
  };
}
