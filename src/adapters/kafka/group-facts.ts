import type { Connections } from './connections.ts';
import { errorType } from './faults.ts';
import type { Broker, Cluster } from './kafkajs-internals.ts';
import { describeGroup, type Right } from './rights.ts';

export type GroupFacts = {
  /** Such as Stable, Empty, Dead: nobody has ever joined it. */
  readonly state: string;
  readonly members: number;
  /** What this client may do with it. */
  readonly rights: ReadonlySet<Right>;
};

const NOTHING: GroupFacts = { state: 'hidden', members: 0, rights: new Set() };

export async function groupFacts({ cluster }: Connections, groupId: string): Promise<GroupFacts> {
  try {
    const coordinator = await cluster.findBroker(await coordinatorOf(cluster, { groupId, coordinatorType: 0 }));
    const { error, ...facts } = await coordinator.connectionPool.send(describeGroup(groupId));
    if (error !== undefined) throw error;
    return facts;
  } catch (error) {
    if (errorType(error) === 'GROUP_AUTHORIZATION_FAILED') return NOTHING;
    throw error;
  }
}

/** Whether this client may know of a transactional id. Whether it may write with it shows at its first transaction alone. */
export async function mayUseTransactionalId({ cluster }: Connections, transactionalId: string): Promise<boolean> {
  try {
    await coordinatorOf(cluster, { groupId: transactionalId, coordinatorType: 1 });
    return true;
  } catch (error) {
    if (errorType(error) === 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED') return false;
    throw error;
  }
}

/** Not the cluster's own way of asking, which keeps to itself why a broker refuses. */
async function coordinatorOf(cluster: Cluster, of: Parameters<Broker['findGroupCoordinator']>[0]) {
  const broker = await cluster.findControllerBroker();
  return (await broker.findGroupCoordinator(of)).coordinator;
}
