import { join } from 'node:path';
import { LOOPBACK } from './ports.ts';

export type BrokerPlace = {
  readonly port: number;
  readonly controllerPort: number;
  readonly saslPort: number | undefined;
  readonly home: string;
};

/** The settings of one broker that is its own controller (KRaft), as the text of its properties file. */
export function brokerProperties(place: BrokerPlace, settings: Readonly<Record<string, string>>): string {
  return Object.entries({ ...brokerSettings(place), ...settings })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function brokerSettings({ port, controllerPort, saslPort, home }: BrokerPlace): Record<string, string> {
  const controller = `${LOOPBACK}:${String(controllerPort)}`;
  const sasl = saslPort === undefined ? '' : `SASL_PLAINTEXT://${LOOPBACK}:${String(saslPort)},`;
  return {
    'process.roles': 'broker,controller',
    'node.id': '1',
    listeners: `PLAINTEXT://${LOOPBACK}:${String(port)},${sasl}CONTROLLER://${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.quorum.bootstrap.servers': controller,
    'log.dirs': join(home, 'data'),
    'auto.create.topics.enable': 'false',
    'group.initial.rebalance.delay.ms': '0',
    // The defaults of the broker's own topics are made for clusters: three replicas, fifty partitions.
    'offsets.topic.replication.factor': '1',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'share.coordinator.state.topic.num.partitions': '1',
    // After a restart it waits this long for other controllers before it elects itself: there are none.
    'controller.quorum.fetch.timeout.ms': '100',
    'controller.quorum.election.timeout.ms': '100',
    // A broker that was killed comes back only when the session of its former life has run out: 9 s by default.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    // Its default of 128 MB is a large part of a small heap.
    'log.cleaner.dedupe.buffer.size': String(16 * 1024 * 1024),
  };
}
