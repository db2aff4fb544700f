/** `npm run stack`: the real servers, until Ctrl-C. Their addresses go to standard output as lines for a shell. */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { startStack } from './start-stack.ts';

const { values } = parseArgs({
  options: {
    'kafka-port': { type: 'string' },
    'registry-port': { type: 'string' },
    'redis-port': { type: 'string' },
  },
});

// Until the servers are up, Ctrl-C just ends this process, which is enough to end them too.
console.error('Starting Kafka, the schema registry and Redis …');
const stack = await startStack({
  ports: {
    ...('kafka-port' in values && { kafka: Number(values['kafka-port']) }),
    ...('registry-port' in values && { registry: Number(values['registry-port']) }),
    ...('redis-port' in values && { redis: Number(values['redis-port']) }),
  },
});
// Listened for before anybody is told that the servers are ready, and so may end them.
const asked = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
for (const [name, value] of Object.entries(stack.environment)) console.log(`export ${name}=${value}`);
for (const { name, port, pid } of [stack.kafka, stack.registry, stack.redis]) {
  console.error(`${name}: port ${String(port)}, process ${String(pid)}`);
}
console.error(`Ready. Data and logs are in ${stack.folder} until Ctrl-C.`);
await asked;
await stack.stop();
