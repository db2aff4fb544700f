import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Reply =
  | {
      readonly status: number;
      readonly body: string;
      /** By the clock of the server, unless told. */
      readonly date?: string;
    }
  | 'SILENCE';

export type RegistryStub = {
  readonly url: string;
  /** What was asked, as `METHOD /path`, with its headers. */
  readonly requests: { readonly what: string; readonly headers: IncomingHttpHeaders }[];
  /** What every request is answered from now on. */
  reply: Reply;
  close(): Promise<void>;
};

/** An HTTP server that answers whatever a test wants a registry to say, or nothing. */
export async function registryStub(): Promise<RegistryStub> {
  const server = createServer((request, response) => {
    stub.requests.push({ what: `${request.method ?? ''} ${request.url ?? ''}`, headers: request.headers });
    if (stub.reply === 'SILENCE') return;
    const { status, body, date } = stub.reply;
    const headers = { 'content-type': 'application/json', ...(date !== undefined && { date }) };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: RegistryStub = {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests: [],
    reply: 'SILENCE',
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}
