import { setTimeout as sleep } from 'node:timers/promises';

import type { Admin, Kafka } from 'kafkajs';

import { Fault } from '../../stream/fault.ts';
import { errorType, kafkaFault } from './faults.ts';
import { type Cluster, createCluster } from './kafkajs-internals.ts';

/** What a look at the brokers needs. */
export type Connections = { readonly cluster: Cluster; readonly admin: Admin };

const LOOKS = 4;
const PAUSE_MS = 250;

/** Connects for as long as the look takes. Whatever goes wrong is thrown as a Fault. */
export async function lookingAt<T>(kafka: Kafka, look: (connections: Connections) => Promise<T>): Promise<T> {
  // Somebody is waiting for the answer: a broker that is away is told of, not waited for.
  const admin = kafka.admin({ retry: { retries: 2 } });
  const cluster = createCluster(kafka);
  try {
    await Promise.all([admin.connect(), cluster.connect()]);
    await cluster.refreshMetadata();
    return await repeatedly(() => look({ cluster, admin }));
  } catch (error) {
    throw kafkaFault(error);
  } finally {
    await Promise.allSettled([admin.disconnect(), cluster.disconnect()]);
  }
}

/** A broker that has just become what it is asked as, such as the coordinator of a group, refuses the first question. */
async function repeatedly<T>(look: () => Promise<T>): Promise<T> {
  for (let looks = 1; ; looks += 1) {
    try {
      return await look();
    } catch (error) {
      const fault = kafkaFault(error);
      const passes = fault instanceof Fault && fault.retryable && errorType(error) !== undefined;
      if (!passes || looks === LOOKS) throw fault;
      await sleep(PAUSE_MS);
    }
  }
}
