import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whether the worker can do its work, and if not, why: sentences without values. */
export type Readiness = { readonly ready: boolean; readonly reasons: readonly string[] };

export type AdminServerOptions = {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly metrics: () => Promise<string>;
  readonly ready: () => Readiness;
};

export type AdminServer = { readonly url: string; close(): Promise<void> };

type Answer = { readonly status: number; readonly contentType: string; readonly body: string };
type Route = (options: AdminServerOptions) => Answer | Promise<Answer>;

const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

const ROUTES: Readonly<Record<string, Route>> = {
  '/metrics': async ({ metrics }) => ({ status: 200, contentType: PROMETHEUS_TEXT, body: await metrics() }),
  // That it answers is all it says: a restart of this process mends no broker.
  '/livez': () => json(200, { live: true }),
  '/readyz': ({ ready }) => {
    const readiness = ready();
    return json(readiness.ready ? 200 : 503, readiness);
  },
};

/** `/metrics`, `/livez` and `/readyz`. Throws what `listen` throws, such as EADDRINUSE. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const server = createServer((request, response) => {
    void answer(request, options).then((result) => {
      send(request, response, result);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: urlOf(server), close: () => close(server) };
}

async function answer({ method, url = '/' }: IncomingMessage, options: AdminServerOptions): Promise<Answer> {
  const route = ROUTES[url.split('?')[0] ?? ''];
  if (!route) return json(404, { error: 'no such path' });
  if (method !== 'GET' && method !== 'HEAD') return json(405, { error: 'only GET and HEAD' });
  try {
    return await route(options);
  } catch {
    return json(500, { error: 'internal error' });
  }
}

function send({ method }: IncomingMessage, response: ServerResponse, { status, contentType, body }: Answer): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...(status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(method === 'HEAD' ? undefined : body);
}

const json = (status: number, body: unknown): Answer => ({
  status,
  contentType: 'application/json; charset=utf-8',
  body: `${JSON.stringify(body)}\n`,
});

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) =>
    server.close(() => {
      resolve();
    }),
  );
  // Scrapers keep their connections open, and the process must not wait for them.
  server.closeAllConnections();
  await closed;
}
