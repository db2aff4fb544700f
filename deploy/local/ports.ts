import { once } from 'node:events';
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

/**
 * Below the range that operating systems deal out to outgoing connections. A port of that range could be taken by a
 * client while its server restarts, even by a client that is trying to reach this very server again.
 */
const LOWEST = 20_000;
const HIGHEST = 31_999;
const ATTEMPTS_MAX = 1_000;

/** None is dealt twice, since a server that is down for a while still owns its port. */
const dealt = new Set<number>();

/** A port of the loopback interface that nobody listens on. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST + 1));
    if (!dealt.has(port) && (await isFree(port))) {
      dealt.add(port);
      return port;
    }
  }
  throw new Error(`no free port found between ${String(LOWEST)} and ${String(HIGHEST)}`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
