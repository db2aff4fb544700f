import { once } from 'node:events';
import { connect } from 'node:net';
import { LOOPBACK } from './ports.ts';

const REQUEST_MS_MAX = 2_000;
const API_METADATA = 3;
const VERSION = 1;

/** How many brokers the cluster has, by the broker that listens on this port. */
export async function brokersKnownTo(port: number): Promise<number> {
  const socket = connect({ host: LOOPBACK, port, signal: AbortSignal.timeout(REQUEST_MS_MAX) });
  try {
    await once(socket, 'connect');
    socket.write(metadataRequest());
    const [response] = (await once(socket, 'data')) as [Buffer];
    return response.readInt32BE(8); // after the length and the correlation id
  } finally {
    socket.destroy();
  }
}

/** By hand, since a client would bring its retries, its log and its timers to a question that is asked every 50 ms. */
function metadataRequest(): Buffer {
  const request = Buffer.alloc(18);
  request.writeInt32BE(request.length - 4, 0);
  request.writeInt16BE(API_METADATA, 4);
  request.writeInt16BE(VERSION, 6);
  request.writeInt32BE(0, 8); // correlation id
  request.writeInt16BE(-1, 12); // no client id
  request.writeInt32BE(0, 14); // no topics
  return request;
}
