import { Redis } from 'ioredis';

import { openClaimProducer } from '../../src/adapters/kafka/claim-producer.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { openCodecs } from '../../src/adapters/registry/registry-codec.ts';
import { schemaRegistry } from '../../src/adapters/registry/schema-registry.ts';
import { countAnswers, onServers } from './servers.ts';
import { syntheticClaims } from './synthetic-claims.ts';

export type Restore = {
  readonly members: number;
  /** From the moment that Redis is empty until claims in all lanes, sent then, have their answers. */
  readonly seconds: number;
  /** What had to be read again: accounts, coverage, prior authorizations, participation. */
  readonly records: number;
};

const LANES = 2;
/** Of as many members, so that there is one in every partition. */
const CLAIMS = 200;
const PLAIN = ['--rejects', '0', '--resends', '0', '--reversals', '0'];

/** Gives every member a fill, then empties Redis under a worker that serves. */
export async function measureRestore(members: number): Promise<Restore> {
  return onServers(LANES, async (deployment, stack) => {
    await deployment.run('produce', '--count', String(members), '--members', String(members), ...PLAIN);
    const { config } = deployment;
    const answers = await countAnswers(deployment);
    let records = 0;
    await deployment.startWorker({
      name: 'worker',
      onLog: ({ restoredRecords = 0 }) => {
        records += restoredRecords;
      },
    });
    await answers.until(members);

    const producer = await openClaimProducer(kafkaClient(config.kafka));
    const codecs = await openCodecs(schemaRegistry(config.registry), config.topics.prefix);
    const claims = [...syntheticClaims({ members, config, codecs }).take(CLAIMS)];
    records = 0;
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    const emptied = performance.now();
    await producer.send(claims);
    await answers.until(members + CLAIMS);
    const seconds = (answers.last - emptied) / 1000;
    redis.disconnect();
    await producer.close();
    await answers.close();
    return { members, seconds, records };
  });
}
