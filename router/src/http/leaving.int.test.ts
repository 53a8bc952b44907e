import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { startFront } from './http.fixture.ts';

/** A server whose operations last until they are aborted or released; `signals` are theirs. */
async function startWaiting() {
  const signals: AbortSignal[] = [];
  const released = Promise.withResolvers<void>();
  const { pipeline } = await startFront();
  const front = await startFront({
    pipeline: {
      prepare: pipeline.prepare,
      execute: async (_prepared, _event, signal) => {
        signals.push(signal);
        const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
        await Promise.race([aborted, released.promise]);
        return { data: { hello: 'late' } };
      },
    },
  });
  return { ...front, signals, answer: () => released.resolve() };
}

describe('the work for a client', () => {
  test('that leaves is aborted', async () => {
    const { server, signals, query, answer, log } = await startWaiting();
    const leaving = new AbortController();
    const headers = { 'content-type': 'application/json' };
    const body = '{"query":"mutation { place(id: 1) }"}';
    const gone = fetch(server.url, { method: 'POST', headers, body, signal: leaving.signal });
    const stays = query('{ hello }');
    await until('both are in flight', () => signals.length === 2);
    leaving.abort();
    await expect(gone).rejects.toThrow();
    await until('one is aborted', () => signals.filter(({ aborted }) => aborted).length === 1);
    answer();
    expect((await stays).body).toEqual({ data: { hello: 'late' } });
    expect(log).toEqual([]);
  });

  test('that leaves after its response is not', async () => {
    const { server, signals, answer } = await startWaiting();
    answer();
    const socket = connect(server.port, '127.0.0.1');
    const request =
      'GET /graphql?query={hello} HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n\r\n';
    for (const count of [1, 2]) {
      socket.write(request);
      await once(socket, 'data');
      expect(signals).toHaveLength(count);
    }
    socket.destroy();
    await once(socket, 'close');
    await server.close();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  test('that left before its work began is aborted from the beginning', async () => {
    const preparing = Promise.withResolvers<void>();
    const signals: AbortSignal[] = [];
    let entered = 0;
    const { pipeline } = await startFront();
    const { server, query } = await startFront({
      pipeline: {
        prepare: async (...request) => {
          entered += 1;
          if (entered === 1) await preparing.promise;
          return await pipeline.prepare(...request);
        },
        execute: async (_prepared, _event, signal) => {
          signals.push(signal);
          return { data: {} };
        },
      },
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /graphql?query={hello} HTTP/1.1\r\nHost: localhost\r\ncontent-type: application/json\r\n\r\n',
    );
    await until('it is being prepared', () => entered === 1);
    socket.destroy();
    await once(socket, 'close');
    // The server has noticed by the time it has served another.
    await query('{ hello }');
    preparing.resolve();
    await until('both were executed', () => signals.length === 2);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true]);
  });
});
