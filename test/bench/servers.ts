import { setTimeout as sleep } from 'node:timers/promises';

import { startStack } from '../../deploy/local/start-stack.ts';
import type { Stack } from '../../deploy/local/start-stack.ts';
import { kafkaClient } from '../../src/adapters/kafka/kafka-client.ts';
import { openTopicTail } from '../../src/adapters/kafka/topic-tail.ts';
import type { TopicTail } from '../../src/adapters/kafka/topic-tail.ts';
import { localDeployment } from '../../src/commands/demo/local-deployment.ts';
import type { LocalDeployment } from '../../src/commands/demo/local-deployment.ts';
import type { WorkerProcess } from '../../src/commands/demo/worker-process.ts';
import { topicNames } from '../../src/wire/topics.ts';

/** Servers of its own for each measurement, so that none finds what another has left. */
export async function onServers<T>(
  lanes: number,
  measure: (deployment: LocalDeployment, stack: Stack) => Promise<T>,
): Promise<T> {
  const stack = await startStack();
  const deployment = localDeployment(stack, { LANES: String(lanes), LOG_LEVEL: 'info' });
  try {
    await deployment.run('provision');
    return await measure(deployment, stack);
  } finally {
    await deployment.stopWorkers();
    await stack.stop();
  }
}

export type AnswerCounter = {
  readonly count: number;
  /** Times of the first answers that came, how many came with them, and of the last. */
  readonly first: { readonly at: number; readonly count: number };
  readonly last: number;
  until(count: number): Promise<void>;
  close: TopicTail['close'];
};

/** Counts the answers as a read_committed reader sees them. */
export async function countAnswers({ config }: LocalDeployment): Promise<AnswerCounter> {
  let [count, last] = [0, 0];
  let first = { at: 0, count: 0 };
  const tail = await openTopicTail({
    kafka: kafkaClient(config.kafka),
    topics: [topicNames(config.topics.prefix).responses],
    onRecords: ({ length }) => {
      last = performance.now();
      if (count === 0) first = { at: last, count: length };
      count += length;
    },
  });
  return {
    get count() {
      return count;
    },
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    until: async (wanted) => {
      while (count < wanted) await sleep(5);
    },
    close: () => tail.close(),
  };
}

/** Processor time that a worker has used so far, by its own metrics. */
export async function cpuSeconds({ adminUrl }: WorkerProcess): Promise<number> {
  const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(metrics)?.[1]);
}
