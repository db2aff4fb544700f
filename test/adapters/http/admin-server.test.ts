import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startAdminServer } from '../../../src/adapters/http/admin-server.ts';
import type { AdminServer, Readiness } from '../../../src/adapters/http/admin-server.ts';

const host = '127.0.0.1';
let server: AdminServer;
let readiness: Readiness = { ready: true, reasons: [] };
let metrics = (): Promise<string> => Promise.resolve('a_total 1\n');

beforeAll(async () => {
  server = await startAdminServer({ host, port: 0, metrics: () => metrics(), ready: () => readiness });
});
afterAll(() => server.close());

const get = async (path: string, method = 'GET') => {
  const response = await fetch(`${server.url}${path}`, { method });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: await response.text(),
    headers: response.headers,
  };
};

describe('the admin server answers', () => {
  test('/metrics in the text format of Prometheus', async () => {
    expect(await get('/metrics')).toMatchObject({
      status: 200,
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: 'a_total 1\n',
    });
  });

  test('/livez whatever the readiness is', async () => {
    readiness = { ready: false, reasons: ['lane 0 does not serve yet'] };
    expect(await get('/livez')).toMatchObject({ status: 200, body: '{"live":true}\n' });
  });

  test.each<[number, Readiness]>([
    [200, { ready: true, reasons: [] }],
    [503, { ready: false, reasons: ['lane 0 does not serve yet'] }],
  ])('/readyz with %i and the reasons', async (status, now) => {
    readiness = now;
    const answer = await get('/readyz');
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, now]);
  });

  test('a path with a query like the path', async () => {
    expect(await get('/livez?probe=1')).toMatchObject({ status: 200 });
  });

  test('HEAD without a body', async () => {
    expect(await get('/livez', 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test.each(['/', '/metrics/', '/constructor', '//livez'])('404 to %s', async (path) => {
    expect(await get(path)).toMatchObject({ status: 404 });
  });

  test('405 to a method that would change something, with the ones it takes', async () => {
    const { status, headers } = await get('/metrics', 'POST');
    expect([status, headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('500 without a reason when the metrics fail', async () => {
    const before = metrics;
    metrics = () => Promise.reject(new Error('planted'));
    expect(await get('/metrics')).toMatchObject({ status: 500, body: '{"error":"internal error"}\n' });
    metrics = before;
  });
});

test('a port that is taken is an error of the start', async () => {
  const taken = { host, port: Number(new URL(server.url).port), metrics, ready: () => readiness };
  await expect(startAdminServer(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('closing does not wait for a connection that is kept open', async () => {
  const other = await startAdminServer({ host, port: 0, metrics, ready: () => readiness });
  await (await fetch(`${other.url}/livez`)).text();
  await other.close();
  await expect(fetch(`${other.url}/livez`)).rejects.toThrow();
});
